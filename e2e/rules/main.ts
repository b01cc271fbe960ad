/**
 * Runs all tests and prints the table of the protocol's rules with the tests that hold them: `npm run rules`. With
 * `--draw 30 [--seed 7]` it prints that many of them, for whoever breaks each by hand to see its tests fail. Ends with 1
 * when a test fails or a rule has neither a test nor a reason, or two tests on a side; with 2 for wrong arguments.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";
import { tellDraw } from "./draw.ts";
import RulesReporter from "./reporter.ts";

const { values } = parseArgs({ options: { draw: { type: "string" }, seed: { type: "string" } } });
const count = Number(values.draw ?? 0);
const seed = Number(values.seed ?? randomInt(1_000_000));
if (!Number.isSafeInteger(count) || count < 0 || !Number.isSafeInteger(seed)) {
  process.stderr.write("Usage: npm run rules [-- --draw COUNT [--seed NUMBER]]\n");
  process.exit(2);
}

const print = (text: string): void => void process.stdout.write(text);
const reporter = new RulesReporter({
  print,
  ...(count === 0 ? {} : { tell: (rules, proofs) => tellDraw(rules, proofs, { count, seed }) }),
});
const vitest = await startVitest("test", [], { run: true, reporters: [reporter] });
const failed = vitest.state.getCountOfFailedTests();
if (failed > 0) process.stderr.write(`${failed} tests failed; \`npm run unit\` tells which.\n`);
await vitest.close();
