import type { Cancel, Clock, Unsubscribe } from "../platform/ports.ts";
import type { JobControl } from "./job-control.ts";

/** A terminal that a person types on. */
export interface TypingInput extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

export interface KeyListener {
  /** What a terminal sent at once. */
  pressed(chunk: Buffer | string): void;
  /** The terminal is about to be somebody else's. What is drawn on it should go. */
  leaving(): void;
  /** It has become ours or somebody else's (`held`), or is ours again, and what was drawn may be anywhere. */
  changed(): void;
}

/** How often a job in the background looks whether it is in the foreground: a shell tells only those it has stopped. */
const LOOK_MS = 1_000;

/**
 * ```
 * held ⇄ waiting        held → held (stopped and continued)        held, waiting → closed
 * ```
 * The keys of a terminal, one by one and without echo, for as long as this process is in its foreground; in the
 * background the terminal is neither read nor changed, which would stop the process. Input that is no terminal is left
 * alone.
 */
export class Keyboard {
  readonly #input: TypingInput;
  readonly #job: JobControl;
  readonly #clock: Clock;
  readonly #listener: KeyListener;
  readonly #onData = (chunk: Buffer | string): void => this.#listener.pressed(chunk);
  #held = false;
  #raw = false;
  #cancelLook: Cancel = () => undefined;
  #unlisten: Unsubscribe = () => undefined;

  constructor(
    { stdin, job }: { readonly stdin: TypingInput; readonly job: JobControl },
    clock: Clock,
    listener: KeyListener,
  ) {
    this.#input = stdin;
    this.#job = job;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Whether the terminal is ours. */
  get held(): boolean {
    return this.#held;
  }

  open(): void {
    // A terminal that has gone cannot be set back to what it was.
    this.#input.on("error", ignore);
    this.#unlisten = this.#job.listen({
      stopping: () => {
        if (this.#held) this.#letGo();
      },
      continued: () => this.#look(),
    });
    this.#look();
  }

  close(): void {
    this.#unlisten();
    this.#cancelLook();
    if (this.#held) this.#release();
    this.#held = false;
  }

  #look(): void {
    this.#cancelLook();
    const was = this.#held;
    this.#held = this.#job.place() === "foreground";
    if (this.#held) this.#take(was);
    else {
      // Stopped by what cannot be heard before, it still reads; its mode the shell has changed.
      if (was) this.#deafen();
      this.#cancelLook = this.#clock.after(LOOK_MS, () => this.#look());
    }
    if (this.#held || was) this.#listener.changed();
  }

  #take(again: boolean): void {
    if (this.#input.isTTY !== true) return;
    // What is raw already, as far as Node.js knows, it does not make raw again.
    if (this.#raw) this.#input.setRawMode?.(false);
    this.#input.setRawMode?.(true);
    this.#raw = true;
    if (!again) this.#input.on("data", this.#onData);
    this.#input.resume();
  }

  #letGo(): void {
    this.#listener.leaving();
    this.#release();
    this.#held = false;
  }

  #release(): void {
    if (this.#raw) this.#input.setRawMode?.(false);
    this.#raw = false;
    this.#deafen();
  }

  #deafen(): void {
    this.#input.removeListener("data", this.#onData);
    this.#input.pause();
  }
}

function ignore(): void {}
