/**
 * `npm start`: the app on Electron, from what is built anew, with the user's own settings and desktop.
 *
 *     node build/run.mjs build build/start.mjs [arguments of the app…]
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fetchElectron } from "./electron-binary.mjs";
import { runToEnd, statusOfSignal } from "./process-group.mjs";
import { root } from "./setup.mjs";

const buildLimitMs = 120_000;
const fetchLimitMs = 5 * 60_000;

process.exitCode = await start();

/** @returns {Promise<number>} the exit status */
async function start() {
  if (!(await fetchElectron(fetchLimitMs))) {
    process.stderr.write(
      "Electron's binary could not be fetched from where its npm package looks for it; `npm run demo` shows Doorbell without it.\n",
    );
    return 1;
  }
  const bundle = await runToEnd(process.execPath, [join(root, "build/bundle.mjs")], {
    cwd: root,
    limitMs: buildLimitMs,
    output: "capture",
  });
  if (bundle.status !== 0) {
    process.stderr.write(bundle.output);
    return 1;
  }
  /** @type {unknown} Electron's module is the path of its binary when Node loads it. */
  const electron = createRequire(import.meta.url)("electron");
  // Chromium refuses to sandbox what root runs.
  const unsandboxed = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(String(electron), [...unsandboxed, root, ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
  });
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  // A terminal sends it to the app as well.
  process.on("SIGINT", () => undefined);
  return await new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : statusOfSignal(signal)));
  });
}
