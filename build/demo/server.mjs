/**
 * The demo's server: a process of its own, and what its first lines tell.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { root } from "../setup.mjs";
import { bidFarewell } from "./farewell.mjs";

/** @typedef {{ page: string, user: { name: string, address: string, password: string } }} Server */

const startLimitMs = 15_000;

/**
 * Starts it on a free port; null when it did not come up.
 * @param {AsyncDisposableStack} parts takes what has to be closed in the end
 * @returns {Promise<Server | null>}
 */
export async function startServer(parts) {
  const child = spawn(process.execPath, ["e2e/ucwa-server/main.ts", "--port", "0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    // Ctrl-C in the terminal must not take it away before Doorbell has signed out.
    detached: true,
  });
  parts.defer(() => bidFarewell(child));
  return await readServer(child);
}

/**
 * Reads from the server's first lines where it is and who can sign in.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<Server | null>}
 */
async function readServer(child) {
  if (child.stdout === null) return null;
  const lines = createInterface({ input: child.stdout });
  const limit = setTimeout(() => lines.close(), startLimitMs);
  let page = "";
  try {
    for await (const line of lines) {
      page ||= /http:\/\/\S+/.exec(line)?.[0] ?? "";
      const [, name, address, password] = /^\s*(\S.*?)\s{2,}(sip:\S+)\s+password: (\S+)/.exec(line) ?? [];
      if (page !== "" && name !== undefined && address !== undefined && password !== undefined) {
        return { page, user: { name, address, password } };
      }
    }
    return null;
  } finally {
    clearTimeout(limit);
    lines.close();
    // What it prints later would otherwise fill the pipe and stop it.
    child.stdout.resume();
  }
}
