import { defineConfig } from "@playwright/test";

/** One folder of specs, which is one step of `npm test`. */
const project = (name: string, testDir: string) => ({
  name,
  testDir,
  outputDir: `test-results/artefacts/${name}`,
  use: { browserName: "chromium" as const },
});

export default defineConfig({
  // One at a time: each spec has a private desktop to itself, and the machine's processors with it.
  workers: 1,
  // A test that passes at the second try has found a bug, and a retry would hide it.
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 60_000,
  reporter: [["list"], ["json", { outputFile: process.env["DOORBELL_COUNTS"] ?? "test-results/e2e.json" }]],
  use: {
    headless: true,
    screenshot: "only-on-failure",
    launchOptions: {
      // Debian's; no browser is ever downloaded.
      executablePath: process.env["DOORBELL_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Chromium refuses its sandbox to root; everybody else keeps it.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
  },
  projects: [project("contract", "e2e/contract"), project("e2e", "e2e/specs")],
});
