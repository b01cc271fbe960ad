import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../node_modules/.cache/contract",
  timeout: 60_000,
  // Each file starts a program with a browser of its own.
  workers: 1,
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"], ["./runtime-reporter.ts"]],
});
