import { join } from "node:path";
import { isElectronInstalled } from "../e2e/driver/runtime.ts";
import { runToEnd } from "./process-group.mjs";
import { root } from "./setup.mjs";

/**
 * Fetches Electron's binary, which its npm package leaves to be fetched, unless it is there; tries once. Says that it
 * does, on standard error.
 * @param {number} limitMs
 * @returns {Promise<boolean>} whether it is there now
 */
export async function fetchElectron(limitMs) {
  if (isElectronInstalled()) return true;
  process.stderr.write(
    `Fetching Electron's binary, once and for at most ${Math.round(limitMs / 60_000)} min …\n`,
  );
  await runToEnd(process.execPath, [join(root, "node_modules/electron/install.js")], {
    cwd: root,
    limitMs,
    output: "capture",
  });
  return isElectronInstalled();
}
