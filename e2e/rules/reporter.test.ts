import { describe, expect, it } from "vitest";
import type { TestModule, TestRunEndReason, Vitest } from "vitest/node";
import RulesReporter from "./reporter.ts";
import type { RulesReporterOptions } from "./reporter.ts";
import type { Section } from "./rule.ts";

const RULES: readonly Section[] = [
  {
    title: "Discovery",
    rules: [{ id: "order", page: "RootURL", rule: "In order.", noServer: "It only answers." }],
  },
];

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

const tagged = module("main/ucwa/discovery/discovery.test.ts", ["order"]);
const other = module("main/other.test.ts");

/** Ends a run of these modules, out of `all`; the tables that it printed and the complaints about it. */
async function end(
  modules: readonly TestModule[],
  {
    all = modules,
    reason = "passed",
    config = {},
    tell,
  }: {
    all?: readonly TestModule[];
    reason?: TestRunEndReason;
    config?: object;
    tell?: RulesReporterOptions["tell"];
  } = {},
): Promise<{ readonly tables: string[]; readonly complaints: string[] }> {
  const [tables, complaints]: [string[], string[]] = [[], []];
  const reporter = new RulesReporter({
    print: (table) => tables.push(table),
    rules: RULES,
    ...(tell ? { tell } : {}),
    fail: (complaint) => complaints.push(complaint),
  });
  const vitest = { config, globTestSpecifications: async () => all };
  reporter.onInit(vitest as unknown as Vitest);
  await reporter.onTestRunEnd(modules, [], reason);
  return { tables, complaints };
}

describe("a run of all tests", () => {
  it("prints each rule with the tests that name it", async () => {
    const { tables, complaints } = await end([tagged, other]);
    expect(tables).toEqual([
      expect.stringContaining("names › are tried in order (main/ucwa/discovery/discovery.test.ts)"),
    ]);
    expect(complaints).toEqual([]);
  });

  it("prints of the rules and their tests what else is asked for, in place of the table", async () => {
    const { tables } = await end([tagged, other], {
      tell: (rules, proofs) => `${rules[0]?.title}: ${proofs[0]?.rule}`,
    });
    expect(tables).toEqual(["Discovery: order"]);
  });

  it("fails for a rule with neither a test nor a reason, and shows that in the table", async () => {
    const { tables, complaints } = await end([other]);
    expect(tables).toEqual([expect.stringContaining("*none yet*")]);
    expect(complaints).toEqual([
      expect.stringContaining("The rule “order” has neither a client test nor a reason."),
    ]);
  });

  it("is held against the rules although another test has failed, on which no rule hangs", async () => {
    const failed = module("main/failed.test.ts", [], { state: "failed" });
    const { tables } = await end([tagged, failed], { reason: "failed" });
    expect(tables).toEqual([expect.stringContaining("names › are tried in order")]);
  });
});

describe("a run of some tests", () => {
  it.each([
    ["of named files", { all: [tagged, other] }],
    ["by the name of a test", { config: { testNamePattern: /order/ } }],
    ["by a tag", { config: { tagsFilter: ["order"] } }],
  ])("%s prints nothing, and says that all are needed", async (_, options) => {
    const { tables, complaints } = await end([other], options);
    expect(tables).toEqual([]);
    expect(complaints).toEqual(["The table of rules needs a run of all tests."]);
  });

  it("that was interrupted, or in which a proof has failed, is left to its own complaints", async () => {
    const failed = module("main/failed.test.ts", ["order"], { state: "failed" });
    const unloadable = module("main/unloadable.test.ts", [], { errors: 1 });
    const nothing = { tables: [], complaints: [] };
    expect(await end([other], { reason: "interrupted" })).toEqual(nothing);
    expect(await end([other, failed], { reason: "failed" })).toEqual(nothing);
    expect(await end([other, unloadable], { reason: "failed" })).toEqual(nothing);
  });
});
