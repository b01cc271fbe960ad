import { hostname } from "node:os";
import { app } from "electron";

import { texts } from "../../../locales/texts.ts";
import { isProcessAlive, lockRefusal } from "./instance-lock.ts";
import { askInBox } from "../message-box.electron.ts";
import { lockFailure, startFailure, type StartFailure } from "./start-failure.ts";

/**
 * Runs `start` once Electron is ready, in the one instance that there is for a folder of settings. A second one tells
 * the first and ends with 0. A start that fails, or cannot find out whether it is the first, says why on standard error
 * and in a box, and ends with 1 when that was read.
 */
export function startOnce(directory: string, start: () => Promise<void>): void {
  // Not awaited: Electron is not ready before the main script has come to its end.
  if (app.requestSingleInstanceLock()) {
    app
      .whenReady()
      .then(start)
      .catch((error: unknown) => fail(startFailure(error, directory)));
    return;
  }
  const { platform } = process;
  const refusal = lockRefusal(directory, { platform, host: hostname(), isAlive: isProcessAlive });
  if (refusal.kind === "running") {
    // Not `app.exit`: that is C's `exit`, under threads that run already. This one waits until they can be ended.
    app.quit();
    return;
  }
  void app.whenReady().then(() => fail(lockFailure(refusal, directory)));
}

async function fail({ message, detail }: StartFailure): Promise<void> {
  process.stderr.write(`${message} ${detail}\n`);
  // Whatever was built by then may not keep the program from ending: a panel that only hides, for one.
  app.prependListener("before-quit", () => app.exit(1));
  await askInBox({ type: "error", message, detail, buttons: [texts.program.quit] });
  app.exit(1);
}
