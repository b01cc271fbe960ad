import type { Clock } from "../ports.ts";

/** How long the last lines may take to leave the process, in milliseconds. */
const FLUSH_LIMIT_MS = 2_000;

/** Standard output or error: text goes out in order, and a reader that has gone is told once and never thrown. */
export class Output {
  readonly #stream: NodeJS.WritableStream;
  readonly #clock: Clock;
  readonly #gone = Promise.withResolvers<void>();
  #open = true;
  #full = false;

  constructor(stream: NodeJS.WritableStream, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
    // EPIPE when the reader has gone, EIO when its terminal has; after either there is nobody to write for.
    const close = (): void => {
      this.#open = false;
      this.#gone.resolve();
    };
    stream.on("error", close);
    stream.on("close", close);
    stream.on("drain", () => {
      this.#full = false;
    });
  }

  /** Settles when nobody reads any more. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  write(text: string): void {
    if (this.#open) this.#full = !this.#stream.write(text);
  }

  /** Settles when the reader has caught up, or has gone. */
  async ready(): Promise<void> {
    if (!this.#open || !this.#full) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stream.once("drain", resolve);
    await Promise.race([promise, this.gone]);
    this.#stream.removeListener("drain", resolve);
  }

  /** Settles when all has been handed to the system, the reader has gone, or two seconds have passed. */
  async flush(): Promise<void> {
    if (!this.#open) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.after(FLUSH_LIMIT_MS, resolve);
    this.#stream.write("", () => resolve());
    await Promise.race([promise, this.gone]);
    cancel();
  }
}
