import { dutyAt, dutyOf } from "../duty.ts";
import type { Duty } from "../duty.ts";
import type { Entry, InvitationKey } from "../entry.ts";
import type { Inbox } from "../inbox-state.ts";

/** The next thing that has to be done for any invitation, found by looking at all of them. */
export function nextDuty(inbox: Inbox): { readonly duty: Duty; readonly of: InvitationKey } | null {
  // Of a thousand that are alive, no more is made than the one that is asked for.
  let first: Entry | null = null;
  let firstAt = Number.POSITIVE_INFINITY;
  for (const entry of inbox.live.values()) {
    const at = dutyAt(entry);
    if (at >= firstAt) continue;
    first = entry;
    firstAt = at;
  }
  const duty = first && dutyOf(first);
  return first && duty && { duty, of: first };
}
