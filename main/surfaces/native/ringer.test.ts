import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnswerReceipt, Answering } from "../../core/app-state.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import type { Logger } from "../../platform/ports.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import type { Decision } from "../presentation.ts";
import type { NotificationProblem } from "./notification-problem.ts";
import { Ringer, type RingerOptions } from "./ringer.ts";
import type { Capability } from "./notification-service.ts";
import { invitation } from "./testing/ringing-invitation.ts";
import { ABLE, ScriptedNotifications } from "./testing/scripted-notifications.ts";

// Longer than other files: a second one would repeat the rig, which is as long as what it would take from here.

const GONE: Capability = { available: false, reason: "noService", detail: "Nobody." };
const ENDED = invitation({ state: "missed", endedAt: 1, canAccept: false, canDecline: false });
const ANSWERING = invitation({
  state: "answering",
  answering: "accept",
  canAccept: false,
  canDecline: false,
});

let clock: VirtualClock;
let service: ScriptedNotifications;
let reports: Array<NotificationProblem | null>;
let decisions: Decision[];
let answers: string[];
let receipt: PromiseWithResolvers<AnswerReceipt>;
let logged: string;
let ringer: Ringer;

beforeEach(async () => {
  clock = new VirtualClock();
  service = new ScriptedNotifications();
  reports = [];
  decisions = [];
  answers = [];
  logged = "";
  receipt = Promise.withResolvers();
  ringer = newRinger();
  await clock.settle();
});

afterEach(async () => {
  await ringer.dispose();
  expect(service.up).toEqual([]);
  expect(clock.pending).toBe(0);
  expect(logged).not.toMatch(/Lene|Strategy|Tosh|contoso/);
});

function newRinger(over: Partial<RingerOptions> = {}): Ringer {
  const log = (event: string, fields?: unknown) => (logged += event + JSON.stringify(fields));
  const logger: Logger = { error: log, warn: log, info: log, debug: log };
  const answering: Answering = {
    accept: (id) => (answers.push(`accept ${id}`), receipt.promise),
    decline: (id) => (answers.push(`decline ${id}`), receipt.promise),
  };
  const options: RingerOptions = {
    answering,
    clock,
    logger,
    report: (problem) => reports.push(problem),
    decided: (decided) => decisions.push(...decided.values()),
    toast: false,
    ...over,
  };
  return new Ringer(options, service);
}

async function state(...invitations: Invitation[]): Promise<void> {
  ringer.update({ session: { name: "online", generation: 1 }, invitations, conversations: [] });
  await clock.settle();
}

it("of twenty at once four are notifications where a toast takes the others, and all without one", async () => {
  const twenty = Array.from({ length: 20 }, (_, index) => invitation({ id: `i${index}` }));
  await state(...twenty);
  expect(service.up).toHaveLength(20);
  await state();
  await ringer.dispose();
  ringer = newRinger({ toast: true });
  await clock.settle();
  await state(...twenty);
  expect(service.up).toHaveLength(4);
  expect(decisions.slice(-20).map(({ way }) => way)).toEqual(
    twenty.map((_, index) => (index < 4 ? "native" : "toast")),
  );
});

describe("an invitation", () => {
  it("rings once, however often the state changes", async () => {
    await state(invitation());
    await state(invitation());
    await state(invitation(), invitation({ id: "o", direction: "outgoing", state: "inviting" }));
    expect(service.shown).toHaveLength(1);
    expect(service.last.updates).toEqual([]);
  });

  it("is withdrawn as soon as it has ended, and no other with it", async () => {
    await state(invitation(), invitation({ id: "i2" }));
    await state(ENDED, invitation({ id: "i2" }));
    expect(service.shown.map(({ up }) => up)).toEqual([false, true]);
  });

  it("never rings when it was being answered before it was seen", async () => {
    await state(ANSWERING);
    expect(service.shown).toEqual([]);
    expect(decisions).toMatchObject([{ way: "none", reason: "alreadyAnswering" }]);
  });

  it("changes in place when its text or permissions change", async () => {
    await state(invitation());
    await state(invitation({ canAccept: false }));
    expect(service.shown).toHaveLength(1);
    expect(service.last.request.actions.map(({ key }) => key)).toEqual(["decline"]);
  });

  it("asks its service for no sound where Doorbell plays its own: not in the terminal, nor where it is off", async () => {
    await state(invitation());
    expect(service.last.request.silent).toBeUndefined();
    await ringer.dispose();
    let sounds = { ring: true, urgentRing: false };
    ringer = newRinger({ wishes: () => ({ quiet: [], sounds }) });
    await state(invitation(), invitation({ id: "i2", importance: "Urgent" }));
    expect(service.up.map(({ request }) => request.silent)).toEqual([true, undefined]);
    sounds = { ring: false, urgentRing: false };
    ringer.lookAgain();
    expect(service.up.map(({ request }) => request.silent)).toEqual([undefined, undefined]);
  });

  it("is withdrawn when the program ends", async () => {
    await state(invitation());
    await ringer.dispose();
    expect(service.up).toEqual([]);
    ringer = newRinger();
  });
});

describe("an answer", () => {
  it.each(["accept", "decline"])("%s goes through the one door, once", async (key) => {
    await state(invitation());
    service.last.tell({ type: "answered", key });
    service.last.tell({ type: "answered", key });
    expect(answers).toEqual([`${key} i1`]);
  });

  it("given elsewhere takes the buttons away in place", async () => {
    await state(invitation());
    await state(ANSWERING);
    expect(service.shown).toHaveLength(1);
    expect(service.last.request).toMatchObject({ body: expect.stringMatching(/^Accepting…/), actions: [] });
  });

  it("whose press closed the notification does not show it again while the answer is on its way", async () => {
    await state(invitation());
    service.last.tell({ type: "answered", key: "accept" });
    service.last.tell({ type: "closed", by: "user" });
    await state(ANSWERING);
    receipt.resolve({ ok: true });
    await clock.advance(60_000);
    expect(service.shown).toHaveLength(1);
  });

  it("that did not arrive brings the buttons back with the reason", async () => {
    await state(invitation());
    service.last.tell({ type: "answered", key: "accept" });
    service.last.tell({ type: "closed", by: "user" });
    await state(ANSWERING);
    receipt.resolve({ ok: false, error: { code: "unreachable", message: "The server was not reached." } });
    await state(invitation({ answerProblem: "The server was not reached." }));
    expect(service.shown).toHaveLength(2);
    expect(service.last.request.body).toMatch(/^The server was not reached\.\n/);
    expect(service.last.request.actions).toHaveLength(2);
  });

  it("that was refused without a change of state is told too, and the next answer goes out", async () => {
    await state(invitation());
    service.last.tell({ type: "answered", key: "accept" });
    receipt.resolve({
      ok: false,
      error: { code: "notAllowed", message: "Calls cannot be accepted here." },
    });
    await clock.settle();
    expect(service.last.request.body).toMatch(/^Calls cannot be accepted here\.\n/);
    service.last.tell({ type: "answered", key: "decline" });
    expect(answers).toEqual(["accept i1", "decline i1"]);
  });

  it("whose door throws is told, not lost", async () => {
    await state(invitation());
    service.last.tell({ type: "answered", key: "accept" });
    receipt.reject(new Error("secret"));
    await clock.settle();
    expect(service.last.request.body).toMatch(/^Your answer didn't get through/);
    expect(logged).not.toContain("secret");
  });
});

describe("a notification that goes", () => {
  it("dismissed by the user stays away, and declines nothing", async () => {
    await state(invitation());
    service.last.tell({ type: "closed", by: "user" });
    await state(invitation({ subject: "changed" }));
    await clock.advance(60_000);
    expect(service.shown).toHaveLength(1);
    expect(answers).toEqual([]);
    expect(decisions.at(-1)).toMatchObject({ way: "none", reason: "dismissedByUser" });
  });

  it("closed by the service is shown again at once", async () => {
    await state(invitation());
    service.last.tell({ type: "shown" });
    await clock.advance(10_000);
    service.last.tell({ type: "closed", by: "service" });
    await clock.settle();
    expect(service.shown).toHaveLength(2);
    expect(service.up).toHaveLength(1);
  });

  it("closed at once by the service every time does not become a loop", async () => {
    await state(invitation());
    for (let second = 0; second < 30; second += 1) {
      for (const notification of service.up) {
        notification.tell({ type: "shown" });
        notification.tell({ type: "closed", by: "service" });
      }
      await clock.advance(1_000);
    }
    expect(service.shown.length).toBeGreaterThan(4);
    expect(service.shown.length).toBeLessThan(10);
  });

  it("by a click that opens the window stays away", async () => {
    const opened: string[] = [];
    await ringer.dispose();
    ringer = newRinger({ open: (id) => opened.push(id) });
    await state(invitation());
    service.last.tell({ type: "opened" });
    service.last.tell({ type: "closed", by: "user" });
    await clock.settle();
    expect(opened).toEqual(["i1"]);
    expect(service.up).toEqual([]);
  });
});

describe("a service that does not do its part", () => {
  it("is reported once a change, and reported as well again", async () => {
    service.announce(GONE);
    await clock.settle();
    service.announce({ ...GONE, detail: "Nobody at all." });
    await clock.settle();
    service.announce(ABLE);
    await clock.settle();
    expect(reports).toEqual([{ code: "noService", detail: "Nobody." }, null]);
  });

  it("without buttons is reported by name, and shown all the same in a terminal", async () => {
    service.announce({
      available: true,
      capabilities: { name: "Bare", actions: false, body: true, bodyMarkup: false },
    });
    await state(invitation());
    expect(reports).toEqual([{ code: "noActions", detail: expect.stringContaining("Bare") }]);
    expect(service.up).toHaveLength(1);
  });

  it("that is slow is reported until the notification is there, and never shown twice", async () => {
    await state(invitation());
    service.last.tell({ type: "failed", detail: "Slow.", mayStillAppear: true });
    await clock.advance(20_000);
    service.last.tell({ type: "shown" });
    await clock.settle();
    expect(reports).toEqual([{ code: "slow", detail: "Slow." }, null]);
    expect(service.shown).toHaveLength(1);
  });

  it("shows a waiting invitation as soon as it comes up, once", async () => {
    await state(invitation());
    service.announce(GONE);
    await clock.settle();
    expect(service.up).toEqual([]);
    service.announce(ABLE);
    await clock.settle();
    expect(service.up).toHaveLength(1);
    await clock.advance(60_000);
    expect(service.shown).toHaveLength(2);
  });

  it("is asked again for each new invitation, which may start it", async () => {
    service.announce(GONE);
    await clock.settle();
    const before = service.asked;
    await state(invitation());
    expect(service.asked).toBe(before + 1);
  });

  it("leaves the invitation to the toast where there is one, until it is back", async () => {
    await ringer.dispose();
    ringer = newRinger({ toast: true });
    await state(invitation());
    service.last.tell({ type: "shown" });
    service.announce(GONE);
    await clock.advance(60_000);
    expect(service.shown).toHaveLength(1);
    expect(decisions.at(-1)).toMatchObject({ way: "toast", reason: "noService" });
    service.announce(ABLE);
    await clock.settle();
    expect(service.up).toHaveLength(1);
    expect(decisions.at(-1)).toMatchObject({ way: "native", reason: "shown" });
  });

  it("that is slow gives way to the toast, and its late notification is withdrawn", async () => {
    await ringer.dispose();
    ringer = newRinger({ toast: true });
    await state(invitation());
    service.last.tell({ type: "failed", detail: "Slow.", mayStillAppear: true });
    await clock.settle();
    expect(service.last.closed).toBe(true);
    expect(decisions.at(-1)).toMatchObject({ way: "toast", reason: "slow" });
  });
});
