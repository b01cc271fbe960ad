import TinyQueue from "tinyqueue";
import { dutyAt, dutyOf } from "./duty.ts";
import type { Duty } from "./duty.ts";
import type { Entry, InvitationKey } from "./entry.ts";
import { changedInvitations, keyOf } from "./inbox-state.ts";
import type { Inbox } from "./inbox-state.ts";

/** Room for what is over: below it the queue is not worth the work of clearing it out. */
const MOST_STALE = 64;

interface Planned {
  readonly at: number;
  readonly entry: Entry;
}

/**
 * The next thing that has to be done for any invitation. Of a thousand that are alive an event changes one, so that
 * nothing but what has changed is looked at; what has become another since, or is over, is passed by when its turn comes.
 */
export class DutyQueue {
  #planned = queueOf([]);

  /** With what is over and was not passed by yet. */
  get length(): number {
    return this.#planned.length;
  }

  /** To be told of every inbox that surfaces are told of, before it is asked. */
  note(inbox: Inbox): void {
    if (this.#planned.length > 2 * inbox.live.size + MOST_STALE)
      this.#planned = queueOf([...inbox.live.values()].map(planned));
    else for (const entry of changedInvitations(inbox)) this.#planned.push(planned(entry));
  }

  next(inbox: Inbox): { readonly duty: Duty; readonly of: InvitationKey } | null {
    for (let next = this.#planned.peek(); next; next = this.#planned.peek()) {
      const { entry } = next;
      const duty = inbox.live.get(keyOf(entry)) === entry ? dutyOf(entry) : null;
      if (duty !== null) return { duty, of: entry };
      this.#planned.pop();
    }
    return null;
  }
}

function planned(entry: Entry): Planned {
  return { at: dutyAt(entry), entry };
}

/** What is due first, and of several the one that came first. */
function queueOf(all: Planned[]): TinyQueue<Planned> {
  return new TinyQueue(all, (one, other) => one.at - other.at || one.entry.number - other.entry.number);
}
