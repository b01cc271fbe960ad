import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { endingWith, Output } from "./output.ts";

function written(...texts: readonly string[]): string {
  let all = "";
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      all += chunk.toString();
      done();
    },
  });
  const output = new Output(stream, new VirtualClock());
  for (const text of texts) output.write(text);
  return all;
}

describe("an output that ends", () => {
  const failing = (code: string) =>
    new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) });

  it.each([
    ["whose reader has gone", "EPIPE", 0, ""],
    ["whose terminal has gone", "EIO", 0, ""],
    ["on a full disk", "ENOSPC", 5, "doorbell: The output could not be written (ENOSPC).\n"],
    ["beyond the limit of a file", "EFBIG", 5, "doorbell: The output could not be written (EFBIG).\n"],
  ])("%s ends the program so", async (_, code, status, said) => {
    const clock = new VirtualClock();
    let errors = "";
    const told = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        errors += chunk.toString();
        done();
      },
    });
    const out = new Output(failing(code), clock);
    out.write("a line\n");
    await out.gone;
    expect(await endingWith(0, out, new Output(told, clock))).toBe(status);
    expect(errors).toBe(said);
  });
});

describe("an output of the terminal program", () => {
  it("writes words, line ends, the bell and the sequences of its own screen as they are", () => {
    const own =
      "Grüße 👨‍👩‍👧 שלום\t\r\n\u0007\u001B[2A\r\u001B[J\u001B[1;31mx\u001B[0m\r\u001B[3C\u001B[?2004h\u001B[?2004l";
    expect(written(own)).toBe(own);
  });

  it.each([
    ["a title set by OSC", "\u001B]0;x\u0007", "\\u001b]0;x\u0007"],
    ["a cleared screen", "\u001B[2K\u001B[?1049h\u001Bc", "\\u001b[2K\\u001b[?1049h\\u001bc"],
    ["a sequence of one byte", "\u009B31m", "\\u009b31m"],
    ["backspace and delete", "a\bb\u007F", "a\\u0008b\\u007f"],
    ["a turned direction", "a\u202Eb\u2066", "a\\u202eb\\u2066"],
    ["a line that only some see", "a\u2028b\u0085", "a\\u2028b\\u0085"],
  ])("shows %s instead of doing it", (_, text, shown) => {
    expect(written(text)).toBe(shown);
  });

  it("changes no value of a line of JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const line = written(JSON.stringify({ tag: text.toWellFormed() }));
        expect(JSON.parse(line)).toEqual({ tag: text.toWellFormed() });
        // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
        expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028-\u202E]/);
      }),
    );
  });
});
