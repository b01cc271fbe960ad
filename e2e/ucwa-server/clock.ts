import { TimerHeap } from "./timer-heap.ts";
import type { Timer } from "./timer-heap.ts";

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

/**
 * A clock that follows another one and can be moved forward, so that eight hours pass in a millisecond.
 * Timers run in the order of their time, then of their making.
 */
export class AdjustableClock implements Clock {
  readonly #base: Clock;
  readonly #timers = new TimerHeap();
  #offset = 0;
  /** The timer that the base clock wakes us for. */
  #armed: Timer | undefined = undefined;
  #disarm: () => void = () => {};

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now() + this.#offset;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = this.#timers.add(this.now() + Math.max(0, delayMs), run);
    this.#armIfChanged();
    return () => {
      if (this.#timers.remove(timer)) this.#armIfChanged();
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
    for (let due = this.#timers.earliest(); due && due.at <= target; due = this.#timers.earliest()) {
      this.#timers.remove(due);
      this.#offset += Math.max(0, due.at - this.now());
      due.run();
      await pause();
    }
    this.#offset += Math.max(0, target - this.now());
    this.#arm();
  }

  #armIfChanged(): void {
    if (this.#timers.earliest() !== this.#armed) this.#arm();
  }

  #arm(): void {
    this.#disarm();
    const due = this.#timers.earliest();
    this.#armed = due;
    this.#disarm = () => {};
    if (!due) return;
    this.#disarm = this.#base.after(due.at - this.now(), () => {
      const reached = this.#timers.earliest();
      if (reached && reached.at <= this.now()) {
        this.#timers.remove(reached);
        reached.run();
      }
      this.#arm();
    });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
