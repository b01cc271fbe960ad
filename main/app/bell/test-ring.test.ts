import { afterEach, describe, expect, it } from "vitest";

import { speak } from "../../../locales/texts.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { appState, ended, invitation } from "../../testing/invitations.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { LOUD, presentation, type PresentationFacts } from "../../surfaces/presentation.ts";
import { TestRing } from "./test-ring.ts";

afterEach(() => speak({ language: "en", region: "en" }));

const SERVICE: PresentationFacts["service"] = {
  available: true,
  capabilities: { name: "Bells 2.0", actions: true, body: true, bodyMarkup: false },
};
const FACTS: PresentationFacts = {
  service: SERVICE,
  dismissedByUser: false,
  last: null,
  full: false,
  toast: true,
  ...LOUD,
};
const EMPTY = appState([]);

function rig() {
  const clock = new VirtualClock(new Date(2026, 10, 30, 10, 42).getTime());
  const answered: string[] = [];
  const told: boolean[] = [];
  const answering = (kind: string) => (id: string) => {
    answered.push(`${kind} ${id}`);
    return Promise.resolve({ ok: true } as const);
  };
  const ring: TestRing = new TestRing({
    answering: { accept: answering("accept"), decline: answering("decline") },
    clock,
    serviceName: () => Promise.resolve("Bells 2.0"),
    changed: () => void told.push(ring.view.ringing),
  });
  const rings = (): Invitation | undefined => ring.shown(EMPTY).invitations[0];
  const id = () => rings()?.id ?? "";
  /** The alerts decide for it by these facts. */
  const decide = (facts: Partial<PresentationFacts> = {}) => {
    const test = rings();
    if (test) ring.decided(new Map([[test.id, presentation(test, { ...FACTS, ...facts })]]));
  };
  const started = async (facts: Partial<PresentationFacts> = {}) => {
    await ring.start(EMPTY);
    decide(facts);
    return id();
  };
  return { clock, answered, told, ring, rings, id, decide, started };
}

describe("a test ring", () => {
  it("is an invitation that says what it is, in what is shown and nowhere else", async () => {
    const { ring, told } = rig();
    expect(ring.shown(EMPTY)).toBe(EMPTY);
    await ring.start(EMPTY);
    expect(EMPTY.invitations).toEqual([]);
    expect(ring.shown(EMPTY).invitations).toMatchObject([
      {
        state: "ringing",
        from: { name: "Test ring" },
        subject: "This is what an invitation looks like",
        canAccept: true,
        canDecline: true,
      },
    ]);
    expect(ring.view).toEqual({ ringing: true, words: "The test ring is ringing now." });
    expect(told).toEqual([true]);
  });

  it.each([
    ["accept", "You accepted it."],
    ["decline", "You declined it."],
  ] as const)("ends by %s, of which nobody else is told", async (answer, words) => {
    const { ring, answered, started, clock, told } = rig();
    const id = await started();
    expect(await ring[answer](id)).toEqual({ ok: true });
    expect(ring.shown(EMPTY)).toBe(EMPTY);
    expect(ring.view).toEqual({ ringing: false, words: `Shown as a notification by Bells 2.0. ${words}` });
    expect(answered).toEqual([]);
    expect(told).toEqual([true, false]);
    expect(clock.pending).toBe(0);
    // Every other answer goes where answers go.
    await ring.accept("i1");
    await ring.decline("i1");
    await ring.accept(id);
    expect(answered).toEqual(["accept i1", "decline i1", `accept ${id}`]);
  });

  it("ends when the person waves it off, and by itself after 15 seconds", async () => {
    const { ring, decide, started, clock, rings } = rig();
    await started();
    decide({ dismissedByUser: true });
    await clock.advance(0);
    expect(ring.view.words).toBe("Shown as a notification by Bells 2.0. You closed it without an answer.");
    const first = clock.pending;
    await started();
    await clock.advance(14_999);
    expect(rings()).toBeDefined();
    await clock.advance(1);
    expect(ring.view.words).toBe(
      "Shown as a notification by Bells 2.0. Nobody answered, so it ended after 15 seconds.",
    );
    expect([first, clock.pending]).toEqual([0, 0]);
  });

  it("is not the one before, so that what comes late of that one changes nothing", async () => {
    const { ring, decide, started, clock, id } = rig();
    const first = await started();
    decide({ dismissedByUser: true });
    await ring.accept(first);
    const second = await started();
    await clock.advance(0);
    expect([second === first, id()]).toEqual([false, second]);
  });

  it.each<[string, Partial<PresentationFacts>, string]>([
    [
      "the pop-up, because notifications are off",
      { service: "off" },
      "Shown in Doorbell's own pop-up, because system notifications are off.",
    ],
    [
      "the pop-up, because there is no service",
      { service: { available: false, reason: "noService", detail: "" } },
      "Shown in Doorbell's own pop-up, because nothing shows notifications here.",
    ],
    [
      "a service that does not answer, where there is no pop-up",
      { service: { available: false, reason: "slow", detail: "" }, toast: false },
      "Sent as a notification, but what shows notifications doesn't answer.",
    ],
    [
      "nothing, in quiet hours",
      { quiet: [{ cause: "quietHours", until: new Date(2026, 10, 30, 12).getTime() }] },
      `Silent: quiet hours until ${new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(new Date(2026, 10, 30, 12))}.`,
    ],
    [
      "nothing, by the person's own wish",
      { quiet: [{ cause: "doNotDisturb", until: null }] },
      "Silent: do not disturb.",
    ],
    [
      "a notification without a sound",
      { sounds: { ring: false, urgentRing: true } },
      "Shown as a notification by Bells 2.0. Its sound is off.",
    ],
  ])("tells that it was shown by %s", async (_way, facts, words) => {
    const { ring, started } = rig();
    await ring.decline(await started(facts));
    expect(ring.view.words).toBe(`${words} You declined it.`);
  });

  it.each<[Partial<PresentationFacts>, string]>([
    [{}, "Gezeigt als Mitteilung von Bells 2.0."],
    [
      { service: { available: false, reason: "slow", detail: "" } },
      "Gezeigt in einem eigenen Fenster, weil der Mitteilungsdienst nicht antwortet.",
    ],
    [
      { service: { available: false, reason: "slow", detail: "" }, toast: false },
      "Als Mitteilung gesendet, aber der Mitteilungsdienst antwortet nicht.",
    ],
    [{ quiet: [{ cause: "presence", until: null }] }, "Lautlos: Ihr Status ist „Nicht stören“."],
  ])("is told of in German, by %j", async (facts, words) => {
    speak({ language: "de", region: "de" });
    const { ring, started, rings } = rig();
    const id = await started(facts);
    expect(rings()).toMatchObject({ from: { name: "Probeklingeln" } });
    await ring.decline(id);
    expect(ring.view.words).toBe(`${words} Sie haben abgelehnt.`);
  });

  it("makes way at once for a real invitation, and is refused while one rings", async () => {
    const { ring, started, answered, clock } = rig();
    const id = await started();
    // Outgoing calls and what is over are in nobody's way.
    const others = appState([
      invitation({ id: "i0", direction: "outgoing", state: "inviting" }),
      ended("missed", 2_000),
    ]);
    ring.follow(others);
    expect(ring.shown(others).invitations.map((one) => one.id)).toEqual(["i0", "i1", id]);
    const real = appState([invitation()]);
    // Even before it has been told.
    expect(ring.shown(real)).toBe(real);
    ring.follow(real);
    expect(ring.view).toEqual({
      ringing: false,
      words: "Shown as a notification by Bells 2.0. It ended because a real invitation came.",
    });
    await expect(ring.start(real)).rejects.toMatchObject({ message: "Something is ringing already." });
    expect([answered, clock.pending]).toEqual([[], 0]);
  });

  it("rings once at a time, and leaves no timer behind", async () => {
    const { ring, started, clock } = rig();
    await started();
    await expect(ring.start(EMPTY)).rejects.toMatchObject({ code: "failed" });
    ring.dispose();
    expect(clock.pending).toBe(0);
    expect(ring.shown(EMPTY)).toBe(EMPTY);
  });
});
