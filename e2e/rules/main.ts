/**
 * Runs all tests and prints the table of the protocol's rules with the tests that hold them: `npm run rules`. Ends with 1
 * when a test fails or a rule has neither a test nor a reason.
 */
import { startVitest } from "vitest/node";
import RulesReporter from "./reporter.ts";

const print = (table: string): void => void process.stdout.write(table);
const vitest = await startVitest("test", [], { run: true, reporters: [new RulesReporter({ print })] });
const failed = vitest.state.getCountOfFailedTests();
if (failed > 0) process.stderr.write(`${failed} tests failed; \`npm run unit\` tells which.\n`);
await vitest.close();
