import type { Clock, Unsubscribe } from "../platform/ports.ts";
import { throwImpossible } from "../platform/transition-table.ts";
import type { OnImpossible } from "../platform/transition-table.ts";
import { reduceInbox } from "./machine/inbox.ts";
import { EMPTY_INBOX, seen, unshared } from "./machine/inbox-state.ts";
import type { Inbox } from "./machine/inbox-state.ts";
import type { InboxEvent } from "./machine/inbox-event.ts";

/** Holds the inbox of this run: everything that happens to an invitation passes through `dispatch`. */
export class InboxStore {
  readonly #clock: Clock;
  readonly #onImpossible: OnImpossible;
  readonly #listeners = new Set<() => void>();
  #inbox = unshared(EMPTY_INBOX);
  /** The latest time that anything was told to have happened at, and how far the wall clock is behind it. */
  #reached = Number.NEGATIVE_INFINITY;
  #behindMs = 0;
  #batching = false;

  constructor(clock: Clock, onImpossible: OnImpossible = throwImpossible) {
    this.#clock = clock;
    this.#onImpossible = onImpossible;
  }

  /** As it is until the next `dispatch`; what is in it never changes. */
  get inbox(): Inbox {
    return this.#inbox;
  }

  /**
   * Wall time; but it never runs back while an invitation is alive. No wait for one grows because somebody sets the
   * clock.
   */
  now(): number {
    const wall = this.#clock.now();
    if (wall + this.#behindMs < this.#reached) this.#behindMs = this.#anyAlive() ? this.#reached - wall : 0;
    else if (this.#behindMs > 0 && !this.#anyAlive()) this.#behindMs = 0;
    this.#reached = wall + this.#behindMs;
    return this.#reached;
  }

  /** A timer that was set for this time has run, so it has come, whatever the wall clock says. */
  timeHasCome(at: number): void {
    this.#reached = Math.max(this.#reached, at);
  }

  /** Takes effect before it returns. A listener may dispatch in turn, so it reads `inbox` when it is called. */
  dispatch(event: InboxEvent): void {
    const next = reduceInbox(this.#inbox, event, this.now(), this.#onImpossible);
    if (next === this.#inbox) return;
    this.#inbox = next;
    if (!this.#batching) this.#tell();
  }

  /** What `work` dispatches is told in one go when it is done. */
  batch(work: () => void): void {
    if (this.#batching) return work();
    const before = this.#inbox;
    this.#batching = true;
    try {
      work();
    } finally {
      this.#batching = false;
      if (this.#inbox !== before) this.#tell();
    }
  }

  subscribe(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
    this.#inbox = seen(this.#inbox);
  }

  #anyAlive(): boolean {
    return this.#inbox.live.size > 0;
  }
}
