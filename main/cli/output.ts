import { texts } from "../../locales/texts.ts";
import { EXIT } from "./composition.ts";
import { errorCode } from "../platform/fault.ts";
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
  readonly #shown: (text: string) => string;
  readonly #gone = Promise.withResolvers<void>();
  #open = true;
  #failure: string | null = null;
  #full = false;

  /** `shown` is what may become of a text for people. */
  constructor(stream: NodeJS.WritableStream, clock: Clock, shown: (text: string) => string = (text) => text) {
    this.#stream = stream;
    this.#shown = shown;
    this.#clock = clock;
    const close = (): void => {
      this.#open = false;
      this.#gone.resolve();
    };
    stream.on("error", (error: unknown) => {
      const code = errorCode(error);
      if (!READER_GONE.has(code)) this.#failure ??= code;
      close();
    });
    stream.on("close", close);
    stream.on("drain", () => {
      this.#full = false;
    });
  }

  /** The code of the error that keeps it from being written, as that of a full disk; null when it only has no reader. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Settles when nobody reads any more, or nothing can be written. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  write(text: string): void {
    if (this.#open) this.#full = !this.#stream.write(this.#shown(text).replaceAll(FOREIGN, escape));
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

/** The reader has gone, or its terminal has: there is nobody to write for. */
const READER_GONE: ReadonlySet<string> = new Set(["EPIPE", "EIO", "ERR_STREAM_DESTROYED"]);

/** The exit status in the end: where the output could not be written that says so, and errors tell why. */
export async function endingWith(status: number, out: Output, errors: Output): Promise<number> {
  if (out.failure === null) return status;
  errors.write(`doorbell: ${texts.terminal.unwritable(out.failure)}\n`);
  await errors.flush();
  return EXIT.unwritable;
}

/**
 * All but line ends, tab, bell, and the sequences that we write ourselves: style, cursor up and forward, erase below, and
 * whether pastes are told of.
 */
const FOREIGN =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001B(?!\[(?:[\d;]*[ACJm]|\?2004[hl]))|[\u0000-\u0006\u0008\u000B\u000C\u000E-\u001A\u001C-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
