import type { Cancel, Clock } from "../platform/ports.ts";

/** While something may be changing: short enough to be back before anybody wonders. Milliseconds. */
const LOOK_SOON_MS = 5_000;
/**
 * As long as all is well: only for the case that no page is left to tell. Each look wakes the processor five times,
 * day and night; and the session finds out by itself within five minutes at the latest, too.
 */
const LOOK_SELDOM_MS = 300_000;

export interface NetworkWatchOptions {
  readonly clock: Clock;
  /** Asks the system, not the network. */
  readonly isOnline: () => boolean;
  /** The network has come back. */
  readonly back: () => void;
}

/**
 * Knows when the network has come back. Electron's main process is told nothing of it; pages are, and tell: then it looks,
 * because a page is not to be believed, and soon again, because the page may have known first. A machine that slept has no
 * say here: that is the power monitor's.
 */
export class NetworkWatch {
  readonly #options: NetworkWatchOptions;
  #was: boolean;
  #cancel: Cancel;
  #disposed = false;

  constructor(options: NetworkWatchOptions) {
    this.#options = options;
    this.#was = options.isOnline();
    this.#cancel = this.#lookAfter(this.#was ? LOOK_SELDOM_MS : LOOK_SOON_MS);
  }

  /** A page says that the network went or came. */
  told(): void {
    this.#look(LOOK_SOON_MS);
  }

  /** A page may still tell something; nothing comes of it any more. */
  dispose(): void {
    this.#disposed = true;
    this.#cancel();
  }

  #look(nextMs: number): void {
    if (this.#disposed) return;
    this.#cancel();
    const is = this.#options.isOnline();
    const returned = is && !this.#was;
    this.#was = is;
    this.#cancel = this.#lookAfter(is ? nextMs : LOOK_SOON_MS);
    if (returned) this.#options.back();
  }

  #lookAfter(delayMs: number): Cancel {
    return this.#options.clock.after(delayMs, () => this.#look(LOOK_SELDOM_MS));
  }
}
