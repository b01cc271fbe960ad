import { reduceInbox } from "../inbox.ts";
import { EMPTY_INBOX } from "../inbox-state.ts";
import type { Inbox } from "../inbox-state.ts";
import type { InboxEvent } from "../inbox-event.ts";
import { INVITATION, snapshot } from "../../../testing/invitation-events.ts";

/** When everything happens that {@link run} is given. */
export const T0 = 1_000_000;
/** Of the invitation that {@link STARTED} begins. */
export const KEY = { generation: 1, href: INVITATION };
export const OTHER_HREF = `${INVITATION}1`;

/** The inbox after these events. */
export function run(events: readonly InboxEvent[], inbox: Inbox = EMPTY_INBOX): Inbox {
  return events.reduce((next, event) => reduceInbox(next, event, T0), inbox);
}

export const STARTED = {
  type: "started",
  ...KEY,
  kind: "messaging",
  snapshot: snapshot(),
} as const satisfies InboxEvent;
