import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{main,preload,renderer,build,e2e}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "out/**"],
    testTimeout: 10_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
