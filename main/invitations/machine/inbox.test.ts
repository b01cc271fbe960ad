import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ENDED_REMEMBERED, reduceInbox } from "./inbox.ts";
import { EMPTY_INBOX, ENDED_SHOWN, nextDuty, unshared, visibleInvitations } from "./inbox-state.ts";
import type { Inbox } from "./inbox-state.ts";
import type { InboxEvent } from "./inbox-event.ts";
import type { Invitation, InvitationState } from "../invitation.ts";
import { CONVERSATION, INVITATION, reason, snapshot, UNANSWERABLE } from "../../testing/invitation-events.ts";

const T0 = 1_000_000;
const KEY = { generation: 1, href: INVITATION };
const OTHER_HREF = `${INVITATION}1`;

function run(events: readonly InboxEvent[], inbox: Inbox = EMPTY_INBOX): Inbox {
  return events.reduce((next, event) => reduceInbox(next, event, T0), inbox);
}

const STARTED: InboxEvent = { type: "started", ...KEY, kind: "messaging", snapshot: snapshot() };

const keys = fc.record({ generation: fc.constantFrom(1, 2), href: fc.constantFrom(INVITATION, OTHER_HREF) });
const states = fc.constantFrom(
  "Connecting",
  "Connecting",
  "Connected",
  "Failed",
  "Declined",
  "Cancelled",
  "Forwarded",
  null,
);
const snapshots = fc
  .tuple(
    states,
    fc.boolean(),
    fc.constantFrom("Incoming", "Incoming", "Incoming", "Outgoing", null),
    fc.boolean(),
  )
  .map(([state, answerable, direction, named]) =>
    snapshot({
      state,
      direction,
      from: named ? { name: "Ada", uri: "", network: "Unknown", anonymous: false } : null,
      links: answerable ? {} : UNANSWERABLE,
    }),
  );
const word = fc.record({ snapshot: fc.option(snapshots) });
const reasons = fc.option(
  fc
    .constantFrom("Canceled", "Declined", "Timeout", "ConnectedElsewhere", "Odd")
    .map((subcode) => reason(subcode)),
);
const ids = fc.constantFrom("i1", "i2", "i3");

const wireEvents: fc.Arbitrary<InboxEvent> = fc.oneof(
  fc
    .tuple(keys, word, fc.constantFrom("started", "updated"))
    .map(([key, said, type]) => ({ type, ...key, ...said, kind: "messaging" as const })),
  fc
    .tuple(keys, word, fc.constantFrom("Success", "Failure", null), reasons)
    .map(([key, said, status, why]) => ({
      type: "completed" as const,
      ...key,
      ...said,
      kind: "messaging" as const,
      status,
      reason: why,
    })),
  keys.map((key) => ({ type: "removed" as const, ...key })),
  fc
    .constantFrom("Incoming", "Connected", "Disconnected", null)
    .map((state) => ({ type: "conversationChanged" as const, generation: 1, href: CONVERSATION, state })),
  fc.constant<InboxEvent>({ type: "conversationDeleted", generation: 1, href: CONVERSATION }),
  fc.constant<InboxEvent>({
    type: "participantNamed",
    generation: 1,
    conversation: CONVERSATION,
    participant: `${CONVERSATION}/participants/1`,
    name: "Ada",
  }),
);

const localEvents: fc.Arbitrary<InboxEvent> = fc.oneof(
  keys.map((key) => ({ type: "lookUpStarted" as const, ...key })),
  fc
    .tuple(
      keys,
      fc.oneof(
        snapshots.map((invitation) => ({ outcome: "found" as const, invitation })),
        fc.constant({ outcome: "gone" as const, reason: null }),
        fc.constant({ outcome: "unreachable" as const, detail: "" }),
        fc.constant({ outcome: "refused" as const, status: 403 as const, reason: null }),
        fc.constant({ outcome: "superseded" as const }),
      ),
    )
    .map(([key, result]) => ({ type: "lookedUp" as const, ...key, result })),
  keys.map((key) => ({ type: "timeUp" as const, ...key })),
  fc
    .tuple(ids, fc.constantFrom("accept", "decline"), fc.constantFrom("Global", "Local"))
    .map(([id, answer, scope]) => ({ type: "answerSent" as const, id, answer, scope })),
  fc
    .tuple(keys, fc.constantFrom("Connected", "Incoming", null))
    .map(([key, state]) => ({ type: "conversationFound" as const, ...key, state })),
  ids.map((id) => ({ type: "answerTaken" as const, id })),
  fc
    .tuple(ids, fc.constantFrom("unclear", "refused", "gone"))
    .map(([id, arrival]) => ({ type: "answerNotTaken" as const, id, arrival, problem: "No.", reason: null })),
  fc.constant<InboxEvent>({ type: "channelInterrupted", generation: 1 }),
);

const endingEvents: fc.Arbitrary<InboxEvent> = fc.oneof(
  fc.constantFrom(1, 2).map((generation) => ({ type: "generationEnded" as const, generation })),
  fc.constant<InboxEvent>({ type: "signedOut", leaving: null }),
  fc.constant<InboxEvent>({ type: "sessionReplaced" }),
);

const histories = fc.array(
  fc.tuple(
    fc.oneof(
      { weight: 6, arbitrary: wireEvents },
      { weight: 8, arbitrary: localEvents },
      { weight: 1, arbitrary: endingEvents },
    ),
    fc.constantFrom(0, 0, 100, 1500, 5000, 30_000),
  ),
  { maxLength: 40 },
);

describe("an inbox that is changed in place", () => {
  it("comes to the same, and changes nothing of the one that it was made of", () => {
    fc.assert(
      fc.property(histories, histories, (first, second) => {
        const on = (inbox: Inbox, history: typeof first) =>
          history.reduce((next, [event], step) => reduceInbox(next, event, T0 + step), inbox);
        const before = on(EMPTY_INBOX, first);
        const seen = structuredClone(before);
        const own = on(unshared(before), second);
        expect({ ...own, inPlace: false }).toEqual(on(before, second));
        expect(before).toEqual(seen);
      }),
    );
  });
});

it("an event in place costs as much as what it changes: no map is copied", () => {
  const own = run([STARTED], unshared(EMPTY_INBOX));
  const inbox = run([{ ...STARTED, href: OTHER_HREF }], own);
  expect(inbox.live).toBe(own.live);
  expect(inbox.conversations).toBe(own.conversations);
  const deleted = run([{ type: "conversationDeleted", generation: 1, href: CONVERSATION }], inbox);
  expect(deleted.conversations).toBe(inbox.conversations);
});

/** Which state may follow which; `none` is before it is shown. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  none: ["ringing", "inviting", "ended"],
  ringing: ["answering", "inviting", "ended"],
  answering: ["ringing", "ended"],
  inviting: ["ended", "ringing"],
};

function phaseOf(state: InvitationState): string {
  return state === "ringing" || state === "answering" || state === "inviting" ? state : "ended";
}

/** Walks through a history and checks after each step what has to hold at all times. */
function walk(history: ReadonlyArray<readonly [InboxEvent, number]>): { inbox: Inbox; at: number } {
  let inbox = EMPTY_INBOX;
  let at = T0;
  const seen = new Map<string, Invitation>();
  for (const [event, waitMs] of history) {
    at += waitMs;
    inbox = reduceInbox(inbox, event, at);
    const visible = visibleInvitations(inbox);
    expect(new Set(visible.map(({ id }) => id)).size).toBe(visible.length);
    for (const invitation of visible) {
      const before = seen.get(invitation.id);
      if (before && before.endedAt !== null) expect(invitation).toBe(before);
      const from = before ? phaseOf(before.state) : "none";
      const to = phaseOf(invitation.state);
      if (from !== to) expect(NEXT[from]).toContain(to);
      expect(invitation.endedAt !== null).toBe(to === "ended");
      if (to !== "ringing") expect(invitation.canAccept || invitation.canDecline).toBe(false);
      seen.set(invitation.id, invitation);
    }
  }
  return { inbox, at };
}

describe("the inbox, whatever happens in whatever order", () => {
  it("shows each invitation once, moves along the diagram and changes nothing after an end", () => {
    fc.assert(
      fc.property(histories, (history) => void walk(history)),
      { numRuns: 500 },
    );
  });

  it("changes nothing when the same word of the wire comes twice", () => {
    fc.assert(
      fc.property(histories, wireEvents, (history, event) => {
        const { inbox, at } = walk(history);
        const once = reduceInbox(inbox, event, at);
        const twice = reduceInbox(once, event, at);
        expect(visibleInvitations(twice).map(({ id, state }) => [id, state])).toEqual(
          visibleInvitations(once).map(({ id, state }) => [id, state]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("leaves nothing alive of a generation that has ended, nor lets it come back", () => {
    fc.assert(
      fc.property(histories, fc.array(wireEvents), (history, after) => {
        const { inbox, at } = walk(history);
        const ended = reduceInbox(inbox, { type: "generationEnded", generation: 1 }, at);
        const later = run(after, ended);
        expect([...later.live.values()].filter((entry) => entry.generation === 1)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("ends every invitation within twelve minutes when nothing is heard any more", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { inbox: start, at } = walk(history);
        let inbox = start;
        for (let next = nextDuty(inbox); next; next = nextDuty(inbox)) {
          expect(next.duty.at - at).toBeLessThan(12 * 60_000);
          const of = { generation: next.of.generation, href: next.of.href };
          const type = next.duty.todo === "timeUp" ? "timeUp" : "lookUpStarted";
          const after = reduceInbox(inbox, { type, ...of }, Math.max(at, next.duty.at));
          expect(after).not.toBe(inbox);
          inbox = after;
        }
        expect([...inbox.live.values()]).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("one life in any order, with any of it said twice", () => {
  const life: readonly InboxEvent[] = [
    STARTED,
    { type: "conversationChanged", generation: 1, href: CONVERSATION, state: "Incoming" },
    {
      type: "participantNamed",
      generation: 1,
      conversation: CONVERSATION,
      participant: "/p/1",
      name: "Ada Winter",
    },
    { type: "updated", ...KEY, kind: "messaging", snapshot: snapshot({ links: UNANSWERABLE }) },
    { type: "completed", ...KEY, kind: "messaging", snapshot: null, status: "Failure", reason: null },
    { type: "conversationDeleted", generation: 1, href: CONVERSATION },
  ];

  it("rings at most once and ends exactly once", () => {
    const orders = fc
      .subarray([...life, ...life], { minLength: life.length })
      .chain((events) => fc.shuffledSubarray(events, { minLength: events.length }));
    fc.assert(
      fc.property(orders, (events) => {
        const everything = [...events, ...life];
        const states = everything.map((_event, index) => {
          const visible = visibleInvitations(run(everything.slice(0, index + 1)));
          return visible.map(({ state }) => state).join();
        });
        const distinct = states.filter((state, index) => state !== states[index - 1] && state !== "");
        expect(distinct.filter((state) => state === "ringing").length).toBeLessThanOrEqual(1);
        expect(distinct.filter((state) => state !== "ringing")).toHaveLength(1);
      }),
    );
  });
});

describe("the inbox", () => {
  it("knows an invitation by its event's address, not by anything in its representation", () => {
    const inbox = run([STARTED, { ...STARTED, href: OTHER_HREF }]);
    expect(visibleInvitations(inbox).map(({ id, conversation }) => [id, conversation])).toEqual([
      ["i1", "c1"],
      ["i2", "c1"],
    ]);
  });

  it("does not take a late word about an invitation of another session for one about its own", () => {
    const inbox = run([STARTED, { type: "sessionReplaced" }, STARTED]);
    expect(run([{ type: "answerSuperseded", id: "i1" }], inbox)).toBe(inbox);
  });

  it("returns itself when nothing changes", () => {
    const inbox = run([STARTED, { type: "signedOut", leaving: null }]);
    expect(run([STARTED], inbox)).toBe(inbox);
    expect(run([{ type: "answerTaken", id: "i1" }], inbox)).toBe(inbox);
    expect(run([{ type: "timeUp", ...KEY }], inbox)).toBe(inbox);
    expect(run([{ type: "lookUpStarted", ...KEY }], inbox)).toBe(inbox);
    expect(run([{ type: "removed", ...KEY }], inbox)).toBe(inbox);
  });

  it("returns itself when the server speaks of an answer twice", () => {
    const sent: InboxEvent = { type: "answerSent", id: "i1", answer: "accept", scope: "Global" };
    const inbox = run([STARTED, sent, { type: "answerTaken", id: "i1" }]);
    expect(run([sent], inbox)).toBe(inbox);
    expect(run([{ type: "answerTaken", id: "i1" }], inbox)).toBe(inbox);
    const late = { type: "answerNotTaken", id: "i1", arrival: "gone", problem: "No.", reason: null } as const;
    expect(run([late], inbox)).toBe(inbox);
  });

  it("ends what belongs to an application that is gone, and nothing of another", () => {
    const other: InboxEvent = { ...STARTED, generation: 2 };
    const talking = {
      type: "conversationChanged",
      generation: 2,
      href: CONVERSATION,
      state: "Connected",
    } as const;
    const inbox = run([STARTED, other, talking, { type: "generationEnded", generation: 1 }]);
    expect(visibleInvitations(inbox).map(({ state }) => state)).toEqual(["withdrawn", "ringing"]);
    expect(inbox.conversations.size).toBe(1);
    const next = run([{ ...other, href: OTHER_HREF }], inbox);
    expect(visibleInvitations(next)[2]).toMatchObject({ state: "ringing", inKnownConversation: true });
  });

  it("believes what showed the end before the session was lost, but not that it was gone", () => {
    const ended = run([
      STARTED,
      { type: "conversationDeleted", generation: 1, href: CONVERSATION },
      { type: "generationEnded", generation: 1 },
    ]);
    expect(visibleInvitations(ended)[0]?.state).toBe("missed");
    const removed = run([STARTED, { type: "removed", ...KEY }, { type: "generationEnded", generation: 1 }]);
    expect(visibleInvitations(removed)[0]?.state).toBe("withdrawn");
  });

  it("tells what still rang when the person left from what was lost", () => {
    const answering: InboxEvent = { type: "answerSent", id: "i2", answer: "accept", scope: "Global" };
    const leave: InboxEvent = { type: "signedOut", leaving: "quit" };
    const ended = run([STARTED, { ...STARTED, href: OTHER_HREF }, answering, leave]);
    expect(visibleInvitations(ended).map(({ state, reason }) => [state, reason])).toEqual([
      ["withdrawn", { code: "Quit", subcode: null, message: "Still ringing when you quit" }],
      ["withdrawn", null],
    ]);
    const gone = run([STARTED, { type: "signedOut", leaving: "signOut" }, leave]);
    expect(visibleInvitations(gone)[0]?.reason?.code).toBe("SignedOut");
    const lost = run([STARTED, { type: "generationEnded", generation: 1 }, leave]);
    expect(visibleInvitations(lost)[0]?.reason).toBeNull();
  });

  it("forgets nothing that is alive, however much has ended since", () => {
    const alive = [STARTED, { ...STARTED, href: OTHER_HREF }];
    const endings = Array.from({ length: ENDED_REMEMBERED + 2 }, (_, number): InboxEvent => {
      const key = { generation: 1, href: `${INVITATION}/${number}`, kind: "messaging" } as const;
      return { type: "completed", ...key, snapshot: snapshot(), status: "Failure", reason: null };
    });
    const inbox = run([...alive, ...endings], unshared(EMPTY_INBOX));
    expect(inbox.live.size).toBe(2);
    expect(inbox.ended.size).toBe(ENDED_REMEMBERED);
  });

  it("takes a contact of one application for nobody's in another", () => {
    const contact = "https://pool.example.test/people/eve";
    const linked = snapshot({ links: { forwardedBy: contact } });
    const inbox = run([
      { ...STARTED, snapshot: linked },
      { ...STARTED, generation: 2, snapshot: linked },
      { type: "contactNamed", generation: 2, href: contact, name: "Eve" },
    ]);
    expect(visibleInvitations(inbox).map(({ forwardedBy }) => forwardedBy)).toEqual([null, "Eve"]);
  });

  it("keeps an urgent call urgent when an update leaves the importance out", () => {
    const inbox = run([
      { type: "started", ...KEY, kind: "messaging", snapshot: snapshot({ importance: "Urgent" }) },
      { type: "updated", ...KEY, kind: "messaging", snapshot: snapshot() },
    ]);
    expect(visibleInvitations(inbox)[0]?.importance).toBe("Urgent");
  });

  it("does not name the caller of a meeting after whoever is in it", () => {
    const unnamed = { name: "", uri: "sip:ada@example.test", network: "Unknown", anonymous: false } as const;
    const inbox = run([
      {
        type: "started",
        ...KEY,
        kind: "onlineMeeting",
        snapshot: snapshot({ kind: "onlineMeeting", from: unnamed }),
      },
      {
        type: "participantNamed",
        generation: 1,
        conversation: CONVERSATION,
        participant: "/p/1",
        name: "Somebody Else",
      },
    ]);
    expect(visibleInvitations(inbox)[0]?.from.name).toBe("");
  });

  it("shows the last ended ones, remembers more against replays, and forgets the oldest", () => {
    const events = Array.from({ length: ENDED_REMEMBERED + 10 }, (_, number): InboxEvent[] => {
      const key = { generation: 1, href: `${INVITATION}/${number}`, kind: "messaging" } as const;
      return [
        { type: "started", ...key, snapshot: snapshot() },
        { type: "completed", ...key, snapshot: null, status: "Failure", reason: null },
      ];
    }).flat();
    const inbox = run(events);
    expect(inbox.ended.size).toBe(ENDED_REMEMBERED);
    expect(visibleInvitations(inbox)).toHaveLength(ENDED_SHOWN);
    const replayed = run(events.slice(-40), inbox);
    expect(replayed).toBe(inbox);
  });
});
