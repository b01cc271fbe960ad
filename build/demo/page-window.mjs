/**
 * The server's page on the screen: in the user's own browser, or in a window of a Chromium beside the app.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { RunFolder } from "../../e2e/driver/run-folder.ts";
import { findChromium } from "../../e2e/driver/chromium.ts";
import { thisSystem } from "../setup/debian-packages.mjs";
import { runToEnd } from "../process-group.mjs";

const askLimitMs = 3_000;

/**
 * Opens it; false when nothing here can.
 * @param {string} url
 * @param {import("./desktop.mjs").Desktop} desktop
 * @param {import("./app.mjs").Area} free where there is room for a window
 * @param {AsyncDisposableStack} parts takes what has to be closed in the end
 */
export async function openPage(url, desktop, free, parts) {
  if (desktop.own && (await hasBrowser())) {
    const opener = spawn("xdg-open", [url], { stdio: "ignore", detached: true });
    opener.on("error", () => undefined);
    opener.unref();
    return true;
  }
  const chromium = findChromium();
  if (chromium === null) return false;
  const folder = new RunFolder();
  parts.defer(() => folder.close());
  const args = [
    `--app=${url}`,
    `--window-position=${free.x},${free.y}`,
    `--window-size=${free.width},${free.height}`,
    `--user-data-dir=${join(folder.path, "browser")}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-features=Translate",
    "--password-store=basic",
  ];
  const browser = spawn(chromium, args, {
    stdio: "ignore",
    // Out of reach of the terminal's Ctrl-C; the folder's watchman ends it.
    detached: true,
    env: { ...desktop.env, ...folder.env },
  });
  folder.addGroup(browser.pid);
  browser.on("error", () => undefined);
  browser.unref();
  return true;
}

/** Whether the desktop knows a browser for `xdg-open`. */
async function hasBrowser() {
  if (!thisSystem.hasProgram("xdg-open")) return false;
  if (process.env["BROWSER"]) return true;
  const asked = await runToEnd("xdg-settings", ["get", "default-web-browser"], {
    limitMs: askLimitMs,
    output: "capture",
  });
  return asked.status === 0 && /\.desktop\s*$/.test(asked.output);
}
