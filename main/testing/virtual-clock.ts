import type { Cancel, Clock } from "../platform/ports.ts";

interface Timer {
  at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. Timers run in the order of their time, then of their making. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(startMs = Date.UTC(2026, 0, 5, 9)) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer = { at: this.#now + Math.max(0, delayMs), order: this.#order++, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many timers wait: a test of a finished program expects none. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets promises settle without moving time. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Moves time forward, running what falls due and letting promises settle after each timer. */
  async advance(byMs: number): Promise<void> {
    const target = this.#now + byMs;
    await this.settle();
    for (let next = this.#next(target); next !== undefined; next = this.#next(target)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await this.settle();
    }
    this.#now = target;
  }

  /** The machine slept: the wall clock jumps and the timers that fell due run late, all at the new time. */
  async sleepMachine(forMs: number): Promise<void> {
    this.#now += forMs;
    await this.advance(0);
  }

  /** Somebody sets the wall clock; timers run when they would have. */
  setWall(byMs: number): void {
    this.#now += byMs;
    for (const timer of this.#timers) timer.at += byMs;
  }

  #next(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > until) continue;
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }
}
