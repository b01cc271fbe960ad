import fc from "fast-check";
import { expect, it } from "vitest";
import { DutyQueue } from "./duty-queue.ts";
import { reduceInbox } from "./inbox.ts";
import { EMPTY_INBOX, seen, unshared } from "./inbox-state.ts";
import type { Inbox } from "./inbox-state.ts";
import { histories } from "./testing/inbox-histories.ts";
import { nextDuty } from "./testing/next-duty.ts";
import { KEY, T0 } from "./testing/run-inbox.ts";

/** What is due, as the queue has it and as all that is alive has it. */
function both(queue: DutyQueue, inbox: Inbox) {
  return [queue.next(inbox), nextDuty(inbox)].map(
    (next) => next && { duty: next.duty, href: next.of.href, generation: next.of.generation },
  );
}

it("tells what is due next, whatever happens, as a look at everything that is alive does", () => {
  fc.assert(
    fc.property(histories, fc.boolean(), (history, inPlace) => {
      const queue = new DutyQueue();
      let inbox = inPlace ? unshared(EMPTY_INBOX) : EMPTY_INBOX;
      let at = T0;
      for (const [event, waitMs] of history) {
        at += waitMs;
        inbox = reduceInbox(inbox, event, at);
        queue.note(inbox);
        const [found, expected] = both(queue, inbox);
        expect(found).toEqual(expected);
        inbox = seen(inbox);
      }
    }),
    { numRuns: 1_000 },
  );
});

it("forgets what is over: its length stays within what is alive", () => {
  const queue = new DutyQueue();
  let inbox = unshared(EMPTY_INBOX);
  for (let turn = 0; turn < 10_000; turn++) {
    const type = turn % 2 === 0 ? "channelInterrupted" : "updated";
    const event = { type, ...KEY, kind: "messaging", snapshot: null } as const;
    inbox = reduceInbox(inbox, event, T0 + turn);
    queue.note(inbox);
    inbox = seen(inbox);
  }
  expect(queue.length).toBeLessThan(100);
  const [found, expected] = both(queue, inbox);
  expect(found).toEqual(expected);
});
