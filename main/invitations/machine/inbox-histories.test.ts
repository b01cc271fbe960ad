import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reduceInbox } from "./inbox.ts";
import { EMPTY_INBOX, unshared, visibleInvitations } from "./inbox-state.ts";
import type { Inbox } from "./inbox-state.ts";
import type { InboxEvent } from "./inbox-event.ts";
import type { Invitation, InvitationState } from "../invitation.ts";
import { CONVERSATION, snapshot, UNANSWERABLE } from "../../testing/invitation-events.ts";
import { histories, wireEvents } from "./testing/inbox-histories.ts";
import { nextDuty } from "./testing/next-duty.ts";
import { KEY, run, STARTED, T0 } from "./testing/run-inbox.ts";

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
