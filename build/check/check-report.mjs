/**
 * What `npm test` counts and prints, as pure functions.
 */

/** @typedef {{ name: string, reason: string }} Skipped */
/** @typedef {{ passed: number, failed: number, skipped: readonly Skipped[] }} FixedCounts */
/** @typedef {{ passed: number, failed: number, skipped: Skipped[] }} Counts */
/** @typedef {FixedCounts & { step: string, ms: number }} StepResult */

/**
 * The counts of a Playwright run from its JSON report.
 * @param {string} json
 * @returns {Counts}
 */
export function countPlaywright(json) {
  /** @type {PlaywrightReport} */
  const report = JSON.parse(json);
  const { expected, unexpected, flaky } = report.stats;
  return {
    passed: expected,
    // There are no retries, so nothing should be flaky; if something is, it is a bug.
    failed: unexpected + flaky + report.errors.length,
    skipped: report.suites.flatMap((suite) => skippedIn(suite, [])),
  };
}

/**
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {readonly unknown[]} errors
 * @property {readonly PlaywrightSuite[]} suites
 */
/**
 * @typedef {object} PlaywrightSuite
 * @property {string} title
 * @property {readonly PlaywrightSuite[]} [suites]
 * @property {readonly PlaywrightSpec[]} [specs]
 */
/**
 * @typedef {object} PlaywrightSpec
 * @property {string} title
 * @property {readonly { status: string, annotations: readonly { type: string, description?: string }[] }[]} tests
 */

/**
 * @param {PlaywrightSuite} suite
 * @param {readonly string[]} above
 * @returns {Skipped[]}
 */
function skippedIn(suite, above) {
  const path = [...above, suite.title];
  const own = (suite.specs ?? []).flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === "skipped")
      .map(({ annotations }) => ({
        name: [...path, title].join(" › "),
        reason:
          annotations.find(({ description }) => description !== undefined)?.description ?? "no reason given",
      })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => skippedIn(inner, path))];
}

/**
 * The counts of a step, put right by how its program ended: one that failed without counting a failure has one all
 * the same, and one that counted nothing at all has not tested anything.
 * @param {Counts | null} counts null when the program left no report
 * @param {number} status its exit status
 * @returns {Counts}
 */
export function settleCounts(counts, status) {
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: [] };
  const testedNothing = passed + failed + skipped.length === 0;
  return { passed, skipped, failed: failed === 0 && (status !== 0 || testedNothing) ? 1 : failed };
}

/**
 * The summary: what was skipped and why, a table with a row for each step and the time of all, what the app ran on, and
 * the line with the sums, which is the last.
 * @param {readonly StepResult[]} results
 * @param {string | null} [electron] which Electron the app ran on, when it ran
 * @returns {string}
 */
export function summary(results, electron = null) {
  const skipped = results.flatMap((result) => result.skipped);
  const rows = results.map(({ step, passed, failed, skipped, ms }) => [
    step,
    String(passed),
    String(failed),
    String(skipped.length),
    seconds(ms),
  ]);
  const all = ["all", "", "", "", seconds(results.reduce((total, { ms }) => total + ms, 0))];
  const table = alignColumns([["step", "passed", "failed", "skipped", "time"], ...rows, all]);
  const reasons = skipped.map(({ name, reason }) => `  ${name}: ${reason}`);
  return [
    ...(reasons.length > 0 ? ["Skipped:", ...reasons, ""] : []),
    ...table,
    "",
    ...(electron === null ? [] : [electron, ""]),
    closingLine(sum(results, "passed"), sum(results, "failed"), skipped.length),
    "",
  ].join("\n");
}

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 */
export function closingLine(passed, failed, skipped) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * @param {readonly StepResult[]} results
 * @param {"passed" | "failed"} what
 */
function sum(results, what) {
  return results.reduce((total, result) => total + result[what], 0);
}

/**
 * The first column to the left, the others, which are numbers, to the right.
 * @param {readonly (readonly string[])[]} rows
 */
function alignColumns(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}
