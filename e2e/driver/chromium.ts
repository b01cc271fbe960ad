import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";

/** Where a Chromium is looked for when DOORBELL_CHROMIUM does not say. No browser is ever downloaded. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** What keeps a Chromium from asking for anything outside of this machine. */
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The first Chromium of this machine, or null. */
export function findChromium(): string | null {
  const named = process.env["DOORBELL_CHROMIUM"];
  return [...(named === undefined ? [] : [named]), ...PLACES].find((path) => existsSync(path)) ?? null;
}

/** How Playwright starts the Chromium of the system. */
export function chromiumOptions(): LaunchOptions {
  const executablePath = findChromium();
  return {
    ...(executablePath === null ? {} : { executablePath }),
    args: QUIET,
    // Without it Playwright switches the sandbox off.
    chromiumSandbox: true,
  };
}
