import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { electronBinary } from "../../driver/launch.ts";
import { RunFolder } from "../../driver/run-folder.ts";
import { processesBelow } from "../../packaged/processes.ts";
import { nowMicros, within } from "../time.ts";

/** Programs on Electron that are compared. */
export const DOORBELL = fileURLToPath(new URL("../../..", import.meta.url));
export const EMPTY = fileURLToPath(new URL("../apps/empty", import.meta.url));
export const POLLING = fileURLToPath(new URL("../apps/polling", import.meta.url));

const END_LIMIT_MS = 10_000;
/** How much of what it wrote is told, in characters. */
const SAID_MOST = 2_000;

export interface ElectronStart {
  /** A folder with a package.json. */
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly userData: string;
}

/**
 * A program on Electron as a desktop starts it: nothing is attached to it that could cost something. Whatever becomes of
 * the caller, all its processes end.
 */
export class ElectronProgram implements AsyncDisposable {
  /** The moment before it was started. */
  readonly startedAt: number;
  readonly #child: ChildProcess;
  readonly #folder = new RunFolder();
  readonly #exited: Promise<void>;
  #output = "";

  constructor({ program, args, env, userData }: ElectronStart) {
    const words = [`--user-data-dir=${userData}`, program, ...args];
    this.startedAt = nowMicros();
    this.#child = spawn(electronBinary(), words, {
      env: { ...env, ...this.#folder.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    // Chromium's children write over the mark that they inherit.
    this.#folder.addGroup(this.#child.pid);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        this.#output = (this.#output + chunk).slice(-SAID_MOST);
      });
    this.#exited = new Promise((resolve) => {
      this.#child.once("error", () => resolve());
      this.#child.once("exit", () => resolve());
    });
  }

  /** All its processes. Throws when it has ended: then there is nothing to measure. */
  pids(): readonly number[] {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null)
      throw new Error(`The program has ended. It wrote: ${this.#output}`);
    return processesBelow(pid).map((process) => process.pid);
  }

  /** Ends it as a desktop does; resolves when all its processes are gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGTERM");
    await within(END_LIMIT_MS, "the end of the program", this.#exited).catch(() => undefined);
    await this.#folder.close();
  }
}
