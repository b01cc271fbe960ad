import { readFileSync } from "node:fs";

/**
 * A mutant that no test notices, by what it changes and not by its line, which moves.
 * @typedef {object} Survivor
 * @property {string} file
 * @property {string} code the source that is replaced, on one line, at most 120 characters
 * @property {string} replacement the same of what takes its place
 * @property {string} mutator
 */

/** @typedef {Survivor & { reason: string }} Accepted why nobody needs to notice it */

/**
 * The mutants of a Stryker report that no test noticed, or no test even reached.
 * @param {{ files: Record<string, { source: string, mutants: readonly Mutant[] }> }} report
 * @returns {readonly Survivor[]}
 *
 * @typedef {object} Mutant
 * @property {string} status
 * @property {string} mutatorName
 * @property {string} [replacement]
 * @property {{ start: Position, end: Position }} location
 *
 * @typedef {{ line: number, column: number }} Position counted from 1
 */
export function survivorsOf({ files }) {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location, mutatorName, replacement = "" }) => ({
        file,
        code: short(between(source, location)),
        replacement: short(replacement),
        mutator: mutatorName,
      })),
  );
}

/**
 * What is wrong with the list: one sentence for each survivor without a reason and each reason without a survivor.
 * @param {readonly Survivor[]} survivors
 * @param {readonly Accepted[]} accepted
 * @returns {readonly string[]}
 */
export function objections(survivors, accepted) {
  const listed = accepted.map((one) => ({ one, key: keyOf(one), used: false }));
  const wrong = [];
  for (const survivor of survivors) {
    const entry = listed.find(({ key }) => key === keyOf(survivor));
    if (entry) entry.used = true;
    else wrong.push(`No test notices, and no reason is given: ${inWords(survivor)}`);
  }
  for (const { one, used } of listed) {
    if (!used) wrong.push(`Listed, but a test notices it or it is gone: ${inWords(one)}`);
    if (one.reason.trim().length < 10) wrong.push(`Listed without a reason: ${inWords(one)}`);
  }
  return wrong;
}

/**
 * @param {URL} path
 * @returns {readonly Accepted[]}
 */
export function readAccepted(path) {
  return JSON.parse(readFileSync(path, "utf8")).map((/** @type {Accepted} */ one) => ({
    ...one,
    code: short(one.code),
    replacement: short(one.replacement),
  }));
}

/** @param {Survivor} survivor */
function keyOf({ file, code, replacement }) {
  return JSON.stringify([file, code, replacement]);
}

/** @param {Survivor} survivor */
function inWords({ file, code, replacement, mutator }) {
  return `${file}: “${code}” → “${replacement}” (${mutator})`;
}

/** @param {string} text */
function short(text) {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, 120);
}

/**
 * @param {string} source
 * @param {Mutant["location"]} location
 */
function between(source, { start, end }) {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? "").slice(0, end.column - 1);
  lines[0] = (lines[0] ?? "").slice(start.column - 1);
  return lines.join("\n");
}
