import type { Cancel, Clock } from "../../platform/ports.ts";

/** Lets so many at a time; whoever comes then waits in order. */
export class Turns {
  readonly #most: number;
  readonly #clock: Clock;
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  constructor(most: number, clock: Clock) {
    this.#most = most;
    this.#clock = clock;
  }

  /** Resolves with what ends the turn, to be called once; null when none came within `limitMs`, or on the signal. */
  async next(limitMs: number, signal: AbortSignal): Promise<(() => void) | null> {
    if (this.#taken < this.#most) this.#taken++;
    else if (!(await this.#wait(limitMs, signal))) return null;
    return () => this.#leave();
  }

  #leave(): void {
    // Handed on, and never free in between for somebody who has not waited.
    const [begin] = this.#waiting;
    if (begin) begin();
    else this.#taken--;
  }

  #wait(limitMs: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const end = (mine: boolean): void => {
        this.#waiting.delete(begin);
        cancel();
        signal.removeEventListener("abort", giveUp);
        resolve(mine);
      };
      const begin = (): void => end(true);
      const giveUp = (): void => end(false);
      this.#waiting.add(begin);
      signal.addEventListener("abort", giveUp);
      cancel = this.#clock.after(limitMs, giveUp);
    });
  }
}
