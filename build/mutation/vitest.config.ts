import { defineConfig } from "vitest/config";
import { tags } from "../../e2e/rules/rules.ts";

// The tests that a taken-out guard has to fail: the quick ones, so that thousands of mutants end within the hour.
export default defineConfig({
  test: {
    include: ["main/{ucwa,invitations,conversations}/**/*.test.ts", "main/*.test.ts"],
    // These hold limits of time, which code that was instrumented for the run cannot keep.
    testNamePattern: /^(?!.*(in time in spite|in no time worth|tens of thousands))/,
    setupFiles: ["build/mutation/setup.ts"],
    testTimeout: 10_000,
    restoreMocks: true,
    unstubEnvs: true,
    tags,
  },
});
