import { describe, expect, it } from "vitest";
import { objections, survivorsOf } from "./survivors.mjs";

const SOURCE = `if (a) {\n  stop();\n}\nif (\n  b\n) go();\n`;
const mutant = (
  status: string,
  line: number,
  from: number,
  toLine: number,
  to: number,
  replacement: string,
) => ({
  status,
  mutatorName: "ConditionalExpression",
  replacement,
  location: { start: { line, column: from }, end: { line: toLine, column: to } },
});
const REPORT = {
  files: {
    "main/a.ts": {
      source: SOURCE,
      mutants: [
        mutant("Survived", 1, 5, 1, 6, "true"),
        mutant("NoCoverage", 1, 8, 3, 2, "{}"),
        mutant("Killed", 5, 3, 5, 4, "false"),
        mutant("Timeout", 5, 3, 5, 4, "true"),
      ],
    },
  },
};
const reason = "Nobody can see the difference.";

describe("the mutants that survive", () => {
  it("are those that no test notices, told by their code and not by their line", () => {
    expect(survivorsOf(REPORT)).toEqual([
      { file: "main/a.ts", code: "a", replacement: "true", mutator: "ConditionalExpression" },
      { file: "main/a.ts", code: "{ stop(); }", replacement: "{}", mutator: "ConditionalExpression" },
    ]);
  });

  it("need a reason each", () => {
    const survivors = survivorsOf(REPORT);
    expect(objections(survivors, [])).toHaveLength(2);
    expect(
      objections(
        survivors,
        survivors.map((one) => ({ ...one, reason })),
      ),
    ).toEqual([]);
    expect(
      objections(
        survivors,
        survivors.map((one) => ({ ...one, reason: " " })),
      ),
    ).toHaveLength(2);
  });

  it("are listed no longer than they survive", () => {
    const [gone] = survivorsOf(REPORT).map((one) => ({ ...one, file: "main/b.ts", reason }));
    expect(objections([], gone ? [gone] : [])).toEqual([
      "Listed, but a test notices it or it is gone: main/b.ts: “a” → “true” (ConditionalExpression)",
    ]);
  });
});
