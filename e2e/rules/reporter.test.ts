import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestModule, TestRunEndReason, Vitest } from "vitest/node";
import RulesReporter from "./reporter.ts";
import type { Mode } from "./reporter.ts";
import type { Section } from "./rule.ts";
import { TABLE_PATH, WRITE_COMMAND } from "./table.ts";

const RULES: readonly Section[] = [
  {
    title: "Discovery",
    rules: [{ id: "order", page: "RootURL", rule: "In order.", noServer: "It only answers." }],
  },
];

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "doorbell-rules-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A test file as vitest reports it, with one test. */
function module(
  file: string,
  tags: string[] = [],
  { state = "passed", errors = 0 }: { state?: string; errors?: number } = {},
): TestModule {
  const test = { fullName: "names > are tried in order", location: { line: 3, column: 5 }, tags };
  return {
    moduleId: `/${file}`,
    relativeModuleId: file,
    errors: () => Array.from({ length: errors }, () => ({})),
    children: { allTests: (wanted?: string) => (wanted === state ? [test] : []) },
  } as unknown as TestModule;
}

const tagged = module("main/ucwa/discovery.test.ts", ["order"]);
const other = module("main/other.test.ts");

/** Ends a run of these modules, out of `all`; the complaints about it. */
async function end(
  mode: Mode,
  modules: readonly TestModule[],
  {
    all = modules,
    reason = "passed",
    config = {},
  }: { all?: readonly TestModule[]; reason?: TestRunEndReason; config?: object } = {},
): Promise<string[]> {
  const complaints: string[] = [];
  const reporter = new RulesReporter({ mode, rules: RULES, fail: (complaint) => complaints.push(complaint) });
  const vitest = { config: { root, ...config }, globTestSpecifications: async () => all };
  reporter.onInit(vitest as unknown as Vitest);
  await reporter.onTestRunEnd(modules, [], reason);
  return complaints;
}

const table = () => readFileSync(join(root, TABLE_PATH), "utf8");

describe("a run of all tests", () => {
  it("writes the table when it is told to, and then finds it right, whatever its line ends", async () => {
    expect(await end("write", [tagged, other])).toEqual([]);
    expect(table()).toContain("names › are tried in order");
    expect(await end("compare", [other, tagged])).toEqual([]);
    writeFileSync(join(root, TABLE_PATH), table().replaceAll("\n", "\r\n"));
    expect(await end("compare", [tagged, other])).toEqual([]);
  });

  it("finds a table that is missing or stale, and names the command that writes it", async () => {
    for (const prepare of [() => undefined, () => writeFileSync(join(root, TABLE_PATH), "old")]) {
      await end("write", [tagged]);
      rmSync(join(root, TABLE_PATH));
      prepare();
      const [complaint] = await end("compare", [tagged]);
      expect(complaint).toContain(`${TABLE_PATH} is not what the tests say.`);
      expect(complaint).toContain(`\`${WRITE_COMMAND}\``);
    }
  });

  it("finds a rule without a test even where the table shows that", async () => {
    const [complaint] = await end("write", [other]);
    expect(complaint).toContain("The rule “order” has neither a client test nor a reason.");
    expect(table()).toContain("*none yet*");
    expect(await end("compare", [other])).toHaveLength(1);
  });

  it("never writes when it is to compare", async () => {
    await end("compare", [tagged]);
    expect(table).toThrow("ENOENT");
  });
});

describe("a run of some tests", () => {
  it.each([
    ["of named files", { all: [tagged, other] }],
    ["by the name of a test", { config: { testNamePattern: /order/ } }],
    ["by a tag", { config: { tagsFilter: ["order"] } }],
  ])("%s is not compared and writes nothing", async (_, options) => {
    expect(await end("compare", [other], options)).toEqual([]);
    expect(await end("write", [other], options)).toEqual(["The table of rules needs a run of all tests."]);
    expect(table).toThrow("ENOENT");
  });

  it("that was interrupted, or in which a proof has failed, is left to its own complaints", async () => {
    const failed = module("main/failed.test.ts", ["order"], { state: "failed" });
    const unloadable = module("main/unloadable.test.ts", [], { errors: 1 });
    for (const mode of ["compare", "write"] as const) {
      expect(await end(mode, [other], { reason: "interrupted" })).toEqual([]);
      expect(await end(mode, [other, failed], { reason: "failed" })).toEqual([]);
      expect(await end(mode, [other, unloadable], { reason: "failed" })).toEqual([]);
    }
    expect(table).toThrow("ENOENT");
  });

  it("is compared although another test has failed, on which no rule hangs", async () => {
    const failed = module("main/failed.test.ts", [], { state: "failed" });
    expect(await end("write", [tagged, failed], { reason: "failed" })).toEqual([]);
    expect(table()).toContain("names › are tried in order");
  });
});
