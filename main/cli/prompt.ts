import { StringDecoder } from "node:string_decoder";
import { texts } from "../../locales/texts.ts";
import type { Clock } from "../platform/ports.ts";
import type { JobControl } from "./job-control.ts";
import { Keyboard, type TypingInput } from "./keyboard.ts";

export type Typed =
  | { readonly kind: "typed"; readonly text: string }
  /** Ctrl-C. */
  | { readonly kind: "interrupted" }
  /** Ctrl-D on an empty line, or the terminal has gone. */
  | { readonly kind: "ended" };

/** What a question is asked with. */
export interface Asking {
  readonly stdin: TypingInput;
  readonly job: JobControl;
  readonly clock: Clock;
  readonly write: (text: string) => void;
}

/**
 * Asks on a terminal and reads one line without showing it; in the background it waits until it is in the foreground. What
 * was typed after that line stays in the input for the next reader.
 */
export function askWithoutEcho(
  { stdin: input, job, clock, write }: Asking,
  question: string,
): Promise<Typed> {
  const { promise, resolve } = Promise.withResolvers<Typed>();
  const decoder = new StringDecoder("utf8");
  let text = "";

  const finish = (typed: Typed, rest: string): void => {
    keyboard.close();
    input.removeListener("end", onEnd);
    input.removeListener("close", onEnd);
    input.removeListener("error", onEnd);
    input.pause();
    if (rest !== "") input.unshift(Buffer.from(rest));
    write("\n");
    resolve(typed);
  };
  const onEnd = (): void => finish({ kind: "ended" }, "");
  const onData = (chunk: Buffer | string): void => {
    const characters = Array.from(typeof chunk === "string" ? chunk : decoder.write(chunk));
    for (const [index, character] of characters.entries()) {
      const rest = (): string => characters.slice(index + 1).join("");
      switch (character) {
        case "\r":
        case "\n":
          finish({ kind: "typed", text }, rest());
          return;
        case "\u0003":
          finish({ kind: "interrupted" }, rest());
          return;
        case "\u0004":
          if (text !== "") break;
          finish({ kind: "ended" }, rest());
          return;
        case "\u001A":
          job.stop();
          break;
        case "\u007F":
        case "\b":
          text = Array.from(text).slice(0, -1).join("");
          break;
        case "\u0015":
          text = "";
          break;
        default:
          text += character;
      }
    }
  };

  const keyboard = new Keyboard({ stdin: input, job }, clock, {
    pressed: onData,
    leaving: () => write("\n"),
    changed: () => {
      if (keyboard.held) write(question);
    },
  });
  keyboard.open();
  if (!keyboard.held) write(`doorbell: ${texts.terminal.password.inForeground}\n`);
  input.once("end", onEnd);
  input.once("close", onEnd);
  input.once("error", onEnd);
  return promise;
}
