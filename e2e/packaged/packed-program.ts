import { spawn, type ChildProcess } from "node:child_process";
import { basename } from "node:path";
import { RunFolder } from "../driver/run-folder.ts";
import type { Exit } from "../driver/running-program.ts";
import { kindOf, processesBelow, type SeenProcess } from "./processes.ts";

export interface PackedStart {
  /** The program, and what goes before it. */
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** The name of the executable: `executableName` in electron-builder.yml. */
const EXECUTABLE = "doorbell";

/**
 * A packed program that runs. Playwright cannot attach to it, so it is only looked at from outside. Whatever becomes of the
 * caller, all its processes end.
 */
export class PackedProgram implements AsyncDisposable {
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #folder: RunFolder;
  #output = "";
  #ended: Exit | null = null;

  constructor({ command, args, env }: PackedStart) {
    this.#folder = new RunFolder();
    const [program = "", ...before] = command;
    this.#child = spawn(program, [...before, ...args], {
      env: { ...env, ...this.#folder.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    // Chromium's children write over the mark that they inherit.
    this.#folder.addGroup(this.#child.pid);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => (this.#output += chunk));
    this.exited = new Promise((resolve) => {
      this.#child.once("error", (error) => {
        this.#output += `${error.message}\n`;
        resolve({ code: null, signal: null });
      });
      // Not `exit`: by then not all that it wrote has been read.
      this.#child.once("close", (code, signal) => {
        this.#ended = { code, signal };
        resolve(this.#ended);
      });
    });
  }

  /** What it wrote to standard output and standard error so far. */
  get output(): string {
    return this.#output;
  }

  /** How it ended; null while it runs. */
  get ended(): Exit | null {
    return this.#ended;
  }

  /** All that it has started and that still runs; none before it could be started. */
  processes(): readonly SeenProcess[] {
    const { pid } = this.#child;
    return pid === undefined ? [] : processesBelow(pid);
  }

  /** The processes of the program itself, without what was put before it in the command. */
  ownProcesses(): readonly SeenProcess[] {
    const main = this.#main();
    return main === undefined ? [] : processesBelow(main.pid);
  }

  /** Tells the main process to end, as a desktop does at its end; resolves when all has ended. */
  async end(): Promise<Exit> {
    const main = this.#main();
    if (main !== undefined) process.kill(main.pid, "SIGTERM");
    return await this.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder.close();
  }

  #main(): SeenProcess | undefined {
    return this.processes().find(
      (one) => kindOf(one) === "" && basename(one.commandLine[0] ?? "") === EXECUTABLE,
    );
  }
}
