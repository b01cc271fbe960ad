/**
 * What somebody has begun and has to end: subscriptions, listeners, timers. `dispose` ends all of it, the last first, once;
 * what is added after that is ended at once. One that throws keeps no other from its end: the first error is thrown
 * when all are done.
 */
export class Owned {
  #ends: (() => void)[] | null = [];

  get disposed(): boolean {
    return this.#ends === null;
  }

  /** Takes over what ends something. It may be called twice, by its owner and here: it has to bear that. */
  add(end: () => void): void {
    if (this.#ends === null) end();
    else this.#ends.push(end);
  }

  /** Listens to an emitter for as long as this is not disposed of. */
  listen<Event extends string, Listener>(
    emitter: {
      on(event: Event, listener: Listener): unknown;
      off(event: Event, listener: Listener): unknown;
    },
    event: Event,
    listener: Listener,
  ): void {
    emitter.on(event, listener);
    this.add(() => void emitter.off(event, listener));
  }

  dispose(): void {
    const ends = this.#ends ?? [];
    this.#ends = null;
    const errors: unknown[] = [];
    for (const end of ends.toReversed()) {
      try {
        end();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
