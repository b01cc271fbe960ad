/** A line of standard input, without its line end. */
export type InputLine = { readonly kind: "line"; readonly text: string } | { readonly kind: "tooLong" };

/** In bytes; nothing that is typed or scripted comes near it. */
export const LONGEST_LINE = 1024 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * The lines of a stream of bytes, one at a time, whatever the chunks they come in: whoever asks next gets the next
 * line, so a reader of the first line loses nothing of the rest. CRLF ends a line as LF does; a last line needs no end.
 * A line over the limit is told as `tooLong` and never kept. Input that breaks off in an error is input that ended.
 */
export async function* linesOf(
  input: AsyncIterable<Uint8Array | string>,
  longest: number = LONGEST_LINE,
): AsyncGenerator<InputLine, undefined> {
  const line = new LineBuffer(longest);
  try {
    for await (const piece of input) {
      const chunk = typeof piece === "string" ? Buffer.from(piece) : piece;
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
        line.add(chunk.subarray(start, end));
        start = end + 1;
        yield line.take();
      }
      line.add(chunk.subarray(start));
    }
  } catch {
    return;
  }
  if (!line.empty) yield line.take();
}

class LineBuffer {
  readonly #longest: number;
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  get empty(): boolean {
    return this.#length === 0;
  }

  add(part: Uint8Array): void {
    this.#length += part.length;
    // A carriage return before the line feed is not the line's, so it may come on top.
    if (this.#length > this.#longest + 1) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  take(): InputLine {
    const bytes = Buffer.concat(this.#parts);
    const length = bytes.at(-1) === CARRIAGE_RETURN ? this.#length - 1 : this.#length;
    this.#parts = [];
    this.#length = 0;
    if (length > this.#longest) return { kind: "tooLong" };
    // Some editors put a mark before what is UTF-8, a password's file among it.
    return { kind: "line", text: bytes.toString("utf8", 0, length).replace(/^\uFEFF/, "") };
  }
}
