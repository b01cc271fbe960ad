import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { linesOf } from "./watch/lines.ts";
import type { TypingInput } from "./keyboard.ts";
import { askWithoutEcho, type Asking, type Typed } from "./prompt.ts";
import { collect } from "./testing/collect.ts";
import { FakeJob } from "./testing/fakes.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";

function asking(stdin: TypingInput, write: (text: string) => unknown = () => undefined): Asking {
  return { stdin, job: new FakeJob(), clock: new VirtualClock(), write };
}

async function typing(
  ...chunks: (string | Buffer)[]
): Promise<{ typed: Typed; shown: string; raw: boolean[]; rest: string[] }> {
  const raw: boolean[] = [];
  const stream = new PassThrough();
  const input: TypingInput = Object.assign(stream, {
    isTTY: true,
    setRawMode: (on: boolean) => raw.push(on),
  });
  let shown = "";
  const asked = askWithoutEcho(
    asking(input, (text) => (shown += text)),
    "Password: ",
  );
  for (const chunk of chunks) stream.write(chunk);
  const typed = await asked;
  stream.end();
  const rest = (await collect(linesOf(stream))).map((line) => (line.kind === "line" ? line.text : line.kind));
  return { typed, shown, raw, rest };
}

describe("Asking for a password", () => {
  it("shows the question and nothing of what is typed", async () => {
    expect(await typing("h", "unter2", "\r")).toEqual({
      typed: { kind: "typed", text: "hunter2" },
      shown: "Password: \n",
      raw: [true, false],
      rest: [],
    });
  });

  it("leaves what was typed after it for the next reader", async () => {
    expect(await typing('pä55\n{"quit":true}\n')).toMatchObject({
      typed: { text: "pä55" },
      rest: ['{"quit":true}'],
    });
  });

  it("puts characters together whose bytes arrive apart", async () => {
    const [first, second] = [Buffer.from("ü").subarray(0, 1), Buffer.from("ü").subarray(1)];
    expect(await typing(first, second, "\n")).toMatchObject({ typed: { text: "ü" } });
  });

  it("can be corrected", async () => {
    expect(await typing("wrong\u0015righz\u007Ft🔔\b\r")).toMatchObject({ typed: { text: "right" } });
  });

  it("can be interrupted or left", async () => {
    expect((await typing("abc\u0003")).typed).toEqual({ kind: "interrupted" });
    expect((await typing("\u0004")).typed).toEqual({ kind: "ended" });
    const stream = Object.assign(new PassThrough(), { isTTY: true });
    const asked = askWithoutEcho(asking(stream), "");
    stream.end();
    expect(await asked).toEqual({ kind: "ended" });
  });
});
