import { defineConfig } from "@playwright/test";

import everyDay from "./playwright.config.ts";

// Whole desktops, one at a time: what takes more room and longer than a change waits for. `npm run test:soak`.
export default defineConfig({
  ...everyDay,
  workers: 1,
  timeout: 180_000,
  projects: [
    {
      name: "desktops",
      testDir: "e2e/desktops",
      outputDir: "test-results/artefacts/desktops",
      use: { browserName: "chromium" },
    },
  ],
});
