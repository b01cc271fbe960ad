import { describe, expect, it } from "vitest";

import { ImpossibleTransition, rowsOf } from "../../platform/transition-table.ts";
import type { Transitions } from "../../platform/transition-table.ts";
import { CONVERSATION, INVITATION, reason, snapshot, UNANSWERABLE } from "../../testing/invitation-events.ts";
import { conditionOf } from "./condition.ts";
import { deadlineOf } from "./duty.ts";
import { newEntry } from "./entry.ts";
import type { Entry } from "./entry.ts";
import { reduceInbox } from "./inbox.ts";
import type { InboxEvent } from "./inbox-event.ts";
import { EMPTY_INBOX, findByKey, keyOf } from "./inbox-state.ts";
import type { Inbox } from "./inbox-state.ts";
import { ANSWER_LINKS, END_SIGNS, faultOfStep, PHASES, QUESTIONS } from "./transitions.ts";
import type { Cause } from "./transitions.ts";

const KEY = { generation: 1, href: INVITATION };
const T0 = 1_000_000;

const SNAPSHOTS = [
  ...(["Connecting", "Connected", "Cancelled"] as const).flatMap((state) => [
    snapshot({ state }),
    snapshot({ state, links: UNANSWERABLE }),
  ]),
  // What somebody else accepted goes on in another conversation.
  snapshot({ links: { derivedMessaging: `${CONVERSATION}/2` } }),
  snapshot({ direction: "Outgoing", links: UNANSWERABLE }),
  snapshot({ direction: "Outgoing", links: { ...UNANSWERABLE, cancel: `${INVITATION}/cancel` } }),
];

const CALL = {
  operationId: "operation-1",
  callee: { name: "", uri: "sip:ola@example.test" },
  subject: "",
  message: null,
  importance: "Normal",
} as const;

function conversation(state: string): InboxEvent {
  return { type: "conversationChanged", generation: 1, href: CONVERSATION, state };
}

const CONNECTED = conversation("Connected");

/** Everything that can happen to one invitation, as far as it makes a difference to its transitions. */
const EVENTS: readonly InboxEvent[] = [
  ...[null, ...SNAPSHOTS].flatMap((said): InboxEvent[] => [
    { type: "started", ...KEY, kind: "messaging", snapshot: said },
    { type: "updated", ...KEY, kind: "messaging", snapshot: said },
  ]),
  { type: "started", ...KEY, kind: "participant", snapshot: null },
  { type: "completed", ...KEY, kind: "messaging", snapshot: null, status: "Success", reason: null },
  ...[null, snapshot()].map((said): InboxEvent => ({
    type: "completed",
    ...KEY,
    kind: "messaging",
    snapshot: said,
    status: null,
    reason: null,
  })),
  ...SNAPSHOTS.map((invitation): InboxEvent => ({
    type: "lookedUp",
    ...KEY,
    result: { outcome: "found", invitation },
  })),
  { type: "lookedUp", ...KEY, result: { outcome: "gone", reason: reason("Expired") } },
  { type: "lookedUp", ...KEY, result: { outcome: "unreachable", detail: "" } },
  { type: "lookedUp", ...KEY, result: { outcome: "superseded" } },
  { type: "removed", ...KEY },
  CONNECTED,
  conversation("Disconnected"),
  { type: "conversationFound", ...KEY, state: "Connected" },
  { type: "conversationDeleted", generation: 1, href: CONVERSATION },
  { type: "lookUpStarted", ...KEY },
  { type: "timeUp", ...KEY },
  { type: "answerSent", id: "i1", answer: "accept", scope: "Global" },
  { type: "answerSent", id: "i1", answer: "decline", scope: "Global" },
  { type: "answerTaken", id: "i1" },
  ...(["unclear", "refused", "gone"] as const).map((arrival): InboxEvent => ({
    type: "answerNotTaken",
    id: "i1",
    arrival,
    problem: "No.",
    reason: null,
  })),
  { type: "answerSuperseded", id: "i1" },
  { type: "callSent", call: CALL },
  { type: "invited", ...KEY, call: CALL },
  { type: "cancelSent", id: "i1" },
  { type: "cancelTaken", id: "i1" },
  { type: "cancelNotTaken", id: "i1", arrival: "unclear", problem: "No." },
  { type: "channelInterrupted", generation: 1 },
  { type: "generationEnded", generation: 1 },
  { type: "signedOut", leaving: null },
];

/** Whether they come in time or when the wait is over makes a difference. */
const LATE: ReadonlySet<Cause> = new Set(["timeUp", "lookedUp", "lookUpStarted"]);

/** What tells two invitations apart for all that may come; two that agree in it are gone on with once. */
function kindOf(entry: Entry, at: number): string {
  const { over, phase, details, links, lookUps } = entry;
  const answer = phase.name === "answering" ? phase.answer : phase.name === "ringing" ? phase.bounced : null;
  return JSON.stringify([
    conditionOf(entry),
    [answer?.kind, answer?.arrival, Math.min(answer?.checks ?? 0, 4)],
    [phase.name === "inviting" && phase.cancel?.arrival, links.cancel !== null],
    [details.direction, entry.described, links.accept !== null, links.derivedMessaging !== null],
    [over !== null && at - over.since > 0, entry.words === lookUps.asOf, at >= (deadlineOf(entry) ?? 0)],
  ]);
}

/** Each step of each part that an event can cause, found by trying every event in every kind of state. */
function stepsTaken(): Set<string> {
  const steps = new Set<string>();
  const known = new Set<string>();
  const left: (readonly [Inbox, number])[] = [[EMPTY_INBOX, T0]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [inbox, now] = next;
    const before = inbox.live.values().next().value ?? newEntry(KEY, 1, "messaging", now);
    const deadline = deadlineOf(before) ?? now;
    for (const event of EVENTS)
      for (const at of LATE.has(event.type) && deadline > now ? [now, deadline] : [now]) {
        // A conversation that is Connected already cannot become so.
        const from = event === CONNECTED ? reduceInbox(inbox, conversation("Incoming"), at) : inbox;
        const after = reduceInbox(from, event, at);
        const entry = after.live.values().next().value ?? after.ended.values().next().value;
        if (after === inbox || !entry) continue;
        note(steps, before, entry, event.type);
        const kind = kindOf(entry, at);
        if (after.live.size === 0 || known.has(kind)) continue;
        known.add(kind);
        left.push([after, at]);
      }
  }
  return steps;
}

function note(steps: Set<string>, before: Entry, after: Entry, cause: Cause): void {
  const [from, to] = [conditionOf(before), conditionOf(after)];
  for (const part of ["phase", "sign", "question", "links"] as const) {
    const counts = part === "phase" || to.phase !== "ended";
    if (counts && from[part] !== to[part]) steps.add(`${part} ${from[part]} → ${to[part]} by ${cause}`);
  }
}

function stepsOf(part: string, transitions: Transitions<string, Cause>): readonly string[] {
  return rowsOf(transitions).flatMap(([from, to, causes]) =>
    causes.map((cause) => `${part} ${from} → ${to} by ${cause}`),
  );
}

describe("the transitions of an invitation", () => {
  it("are those that events cause, whatever comes in whatever order, and no others", () => {
    const table = [
      ...stepsOf("phase", PHASES),
      ...stepsOf("sign", END_SIGNS),
      ...stepsOf("question", QUESTIONS),
      ...stepsOf("links", ANSWER_LINKS),
    ];
    expect([...stepsTaken()].toSorted()).toEqual(table.toSorted());
  });
});

describe("an impossible step of an invitation", () => {
  const fresh = newEntry(KEY, 1, "messaging", T0);
  const ended: Entry = {
    ...fresh,
    phase: { name: "ended", state: "missed", at: T0, reason: null, declined: null },
  };
  const ringing: Entry = { ...fresh, phase: { name: "ringing", bounced: null } };
  const completed = { cause: "completed", status: null, reason: null, since: T0 } as const;

  it.each<readonly [string, Entry, Entry, Cause]>([
    ["phase from ended to ringing by updated", ended, ringing, "updated"],
    ["phase from unseen to ringing by answerTaken", fresh, ringing, "answerTaken"],
    ["sign from completed to none by timeUp", { ...fresh, over: completed }, fresh, "timeUp"],
    [
      "question from none to underWay by lookedUp",
      fresh,
      { ...fresh, lookUps: { ...fresh.lookUps, underWay: true } },
      "lookedUp",
    ],
    [
      "links from withdrawn to notWithdrawn by timeUp",
      { ...fresh, over: completed, linksWithdrawn: true },
      { ...fresh, over: completed },
      "timeUp",
    ],
    ["updated to an ended one with something to come", fresh, { ...ended, over: completed }, "updated"],
    [
      "completed to one that rang and was not ended by its completed event",
      ringing,
      { ...ringing, over: completed },
      "completed",
    ],
    [
      "updated to one that rings although it cannot be answered",
      ringing,
      { ...ringing, linksWithdrawn: true },
      "updated",
    ],
  ])("is told in words: %s", (words, before, after, cause) => {
    expect(faultOfStep(before, after, cause)?.message).toBe(`Impossible for an invitation: ${words}`);
  });

  it("throws in a test; in the program it is told and does not happen, and the other invitations go on", () => {
    const broken: Entry = { ...ringing, linksWithdrawn: true };
    const whole: Entry = { ...ringing, href: `${INVITATION}1`, id: "i2", number: 2 };
    const inbox: Inbox = {
      ...EMPTY_INBOX,
      live: new Map([broken, whole].map((entry) => [keyOf(entry), entry])),
    };
    const interrupted: InboxEvent = { type: "channelInterrupted", generation: 1 };
    expect(() => reduceInbox(inbox, interrupted, T0)).toThrow(ImpossibleTransition);
    const told: string[] = [];
    const after = reduceInbox(inbox, interrupted, T0, ({ message }) => void told.push(message));
    expect(told).toEqual([
      "Impossible for an invitation: channelInterrupted to one that rings although it cannot be answered",
    ]);
    expect(findByKey(after, broken)).toBe(broken);
    expect(findByKey(after, whole)?.lookUps.dueAt).toBe(T0);
  });
});
