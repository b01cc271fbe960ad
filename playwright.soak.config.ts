import { defineConfig } from "@playwright/test";

import everyDay from "./playwright.config.ts";

const project = (name: string) => ({
  name,
  testDir: `e2e/${name}`,
  outputDir: `test-results/artefacts/${name}`,
  use: { browserName: "chromium" as const },
});

// Whole desktops, one at a time: what takes more room and longer than a change waits for. `npm run test:soak`.
export default defineConfig({
  ...everyDay,
  workers: 1,
  timeout: 180_000,
  projects: [project("desktops"), project("services")],
});
