/**
 * Runs all tests and writes the table of the protocol's rules anew: `npm run rules`. Ends with 1 when a test fails or
 * a rule has neither a test nor a reason.
 */
import { startVitest } from "vitest/node";
import RulesReporter from "./reporter.ts";

const vitest = await startVitest("test", [], {
  run: true,
  reporters: ["default", new RulesReporter({ mode: "write" })],
});
await vitest.close();
