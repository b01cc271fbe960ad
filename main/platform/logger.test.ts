import { EOL } from "node:os";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineLogger, writtenLater } from "./logger.ts";
import type { LogLevel } from "./ports.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";

function logged(level: LogLevel, run: (logger: ReturnType<typeof lineLogger>) => void): string[] {
  const lines: string[] = [];
  run(lineLogger(level, new VirtualClock(), (line) => lines.push(line)));
  return lines;
}

describe("The log", () => {
  it("writes time, level, event and fields in one line", () => {
    expect(
      logged("debug", (logger) =>
        logger.info("event channel", { id: "i1", status: 204, kept: true, reason: null, text: "a b" }),
      ),
    ).toEqual([
      '2026-01-05T09:00:00.000Z info event channel id=i1 status=204 kept=true reason=null text="a b"',
    ]);
  });

  it("leaves out what is below its level", () => {
    const all = (logger: ReturnType<typeof lineLogger>): void => {
      for (const level of ["error", "warn", "info", "debug"] as const) logger[level]("x");
    };
    const levels = (level: LogLevel): string[] => logged(level, all).map((line) => line.split(" ")[1] ?? "");
    expect(levels("error")).toEqual(["error"]);
    expect(levels("warn")).toEqual(["error", "warn"]);
    expect(levels("info")).toEqual(["error", "warn", "info"]);
    expect(levels("debug")).toEqual(["error", "warn", "info", "debug"]);
  });

  it("cannot be made to write a second line or an escape sequence", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (event, value) => {
        const [line, ...others] = logged("debug", (logger) => logger.warn(event, { [value]: value }));
        expect(others).toEqual([]);
        expect(line).toMatch(/^[ -~]+$/);
      }),
    );
    expect(logged("warn", (logger) => logger.warn("x", { id: "a\nb\u001B[2J\u0085" }))).toEqual([
      String.raw`2026-01-05T09:00:00.000Z warn x id="a\nb\u001b[2J\u0085"`,
    ]);
  });

  it("cuts a value that nobody would read, and tells how long it was", () => {
    const [line = ""] = logged("debug", (logger) => logger.info("x", { rel: "\n".repeat(1_000_000) }));
    expect(line.length).toBeLessThan(500);
    expect(line).toMatch(/\.\.\.\(1000000\)$/);
    expect(logged("debug", (logger) => logger.info("x", { id: "i".repeat(200) }))[0]).toMatch(/ id=i{200}$/);
  });

  it("cannot be made to show a field that is another's value", () => {
    expect(logged("warn", (logger) => logger.warn("x", { rel: 'a" level=error b=" c=d' }))).toEqual([
      String.raw`2026-01-05T09:00:00.000Z warn x rel="a\" level=error b=\" c=d"`,
    ]);
  });

  it("is written after the turn in which something was logged, in one piece and in its order", async () => {
    const clock = new VirtualClock();
    const written: string[] = [];
    const write = writtenLater(clock, (lines) => written.push(lines));
    write("first");
    write("second");
    expect(written).toEqual([]);
    await clock.advance(0);
    write("third");
    await clock.advance(0);
    expect(written).toEqual([`first${EOL}second`, "third"]);
  });
});
