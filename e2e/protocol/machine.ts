import type { Cancel, Clock } from "../../main/platform/ports.ts";
import type { VirtualClock } from "../../main/testing/virtual-clock.ts";

interface Timer {
  /** In the world's time. */
  at: number;
  readonly run: () => void;
  cancel: Cancel;
}

/**
 * The clock of a computer in a world whose time goes on without it: it can sleep, and its wall clock can be set. While
 * it sleeps its timers stand still, as those of Node do; when it wakes they run for what was left of them.
 */
export class Machine implements Clock {
  readonly #world: VirtualClock;
  readonly #timers = new Set<Timer>();
  #wrongByMs = 0;
  #asleep = false;

  constructor(world: VirtualClock) {
    this.#world = world;
  }

  get asleep(): boolean {
    return this.#asleep;
  }

  now(): number {
    return this.#world.now() + this.#wrongByMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer: Timer = { at: this.#world.now() + Math.max(0, delayMs), run, cancel: () => undefined };
    this.#timers.add(timer);
    this.#arm(timer);
    return () => {
      this.#timers.delete(timer);
      timer.cancel();
    };
  }

  /** Sets the wall clock forward or back; timers are not touched. */
  setClock(byMs: number): void {
    this.#wrongByMs += byMs;
  }

  async sleep(forMs: number): Promise<void> {
    this.#asleep = true;
    for (const timer of this.#timers) timer.cancel();
    await this.#world.advance(forMs);
    this.#asleep = false;
    for (const timer of this.#timers) {
      timer.at += forMs;
      this.#arm(timer);
    }
  }

  #arm(timer: Timer): void {
    if (this.#asleep) return;
    timer.cancel = this.#world.after(timer.at - this.#world.now(), () => {
      this.#timers.delete(timer);
      timer.run();
    });
  }
}
