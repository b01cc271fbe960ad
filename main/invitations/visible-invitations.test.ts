import fc from "fast-check";
import { expect, it } from "vitest";
import { reduceInbox } from "./machine/inbox.ts";
import { EMPTY_INBOX, seen, unshared, visibleInvitations } from "./machine/inbox-state.ts";
import { histories } from "./machine/testing/inbox-histories.ts";
import { T0 } from "./machine/testing/run-inbox.ts";
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
        expect(changed).toEqual(all.filter((one) => !before.includes(one)));
        before = all;
        inbox = seen(inbox);
      }
    }),
    { numRuns: 1_000 },
  );
});
