import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf, type InputLine } from "./lines.ts";
import { collect } from "../testing/collect.ts";

/** The bytes in chunks cut at the given places. */
async function* chunksOf(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  for (const [index, start] of [0, ...places].entries())
    yield bytes.subarray(start, places[index] ?? bytes.length);
}

async function all(input: AsyncIterable<Uint8Array | string>, longest?: number): Promise<InputLine[]> {
  return await collect(linesOf(input, longest));
}

const line = (text: string): InputLine => ({ kind: "line", text });
const oneLine = fc.string({ unit: "grapheme" }).filter((text) => !/[\n\r]|^\uFEFF/.test(text));
const cuts = fc.array(fc.nat());

describe("The lines of standard input", () => {
  it("are the same however the bytes arrive and whichever line end is used", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(oneLine), fc.constantFrom("\n", "\r\n"), cuts, async (texts, end, cuts) => {
        const bytes = Buffer.from(texts.map((text) => text + end).join(""));
        expect(await all(chunksOf(bytes, cuts))).toEqual(texts.map(line));
      }),
    );
  });

  it("leave the rest for whoever asks next: a password first, then commands", async () => {
    await fc.assert(
      fc.asyncProperty(oneLine, fc.array(oneLine), cuts, async (password, commands, cuts) => {
        const bytes = Buffer.from([password, ...commands].map((text) => `${text}\r\n`).join(""));
        const lines = linesOf(chunksOf(bytes, cuts));
        expect((await lines.next()).value).toEqual(line(password));
        expect(await collect(lines)).toEqual(commands.map(line));
      }),
    );
  });

  it("begin behind the byte order mark that an editor has put there", async () => {
    expect(await all(chunksOf(Buffer.from("\uFEFFsecret\n{}\n"), [1]))).toEqual([line("secret"), line("{}")]);
  });

  it("may end without a line end", async () => {
    expect(await all(chunksOf(Buffer.from("a\nb"), []))).toEqual([line("a"), line("b")]);
    expect(await all(chunksOf(Buffer.from("a\r\nb\r"), []))).toEqual([line("a"), line("b")]);
  });

  it("that are too long are told as such, and do not hide the next one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.constantFrom("\n", "\r\n"), cuts, async (length, end, cuts) => {
        const bytes = Buffer.from(`${"x".repeat(length)}${end}next${end}`);
        const first = length > 10 ? { kind: "tooLong" as const } : line("x".repeat(length));
        expect(await all(chunksOf(bytes, cuts), 10)).toEqual([first, line("next")]);
      }),
    );
  });

  it("end where the input breaks", async () => {
    async function* broken(): AsyncGenerator<string> {
      yield "a\nb";
      throw new Error("EIO");
    }
    expect(await all(broken())).toEqual([line("a")]);
  });
});
