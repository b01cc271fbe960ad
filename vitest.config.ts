import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{main,preload,renderer,build,e2e}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "out/**"],
    // A test that leaves a timer or socket behind must fail, not slow the next one down.
    testTimeout: 10_000,
    restoreMocks: true,
  },
});
