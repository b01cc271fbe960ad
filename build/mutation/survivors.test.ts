import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { objections, readAccepted, survivorsOf } from "./survivors.mjs";

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

it("Every file and folder that is to be mutated is there: a list of paths says nothing when they have moved", () => {
  const config = readFileSync(new URL("stryker.config.json", import.meta.url), "utf8");
  const { mutate } = JSON.parse(config) as { readonly mutate: readonly string[] };
  const named = mutate
    .filter((pattern) => !pattern.startsWith("!"))
    .flatMap((pattern) => {
      const [before = "", names, after = ""] = pattern.split(/[{}]/);
      return names === undefined ? [pattern] : names.split(",").map((name) => before + name + after);
    });
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  expect(named.filter((pattern) => globSync(pattern, { cwd }).length === 0)).toEqual([]);
});

it("What survives for a reason is there: the run that would say so takes an hour", () => {
  const lists = readdirSync(new URL(".", import.meta.url)).filter((name) =>
    /^survivors\..*\.json$/.test(name),
  );
  const accepted = lists.flatMap((name) => readAccepted(new URL(name, import.meta.url)));
  const sourceOf = (file: string): string => {
    const path = new URL(`../../${file}`, import.meta.url);
    return existsSync(path) ? readFileSync(path, "utf8").replaceAll(/\s+/g, " ") : "";
  };
  expect(accepted.length).toBeGreaterThan(0);
  expect(accepted.filter(({ file, code }) => !sourceOf(file).includes(code))).toEqual([]);
});
