import fc from "fast-check";
import { expect, it } from "vitest";
import { reduceInbox } from "./machine/inbox.ts";
import { EMPTY_INBOX, ENDED_SHOWN, seen, unshared, visibleInvitations } from "./machine/inbox-state.ts";
import { histories } from "./machine/testing/inbox-histories.ts";
import { run, STARTED, T0 } from "./machine/testing/run-inbox.ts";
import { VisibleInvitations } from "./visible-invitations.ts";

it("shows, whatever happens, what a look at the whole inbox shows, and tells what of it is new", () => {
  fc.assert(
    fc.property(histories, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (history, told) => {
      const visible = new VisibleInvitations();
      let inbox = unshared(EMPTY_INBOX);
      let before = visibleInvitations(inbox);
      let at = T0;
      for (const [step, [event, waitMs]] of history.entries()) {
        at += waitMs;
        inbox = reduceInbox(inbox, event, at);
        // Several events may be told in one go.
        if (told[step] !== true) continue;
        const { all, changed } = visible.update(inbox);
        expect(all).toEqual(visibleInvitations(inbox));
        const isNew = all.filter((one) => !before.includes(one));
        expect(changed).toHaveLength(isNew.length);
        expect(new Set(changed)).toEqual(new Set(isNew));
        before = all;
        inbox = seen(inbox);
      }
    }),
    { numRuns: 1_000 },
  );
});

it("drops those whose end has been seen, the earliest end first, and keeps their order", () => {
  const visible = new VisibleInvitations();
  let inbox = unshared(EMPTY_INBOX);
  const word = (number: number) => ({ generation: 1, href: `https://x/i/${number}` });
  for (let number = 0; number < 3 * ENDED_SHOWN; number++) {
    inbox = run([{ ...STARTED, ...word(number) }], inbox);
    expect(visible.update(inbox).all).toEqual(visibleInvitations(inbox));
    inbox = seen(inbox);
    // Every third rings on for a while.
    const ended = number % 3 === 0 ? number - 6 : number;
    inbox = run(
      [
        {
          type: "completed",
          ...word(ended),
          kind: "messaging",
          snapshot: null,
          status: "Failure",
          reason: null,
        },
      ],
      inbox,
    );
    expect(visible.update(inbox).all).toEqual(visibleInvitations(inbox));
    inbox = seen(inbox);
  }
  expect(visible.update(inbox).all.length).toBeLessThan(2 * ENDED_SHOWN);
});
