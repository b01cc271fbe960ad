import type { Clock } from "../platform/ports.ts";

/** How long the last lines may take to leave the process, in milliseconds. */
const FLUSH_LIMIT_MS = 2_000;

/**
 * Standard output or error: text goes out in order, and a reader that has gone is told once and never thrown. Whoever
 * shows a text from outside makes it safe first; a control or direction character that got here all the same goes out
 * as `\uXXXX`, which in a line of JSON is the same text.
 */
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
    if (this.#open) this.#full = !this.#stream.write(text.replaceAll(FOREIGN, escape));
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

/** All but line ends, tab, bell, and the three sequences that we write ourselves: style, cursor up, erase below. */
const FOREIGN =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001B(?!\[[\d;]*[AJm])|[\u0000-\u0006\u0008\u000B\u000C\u000E-\u001A\u001C-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
