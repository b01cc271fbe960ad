import { defineConfig } from "@playwright/test";
import { chromiumOptions } from "./e2e/driver/chromium.ts";

/** One folder of specs, which is one step of `npm test`. */
const project = (name: string, testDir: string) => ({
  name,
  testDir,
  outputDir: `test-results/artefacts/${name}`,
  use: { browserName: "chromium" as const },
});

export default defineConfig({
  // One more than the smallest machine has cores: while a test waits for a limit of time, two others go on.
  workers: 3,
  // A test that passes at the second try has found a bug, and a retry would hide it.
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  // Room for a start that has to be made once more: e2e/driver/launch.ts.
  timeout: 90_000,
  reporter: [["list"], ["json", { outputFile: process.env["DOORBELL_COUNTS"] ?? "test-results/e2e.json" }]],
  use: {
    headless: true,
    screenshot: "only-on-failure",
    launchOptions: chromiumOptions(),
  },
  projects: [
    project("electron", "e2e/electron"),
    // Each test starts its own app, so that those of one file need not wait for one another.
    { ...project("e2e", "e2e/specs"), fullyParallel: true },
  ],
});
