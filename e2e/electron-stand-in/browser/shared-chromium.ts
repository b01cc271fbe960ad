import { app } from "../app.ts";
import { startChromium, type Chromium } from "./chromium.ts";

/** Whether windows stand on the display; otherwise they are drawn but nowhere to be seen. */
export const VISIBLE = process.env["DOORBELL_STAND_IN_VISIBLE"] === "1";

let starting: Promise<Chromium> | null = null;
const watchers = new Set<(chromium: Chromium) => void>();

/** The one browser of this program, started with its first window. */
export function chromium(): Promise<Chromium> {
  starting ??= startChromium(VISIBLE, () => app.exit(1)).then((browser) => {
    app.beforeExit(() => browser.kill());
    process.once("exit", () => browser.kill());
    for (const watch of watchers) watch(browser);
    return browser;
  });
  return starting;
}

/** Calls back once the browser is up. */
export function whenChromiumStarts(watch: (chromium: Chromium) => void): void {
  watchers.add(watch);
}
