/** Where time comes from. Milliseconds; `after` returns its own cancellation. */
export interface Clock {
  now(): number;
  after(delayMs: number, run: () => void): () => void;
}

/** The machine's own time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, run) => {
    // A longer delay would overflow the timer and fire at once.
    const timer = setTimeout(run, Math.min(Math.max(0, delayMs), 0x7fffffff));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Time that never passes by itself: the base of an `AdjustableClock` that only a test moves. */
export function standingClock(startMs: number = Date.UTC(2026, 0, 5, 9)): Clock {
  return { now: () => startMs, after: () => () => {} };
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/**
 * A clock that follows another one and can be moved forward, so that eight hours pass in a millisecond.
 * Timers run in the order of their time, then of their making.
 */
export class AdjustableClock implements Clock {
  readonly #base: Clock;
  readonly #timers = new Set<Timer>();
  #offset = 0;
  #disarm: () => void = () => {};

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now() + this.#offset;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.now() + Math.max(0, delayMs), run };
    this.#timers.add(timer);
    this.#arm();
    return () => {
      if (this.#timers.delete(timer)) this.#arm();
    };
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /**
   * Moves time forward by `byMs`. `pause` is awaited after every timer that fell due, so that clients can answer
   * what it did; by default promises settle.
   */
  async advance(byMs: number, pause: () => Promise<void> = nextTurn): Promise<void> {
    const target = this.now() + byMs;
    await pause();
    for (let due = this.#earliest(); due && due.at <= target; due = this.#earliest()) {
      this.#timers.delete(due);
      this.#offset += Math.max(0, due.at - this.now());
      due.run();
      await pause();
    }
    this.#offset += Math.max(0, target - this.now());
    this.#arm();
  }

  #earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  #arm(): void {
    this.#disarm();
    const due = this.#earliest();
    if (!due) return;
    this.#disarm = this.#base.after(due.at - this.now(), () => {
      const reached = this.#earliest();
      if (reached && reached.at <= this.now()) {
        this.#timers.delete(reached);
        reached.run();
      }
      this.#arm();
    });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
