import { StringDecoder } from "node:string_decoder";

/** A terminal that a person types on. */
export interface TypingInput extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

export type Typed =
  | { readonly kind: "typed"; readonly text: string }
  /** Ctrl-C. */
  | { readonly kind: "interrupted" }
  /** Ctrl-D on an empty line, or the terminal has gone. */
  | { readonly kind: "ended" };

/**
 * Asks on a terminal and reads one line without showing it. What was typed after that line stays in the input for the
 * next reader.
 */
export function askWithoutEcho(
  input: TypingInput,
  write: (text: string) => void,
  question: string,
): Promise<Typed> {
  const { promise, resolve } = Promise.withResolvers<Typed>();
  const decoder = new StringDecoder("utf8");
  let text = "";

  const finish = (typed: Typed, rest: string): void => {
    input.removeListener("data", onData);
    input.removeListener("end", onEnd);
    input.removeListener("close", onEnd);
    input.removeListener("error", onEnd);
    input.setRawMode?.(false);
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

  write(question);
  input.setRawMode?.(true);
  input.on("data", onData);
  input.once("end", onEnd);
  input.once("close", onEnd);
  input.once("error", onEnd);
  input.resume();
  return promise;
}
