/**
 * A vitest reporter that writes the counts of a run, and every skipped test with its reason, to the file named by
 * DOORBELL_COUNTS. (Vitest's own JSON report leaves out why a test was skipped and what failed outside of any test.)
 */
import { writeFileSync } from "node:fs";

/** @typedef {import("./check-report.mjs").Counts} Counts */
/** @typedef {import("vitest/node").TestModule} TestModule */
/** @typedef {import("vitest/node").Reporter} Reporter */

/** @implements {Reporter} */
export default class CountsReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const path = process.env["DOORBELL_COUNTS"];
    if (path !== undefined)
      writeFileSync(path, JSON.stringify(countModules(modules, unhandledErrors.length)));
  }
}

/**
 * @param {readonly TestModule[]} modules
 * @param {number} unhandledErrors each counts as a failure
 * @returns {Counts}
 */
function countModules(modules, unhandledErrors) {
  /** @type {Counts} */
  const counts = { passed: 0, failed: unhandledErrors, skipped: [] };
  for (const module of modules) {
    const failedBefore = counts.failed;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") counts.passed += 1;
      else if (result.state === "failed") counts.failed += 1;
      else {
        const reason = result.state === "skipped" ? result.note : undefined;
        const mode = test.options.mode === "todo" ? "still to be written" : "no reason given";
        counts.skipped.push({
          name: `${module.relativeModuleId} › ${test.fullName}`,
          reason: reason ?? mode,
        });
      }
    }
    // A file that does not load, or whose hooks throw, fails without a failed test of its own.
    if (!module.ok() && counts.failed === failedBefore) counts.failed += 1;
  }
  return counts;
}
