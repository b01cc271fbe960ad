import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Reporter, TestModule, TestRunEndReason, Vitest } from "vitest/node";
import { proofsOf } from "./proof.ts";
import type { PassedTest } from "./proof.ts";
import { sections } from "./rules.ts";
import type { Section } from "./rule.ts";
import { drawTable, findFaults, TABLE_PATH, WRITE_COMMAND } from "./table.ts";

/** `compare` fails the run when the table is not what the tests say; `write` makes it so. */
export type Mode = "compare" | "write";

/** What vitest hands over for a reporter named on the command line is empty. */
export interface RulesReporterOptions {
  readonly mode?: Mode;
  readonly rules?: readonly Section[];
  /** Told what is wrong, once; by default it goes to standard error and the run fails. */
  readonly fail?: (complaint: string) => void;
}

/**
 * A vitest reporter that holds the table of rules against the tests that passed. It says nothing after a run in which
 * a test that proves a rule has failed, which has its own complaint, or that was narrowed to some of the tests.
 */
export default class RulesReporter implements Reporter {
  readonly #mode: Mode;
  readonly #rules: readonly Section[];
  readonly #fail: (complaint: string) => void;
  #vitest: Vitest | null = null;

  constructor({ mode = "compare", rules = sections, fail = failRun }: RulesReporterOptions = {}) {
    this.#mode = mode;
    this.#rules = rules;
    this.#fail = fail;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    _unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): Promise<void> {
    const vitest = this.#vitest;
    if (vitest === null || reason === "interrupted" || modules.some(hasFailedProof)) return;
    if (await isNarrowed(vitest, modules)) {
      if (this.#mode === "write") this.#fail("The table of rules needs a run of all tests.");
      return;
    }
    const path = join(vitest.config.root, TABLE_PATH);
    const complaint = settleTable(this.#mode, this.#rules, passedTests(modules), path);
    if (complaint !== null) this.#fail(complaint);
  }
}

function failRun(complaint: string): void {
  process.stderr.write(`\n${complaint}\n`);
  process.exitCode = 1;
}

/**
 * Compares the table with the tests, or writes it.
 * @returns what to complain about, with the way out, or null
 */
export function settleTable(
  mode: Mode,
  rules: readonly Section[],
  tests: readonly PassedTest[],
  path: string,
): string | null {
  const proofs = proofsOf(tests);
  const table = drawTable(rules, proofs);
  const faults = findFaults(rules, proofs);
  if (mode === "write") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, table);
  } else if (readTable(path) !== table) {
    faults.push(`${TABLE_PATH} is not what the tests say.`);
  }
  if (faults.length === 0) return null;
  const wayOut = mode === "write" ? "Mend e2e/rules or the tags of the tests" : "Mend what is named";
  return [...faults, `${wayOut}, then run \`${WRITE_COMMAND}\`.`].join("\n");
}

function readTable(path: string): string | null {
  try {
    return readFileSync(path, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return null;
  }
}

/** Whether some of the configured tests were left out by a name, a pattern, a tag or a shard. */
async function isNarrowed(vitest: Vitest, modules: readonly TestModule[]): Promise<boolean> {
  const { testNamePattern, tagsFilter } = vitest.config;
  if (testNamePattern !== undefined || (tagsFilter?.length ?? 0) > 0) return true;
  const ran = new Set(modules.map(({ moduleId }) => moduleId));
  const all = await vitest.globTestSpecifications();
  return all.some(({ moduleId }) => !ran.has(moduleId));
}

/** Whether a rule may have lost its proof by a failure: of a test with a tag, or of a file that did not load. */
function hasFailedProof(module: TestModule): boolean {
  const failed = [...module.children.allTests("failed")];
  return module.errors().length > 0 || failed.some(({ tags }) => tags.length > 0);
}

function passedTests(modules: readonly TestModule[]): PassedTest[] {
  return modules.flatMap((module) =>
    [...module.children.allTests("passed")].map((test) => ({
      file: module.relativeModuleId.replaceAll("\\", "/"),
      name: test.fullName.replaceAll(" > ", " › "),
      place: `${test.location?.line}:${test.location?.column}`,
      tags: test.tags,
    })),
  );
}
