import { fork } from "node:child_process";

import type { StartKeyringChild } from "./keyring.ts";

/** What a process that asks the keyring is started with: all but a password that was meant for us. */
export function keyringEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DOORBELL_PASSWORD: _ours, ...rest } = env;
  return rest;
}

/** Asks the keyring in a child process of Node's. `script` is the built `keyring.js`. */
export function nodeKeyringChild(script: string, env: NodeJS.ProcessEnv = process.env): StartKeyringChild {
  return (listener) => {
    const child = fork(script, [], {
      env: keyringEnvironment(env),
      // Nothing of ours, such as an inspector's port, and nothing that it could write between our lines.
      execArgv: [],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    let heard = true;
    const end = (): void => {
      process.off("exit", end);
      child.kill("SIGKILL");
    };
    const gone = (): void => {
      process.off("exit", end);
      if (heard) listener.gone();
      heard = false;
    };
    process.on("exit", end);
    child.on("message", (message) => {
      if (heard) listener.message(message);
    });
    // `error` comes instead of `exit` where it could not be started.
    child.once("error", gone);
    child.once("exit", gone);
    return {
      // A process that has gone is told by `gone`.
      send: (question) => void child.send(question, () => undefined),
      kill: () => {
        heard = false;
        end();
      },
    };
  };
}
