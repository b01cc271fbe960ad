/**
 * Doorbell in the terminal, for a demo that has no display.
 */
import { spawn } from "node:child_process";
import { root } from "../setup.mjs";
import { bidFarewell } from "./farewell.mjs";

/** @typedef {import("./server.mjs").Server} Server */
/** @typedef {import("./desktop.mjs").Desktop} Desktop */

/**
 * Starts `doorbell watch`, signed in; `exited` gives its exit status.
 * @param {Server} server
 * @param {Desktop} desktop
 * @param {AsyncDisposableStack} parts takes what has to be closed in the end
 * @returns {{ exited: Promise<number> }}
 */
export function startInTerminal(server, desktop, parts) {
  const child = watch(server, desktop);
  parts.defer(() => bidFarewell(child));
  const exited = new Promise((resolve) => {
    child.once("exit", (code) => resolve(code === 130 ? 0 : (code ?? 1)));
  });
  return { exited };
}

/**
 * @param {Server} server
 * @param {Desktop} desktop
 */
function watch({ page, user }, { env, notifications }) {
  const args = ["out/main/cli.js", "watch", "--server", page, "--user", user.address];
  if (notifications) args.push("--notify");
  // On a terminal standard input is for the keys that answer, so the password goes another way.
  if (process.stdin.isTTY) {
    return spawn(process.execPath, args, {
      cwd: root,
      env: { ...env, DOORBELL_PASSWORD: user.password },
      stdio: "inherit",
    });
  }
  const child = spawn(process.execPath, [...args, "--password-stdin"], {
    cwd: root,
    env,
    stdio: ["pipe", "inherit", "inherit"],
    // It is told to end once, by `bidFarewell`; a second signal would keep it from signing out.
    detached: true,
  });
  // Left open: the end of its input would be a reason to quit.
  child.stdin.on("error", () => undefined).write(`${user.password}\n`);
  return child;
}
