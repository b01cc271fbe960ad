/**
 * `npm start`: the app on Electron, from what is built anew, with the user's own settings and desktop.
 *
 *     node build/run.mjs app build/start.mjs [arguments of the app…]
 *
 * Root's own desktop cannot be reached from where the app runs: then a session bus with a keyring and notifications is
 * added to the display.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { electronBinary } from "../e2e/driver/launch.ts";
import { chooseDesktop } from "./demo/desktop.mjs";
import { runToEnd, statusOfSignal } from "./process-group.mjs";
import { root } from "./setup.mjs";

const buildLimitMs = 120_000;
/** The folders of the user's own settings, which a session that is added has of its own. */
const userFolders = ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];

process.exitCode = await start();

/** @returns {Promise<number>} the exit status */
async function start() {
  await using parts = new AsyncDisposableStack();
  const bundle = await runToEnd(process.execPath, [join(root, "build/bundle.mjs")], {
    cwd: root,
    limitMs: buildLimitMs,
    output: "capture",
  });
  if (bundle.status !== 0) {
    process.stderr.write(bundle.output);
    return 1;
  }
  const desktop = await chooseDesktop(parts);
  if (!desktop.display) {
    process.stderr.write("There is no display to start on. `npm run demo` shows Doorbell in the terminal.\n");
    return 1;
  }
  const child = spawn(electronBinary(), [root, ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
    env: { ...desktop.env, ...ownFolders() },
  });
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  // A terminal sends it to the app as well.
  process.on("SIGINT", () => undefined);
  // Awaited here: what is added to the display must not be closed before the app has ended.
  return await new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : statusOfSignal(signal)));
  });
}

function ownFolders() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => userFolders.includes(name)));
}
