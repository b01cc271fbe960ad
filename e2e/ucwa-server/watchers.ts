/** Wakes whoever waits for the server's state to change. */
export class Watchers {
  readonly #waiting = new Set<() => void>();
  #version = 1;
  #scheduled = false;

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Something has changed. What changes in one go wakes watchers once, after it. */
  changed(): void {
    this.#version += 1;
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      for (const wake of this.#waiting) wake();
    });
  }

  /** Calls once after the next change. Returns its cancellation. */
  once(wake: () => void): () => void {
    const run = (): void => {
      this.#waiting.delete(run);
      wake();
    };
    this.#waiting.add(run);
    return () => this.#waiting.delete(run);
  }
}
