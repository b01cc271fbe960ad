import { afterEach, describe, expect, it } from "vitest";

import { speak } from "../../../locales/texts.ts";
import { History, newsOf } from "../../invitations/history/history.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { ended } from "../../testing/invitations.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { noticesOf, Notices, type NoticeFacts } from "./notices.ts";
import { ABLE, ScriptedNotifications } from "./testing/scripted-notifications.ts";

afterEach(() => speak({ language: "en", region: "en" }));

const ONLINE: SessionState = { name: "online", generation: 1 };
const LOST: SessionState = { name: "reconnecting", reason: "timeout", detail: "No answer.", retryAt: null };
const ATTENTION: SessionState = {
  name: "attention",
  reason: "badCredentials",
  detail: "pool.example.test does not accept this name and password.",
};

/** The notices of a program that has been online, nobody at it, and a service that shows them. */
async function rig() {
  const clock = new VirtualClock();
  const service = new ScriptedNotifications();
  const file = { read: async () => null, write: async () => undefined };
  let count = 0;
  const history = new History({ file, clock, logger: SILENT_LOGGER, uuid: () => `h${++count}` });
  let opened = 0;
  const notices = new Notices({ clock, open: () => void (opened += 1) });
  await notices.use(service);
  let facts: NoticeFacts = {
    session: ONLINE,
    wasOnline: true,
    attended: false,
    leftSignedOut: false,
    news: [],
    earlier: null,
  };
  const set = (change: Partial<NoticeFacts>): void => {
    facts = { ...facts, news: newsOf(history.content), ...change };
    notices.update(noticesOf(facts));
  };
  const miss = (id: string, over: Partial<Invitation> = {}): void => {
    history.record([ended("missed", clock.now(), { id, ...over })], () => ({ how: "", until: null }));
    set({});
  };
  const look = (): void => {
    history.seen();
    set({});
  };
  const summaries = () => service.up.map(({ request }) => request.summary);
  return { clock, service, notices, set, miss, look, summaries, opened: () => opened };
}

describe("what was missed", () => {
  it("is told once, in the system's ordinary way, and taken away as soon as the person has looked", async () => {
    const { clock, service, set, miss, look } = await rig();
    miss("i1", { state: "cancelled" });
    await clock.advance(3_000);
    expect(service.up).toHaveLength(1);
    expect(service.last.request).toMatchObject({
      summary: "Missed: Ada Winter",
      urgency: "normal",
      passing: true,
      actions: [],
    });
    expect(service.last.request.body.split("\n")[0]).toBe("Budget");
    set({});
    await clock.advance(600_000);
    expect(service.shown).toHaveLength(1);
    look();
    expect(service.up).toEqual([]);
  });

  it("is not told to somebody who looks at the list at that moment", async () => {
    const { clock, service, miss, look } = await rig();
    miss("i1");
    await clock.advance(2_500);
    look();
    await clock.advance(600_000);
    expect(service.shown).toEqual([]);
  });

  it("is one notification for all, and a new one after the last was taken off the screen", async () => {
    const { clock, service, miss, summaries } = await rig();
    miss("i1");
    await clock.advance(3_000);
    const from = { name: "", uri: "sip:ben@example.test", network: "Federated", anonymous: false } as const;
    miss("i2", { from });
    expect(summaries()).toEqual(["2 missed invitations"]);
    expect(service.last.request.body).toBe("ben@example.test\nAda Winter");
    service.last.tell({ type: "closed", by: "service" });
    await clock.advance(600_000);
    expect(service.shown).toHaveLength(1);
    for (const id of ["i3", "i4", "i5"]) miss(id, { from: { ...from, name: `Caller ${id}` } });
    await clock.advance(3_000);
    expect(summaries()).toEqual(["5 missed invitations"]);
    expect(service.last.request.body).toBe("Caller i5\nCaller i4\nCaller i3\nand 2 more");
  });

  it("is counted in German as German counts", async () => {
    speak({ language: "de", region: "de" });
    const { clock, service, miss } = await rig();
    for (const name of ["Ada", "Ben", "Cleo", "Dora"])
      miss(name, { from: { name, uri: "", network: "SameEnterprise", anonymous: false } });
    await clock.advance(3_000);
    expect(service.last.request).toMatchObject({
      summary: "4 verpasste Einladungen",
      body: "Dora\nCleo\nBen\nund eine weitere Person",
      openLabel: "Öffnen",
    });
  });

  it("says in words how one ended, and that its caller is from outside", async () => {
    const { clock, service, miss } = await rig();
    const from = { name: "Eve", uri: "", network: "Federated", anonymous: false } as const;
    miss("i1", {
      from,
      state: "failed",
      subject: "",
      reason: { code: "x", subcode: null, message: "No media" },
    });
    await clock.advance(3_000);
    expect(service.last.request).toMatchObject({
      summary: "Missed: Eve (external)",
      body: "Failed: No media",
    });
  });

  it("asks its service for no sound where Doorbell plays its own; what else is told keeps it", async () => {
    const { clock, service, notices, set, miss } = await rig();
    notices.setSound(true);
    miss("i1");
    await clock.advance(3_000);
    set({ session: LOST });
    await clock.advance(60_000);
    expect(service.shown.map(({ request: { summary, silent } }) => [summary, silent])).toEqual([
      ["Missed: Ada Winter", true],
      ["Doorbell is offline", undefined],
    ]);
  });

  it("is not told again by the next run", async () => {
    const { clock, service, set, miss } = await rig();
    set({ earlier: "h1" });
    miss("i1");
    await clock.advance(600_000);
    expect(service.shown).toEqual([]);
    miss("i2");
    await clock.advance(3_000);
    expect(service.last.request.summary).toBe("2 missed invitations");
  });
});

describe("a lost connection", () => {
  it("is told after a minute, once, and taken away when it is back", async () => {
    const { clock, service, set, summaries } = await rig();
    set({ session: LOST });
    await clock.advance(59_000);
    set({ session: { ...LOST, retryAt: 5 } });
    expect(service.shown).toEqual([]);
    await clock.advance(1_000);
    expect(summaries()).toEqual(["Doorbell is offline"]);
    service.last.tell({ type: "closed", by: "user" });
    set({ session: { ...LOST, retryAt: 6 } });
    await clock.advance(600_000);
    expect(service.shown).toHaveLength(1);
    set({ session: ONLINE });
    set({ session: LOST });
    await clock.advance(60_000);
    expect(summaries()).toHaveLength(1);
    set({ session: ONLINE });
    expect(service.up).toEqual([]);
  });

  it.each([
    [
      "that comes back within the minute",
      async ({ clock, set }: Awaited<ReturnType<typeof rig>>) => {
        set({ session: LOST });
        await clock.advance(59_999);
        set({ session: ONLINE });
      },
    ],
    [
      "that never was, at a first sign-in",
      async ({ set }: Awaited<ReturnType<typeof rig>>) => set({ session: LOST, wasOnline: false }),
    ],
    [
      "of a machine that wakes up",
      async ({ clock, set }: Awaited<ReturnType<typeof rig>>) => {
        set({ session: LOST });
        await clock.sleepMachine(8 * 3_600_000);
        await clock.advance(30_000);
        set({ session: ONLINE });
      },
    ],
  ])("is not told when it is one %s", async (_what, happen) => {
    const stage = await rig();
    await happen(stage);
    await stage.clock.advance(600_000);
    expect(stage.service.shown).toEqual([]);
  });
});

describe("a sign-in that waits for the person", () => {
  it("is told at once, and taken away when a password was given", async () => {
    const { service, set, summaries, opened } = await rig();
    set({ session: ATTENTION });
    expect(summaries()).toEqual(["Doorbell: Sign-in needed"]);
    expect(service.last.request.body).toContain("does not accept this name and password");
    service.last.tell({ type: "opened" });
    expect(opened()).toBe(1);
    set({ session: { name: "discovering" } });
    expect(service.up).toEqual([]);
  });

  it("is not told to somebody who has just asked for it, however long they leave it", async () => {
    const { service, set } = await rig();
    set({ session: ATTENTION, attended: true });
    set({ session: ATTENTION, attended: false });
    expect(service.shown).toEqual([]);
  });

  it("says so when it goes on to wait for something else", async () => {
    const { set, summaries } = await rig();
    set({ session: ATTENTION });
    set({ session: { name: "attention", reason: "certificate", detail: "" } });
    expect(summaries()).toEqual(["Doorbell: Server not trusted"]);
  });

  it("is told after a start without a window, when no password was found in ten seconds", async () => {
    const { clock, set, summaries } = await rig();
    set({ session: { name: "signedOut" }, leftSignedOut: true });
    await clock.advance(9_999);
    expect(summaries()).toEqual([]);
    await clock.advance(1);
    expect(summaries()).toEqual(["Doorbell: Sign-in needed"]);
    set({ leftSignedOut: false });
    expect(summaries()).toEqual([]);
  });
});

describe("notices", () => {
  it("are gone while the person wants no notifications, and what was told or due meanwhile stays untold", async () => {
    const { clock, service, notices, set, summaries } = await rig();
    set({ session: ATTENTION });
    await notices.use(null);
    expect(service.up).toEqual([]);
    set({ session: LOST });
    await clock.advance(60_000);
    await notices.use(service);
    await clock.advance(600_000);
    expect(summaries()).toEqual([]);
    set({ session: ATTENTION });
    expect(summaries()).toHaveLength(1);
  });

  it("are shown once a service is there, and not again by the one that comes after it", async () => {
    const { service, set } = await rig();
    service.announce({ available: false, reason: "noService", detail: "Nobody." });
    set({ session: ATTENTION });
    service.last.tell({ type: "failed", detail: "Nobody." });
    expect(service.up).toEqual([]);
    service.announce(ABLE);
    expect(service.up).toHaveLength(1);
    service.last.tell({ type: "shown" });
    service.announce({ available: false, reason: "noService", detail: "Nobody." });
    service.announce(ABLE);
    expect(service.shown).toHaveLength(2);
  });

  it("leave neither a notification, nor a timer, nor a listener behind", async () => {
    const { clock, service, notices, set } = await rig();
    set({ session: LOST });
    set({ session: ATTENTION });
    set({ session: LOST });
    await notices.dispose();
    await service.dispose();
    expect([service.up.length, clock.pending, service.abandoned]).toEqual([0, 0, 0]);
  });
});
