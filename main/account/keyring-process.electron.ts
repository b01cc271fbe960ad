import { utilityProcess } from "electron";

import { keyringEnvironment } from "./keyring-process.ts";
import type { StartKeyringChild } from "./keyring.ts";

/**
 * Asks the keyring in a utility process: the fuses of the packed program let Electron be nothing else of its own.
 * `script` is the built `keyring.js`. It ends with the program, whatever the keyring does.
 */
export function utilityKeyringChild(script: string): StartKeyringChild {
  return (listener) => {
    const child = utilityProcess.fork(script, [], {
      env: keyringEnvironment(process.env),
      execArgv: [],
      stdio: "ignore",
      serviceName: "Doorbell keyring",
    });
    let heard = true;
    child.on("message", (message: unknown) => {
      if (heard) listener.message(message);
    });
    child.once("exit", () => {
      if (heard) listener.gone();
      heard = false;
    });
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process is no window
      send: (question) => child.postMessage(question),
      kill: () => {
        heard = false;
        child.kill();
      },
    };
  };
}
