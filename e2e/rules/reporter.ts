import type { Reporter, TestModule, TestRunEndReason, Vitest } from "vitest/node";
import { proofsOf } from "./proof.ts";
import type { PassedTest, Proof } from "./proof.ts";
import { sections } from "./rules.ts";
import type { Section } from "./rule.ts";
import { drawTable, findFaults } from "./table.ts";

/** What vitest hands over for a reporter named on the command line is empty. */
export interface RulesReporterOptions {
  /** Gets what is told of the rules with their tests; without it nothing is. */
  readonly print?: (text: string) => void;
  /** What is told; by default the table. */
  readonly tell?: (rules: readonly Section[], proofs: readonly Proof[]) => string;
  readonly rules?: readonly Section[];
  /** Told what is wrong, once; by default it goes to standard error and the run fails. */
  readonly fail?: (complaint: string) => void;
}

/**
 * A vitest reporter that holds the rules against the tests that passed: each has a test that names it, or a reason. It says nothing after a run in which
 * a test that proves a rule has failed, which has its own complaint, or that was narrowed to some of the tests.
 */
export default class RulesReporter implements Reporter {
  readonly #print: ((text: string) => void) | null;
  readonly #tell: (rules: readonly Section[], proofs: readonly Proof[]) => string;
  readonly #rules: readonly Section[];
  readonly #fail: (complaint: string) => void;
  #vitest: Vitest | null = null;

  constructor({ print, tell = drawTable, rules = sections, fail = failRun }: RulesReporterOptions = {}) {
    this.#print = print ?? null;
    this.#tell = tell;
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
      if (this.#print !== null) this.#fail("The table of rules needs a run of all tests.");
      return;
    }
    const proofs = proofsOf(passedTests(modules));
    this.#print?.(this.#tell(this.#rules, proofs));
    const faults = findFaults(this.#rules, proofs);
    if (faults.length > 0) this.#fail([...faults, "Mend e2e/rules or the tags of the tests."].join("\n"));
  }
}

function failRun(complaint: string): void {
  process.stderr.write(`\n${complaint}\n`);
  process.exitCode = 1;
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
