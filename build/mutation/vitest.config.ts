import { defineConfig } from "vitest/config";
import { tags } from "../../e2e/rules/rules.ts";

// The tests that a taken-out guard has to fail: the quick ones, so that thousands of mutants end within the hour.
export default defineConfig({
  test: {
    include: ["main/{ucwa,invitations}/**/*.test.ts", "main/*.test.ts"],
    testTimeout: 10_000,
    restoreMocks: true,
    unstubEnvs: true,
    tags,
  },
});
