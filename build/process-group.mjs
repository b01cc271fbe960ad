/**
 * A child that cannot outlive its time limit or its parent: it leads a process group of its own, and whatever it
 * started goes with it. Its standard input is always empty.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * @typedef {object} ChildEnd
 * @property {"exited" | "signalled" | "timedOut" | "notStarted"} how
 * @property {number} status the exit status, 128 + the signal's number, 124 for a time-out, 127 when not started
 * @property {string} output what was captured, as it came
 * @property {number} ms
 */

/**
 * @typedef {object} ChildOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} limitMs after it the group is asked to end, and killed five seconds later
 * @property {"capture" | "captureStdout" | "stderr"} output both of its outputs are captured, or standard output alone, or
 *   none; what is not captured goes to this process's standard error
 */

const endingSignals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const graceMs = 5_000;
const drainMs = 1_000;

/**
 * Runs a program to its end. Never rejects: how it ended is in the answer. When this process is told to end, the
 * group is ended first and then the signal takes its usual course.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} options
 * @returns {Promise<ChildEnd>}
 */
export function runToEnd(command, args, { cwd, env, limitMs, output }) {
  const started = performance.now();
  /** @type {Buffer[]} */
  const chunks = [];
  const child = spawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: env ?? process.env,
    stdio: ["ignore", output === "stderr" ? 2 : "pipe", output === "capture" ? "pipe" : 2],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  child.stdout?.on("data", (chunk) => chunks.push(chunk));
  child.stderr?.on("data", (chunk) => chunks.push(chunk));

  let timedOut = false;
  /** @type {NodeJS.Timeout | undefined} */
  let kill;
  const end = () => {
    signalGroup(child, "SIGTERM");
    kill = setTimeout(() => signalGroup(child, "SIGKILL"), graceMs);
  };
  const limit = setTimeout(() => {
    timedOut = true;
    end();
  }, limitMs);
  /** @param {NodeJS.Signals} signal */
  const endWithParent = (signal) => {
    signalGroup(child, "SIGTERM");
    ignoreSignals();
    process.kill(process.pid, signal);
  };
  const ignoreSignals = () => {
    for (const signal of endingSignals) process.removeListener(signal, endWithParent);
  };
  for (const signal of endingSignals) process.on(signal, endWithParent);

  return new Promise((resolve) => {
    /** @param {ChildEnd["how"]} how @param {number} status */
    const settle = (how, status) => {
      clearTimeout(limit);
      clearTimeout(kill);
      ignoreSignals();
      resolve({
        how,
        status,
        output: Buffer.concat(chunks).toString("utf8"),
        ms: performance.now() - started,
      });
    };
    child.once("error", (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      settle("notStarted", 127);
    });
    child.once("exit", (code, signal) => {
      signalGroup(child, timedOut ? "SIGKILL" : "SIGTERM");
      const report = () => {
        if (timedOut) settle("timedOut", 124);
        else if (signal !== null) settle("signalled", statusOfSignal(signal));
        else settle("exited", code ?? 1);
      };
      // What was written last is still in the pipes until "close"; a grandchild that left the group and keeps one
      // open must not hold the answer back for ever.
      const drained = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, drainMs);
      child.once("close", () => {
        clearTimeout(drained);
        report();
      });
    });
  });
}

/**
 * What a shell reports for a process that a signal ended.
 * @param {NodeJS.Signals} signal
 */
export function statusOfSignal(signal) {
  return 128 + (constants.signals[signal] ?? 0);
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
