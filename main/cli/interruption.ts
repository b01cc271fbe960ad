import type { Unsubscribe } from "../platform/ports.ts";

/**
 * What ends the program from outside: a signal, or an error that nobody caught. The first one asks the listener to end
 * in good order with that status; the second, or one that nobody listens for, ends the program at once.
 */
export class Interruption {
  readonly #exit: (status: number) => void;
  #listener: ((status: number) => void) | null = null;
  #raised = false;

  constructor(exit: (status: number) => void) {
    this.#exit = exit;
  }

  raise(status: number): void {
    const listener = this.#listener;
    if (this.#raised || listener === null) {
      this.#exit(status);
      return;
    }
    this.#raised = true;
    listener(status);
  }

  /** There is one listener at a time: the command that is running. */
  listen(listener: (status: number) => void): Unsubscribe {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = null;
    };
  }
}
