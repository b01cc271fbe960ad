/**
 * Takes every guard and rule of the client out, one at a time, and sees whether a test fails. What no test notices has
 * to stand in `mutation/survivors.*.json` with its reason; a reason that is no longer needed fails as well.
 *
 *     node build/run.mjs modules build/mutation.mjs [--report-only]
 *
 * Texts, numbers and patterns are left alone: a guard with another text is still there.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { objections, readAccepted, survivorsOf } from "./mutation/survivors.mjs";
import { runToEnd } from "./process-group.mjs";
import { root } from "./setup.mjs";

const LIMIT_MS = 80 * 60_000;
const REPORT = join(root, "test-results/mutation.json");
const folder = new URL("mutation/", import.meta.url);

if (!process.argv.includes("--report-only")) {
  const stryker = join(root, "node_modules/@stryker-mutator/core/bin/stryker.js");
  const { status } = await runToEnd(
    process.execPath,
    [stryker, "run", "build/mutation/stryker.config.json"],
    {
      cwd: root,
      env: process.env,
      limitMs: LIMIT_MS,
      output: "stderr",
    },
  );
  if (status !== 0) process.exit(status);
}
if (!existsSync(REPORT)) {
  process.stderr.write("There is no report of a mutation run.\n");
  process.exit(2);
}
const lists = readdirSync(folder).filter((name) => /^survivors\..*\.json$/.test(name));
const accepted = lists.flatMap((name) => readAccepted(new URL(name, folder)));
const report = JSON.parse(readFileSync(REPORT, "utf8"));
const survivors = survivorsOf(report);
const mutants = Object.values(report.files).flatMap((/** @type {any} */ file) => file.mutants);
const tried = mutants.filter((/** @type {any} */ { status }) => status !== "Ignored").length;
const wrong = objections(survivors, accepted);
for (const sentence of wrong) process.stdout.write(`${sentence}\n`);
process.stdout.write(
  `${tried} guards and rules taken out: ${tried - survivors.length} noticed by a test, ` +
    `${survivors.length} not, of which ${accepted.length} are listed with a reason.\n`,
);
process.exitCode = wrong.length > 0 ? 1 : 0;
