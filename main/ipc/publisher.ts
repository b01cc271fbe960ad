import { isDeepStrictEqual } from "node:util";

type Numbered<Content> = Content & { readonly revision: number };

/**
 * One numbered state for a role of windows: worked out anew when something has changed, pushed only when that made a
 * difference. Changes are gathered until `later` runs; a window that asks in between is given the newest.
 */
export class Publisher<Content extends object> {
  readonly #compute: () => Content;
  readonly #push: (state: Numbered<Content>) => void;
  readonly #later: (run: () => void) => void;
  #current: Numbered<Content> | null = null;
  #pushed = 0;
  #scheduled = false;

  /** `compute` is first called by `read` or after `changed`, not here. `later` calls once what it is given. */
  constructor(
    compute: () => Content,
    push: (state: Numbered<Content>) => void,
    later: (run: () => void) => void = queueMicrotask,
  ) {
    this.#compute = compute;
    this.#push = push;
    this.#later = later;
  }

  /** Brought up to date first. */
  read(): Numbered<Content> {
    const revision = this.#current?.revision ?? 0;
    const next = { ...this.#compute(), revision };
    if (this.#current !== null && isDeepStrictEqual(next, this.#current)) return this.#current;
    this.#current = { ...next, revision: revision + 1 };
    return this.#current;
  }

  changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#later(() => {
      this.#scheduled = false;
      this.#tell();
    });
  }

  /** Pushes what has changed now: for what does not wait until everybody else has been told. */
  flush(): void {
    if (this.#scheduled) this.#tell();
  }

  #tell(): void {
    const current = this.read();
    if (current.revision === this.#pushed) return;
    this.#pushed = current.revision;
    this.#push(current);
  }
}
