import type { Clock, Unsubscribe } from "../ports.ts";
import { EMPTY_INBOX, reduceInbox } from "./inbox.ts";
import type { Inbox } from "./inbox.ts";
import type { InboxEvent } from "./inbox-event.ts";

/** Holds the inbox of this run: everything that happens to an invitation passes through `dispatch`. */
export class InboxStore {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #inbox = EMPTY_INBOX;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get inbox(): Inbox {
    return this.#inbox;
  }

  /** Takes effect before it returns. A listener may dispatch in turn, so it reads `inbox` when it is called. */
  dispatch(event: InboxEvent): void {
    const next = reduceInbox(this.#inbox, event, this.#clock.now());
    if (next === this.#inbox) return;
    this.#inbox = next;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
