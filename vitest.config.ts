import { defineConfig } from "vitest/config";
import { tags } from "./e2e/rules/rules.ts";

export default defineConfig({
  test: {
    include: ["{main,preload,renderer,build,e2e}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "out/**"],
    testTimeout: 10_000,
    restoreMocks: true,
    unstubEnvs: true,
    // The rules of the protocol. A test with any other tag fails.
    tags,
    // The rows of one `it.each` stand in one place, and are one line of the table of rules.
    includeTaskLocation: true,
  },
});
