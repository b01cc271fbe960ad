import { execFile, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { MARK, type SessionFolder } from "../session-folder.ts";
import { WatchedRun } from "./watched-run.ts";

const ANNOUNCE_LIMIT_MS = 10_000;
const RUN_LIMIT_MS = 10_000;

export interface StartOptions {
  /** Written to standard input, which is then closed. */
  readonly input?: string;
  /** Waits for one line on file descriptor 3. */
  readonly announces?: true;
}

/** One long-running program of the desktop. */
export interface SessionProcess {
  readonly pid: number;
  /** The line that it wrote on file descriptor 3, or empty. */
  readonly announced: string;
  /** Ends it at once, without a chance to say goodbye, and resolves when it has gone. */
  kill(): Promise<void>;
}

/** The processes of one desktop. Each is the head of its own process group and known to the reaper. */
export class SessionProcesses {
  readonly #folder: SessionFolder;
  readonly #run: WatchedRun;
  #env: Readonly<Record<string, string>>;

  constructor(folder: SessionFolder) {
    this.#folder = folder;
    this.#env = folder.env;
    this.#run = new WatchedRun(folder.root, MARK);
  }

  setDisplay(display: string): void {
    this.addToEnvironment({ DISPLAY: display });
  }

  /** For every program that is started from now on. */
  addToEnvironment(more: Readonly<Record<string, string>>): void {
    this.#env = { ...this.#env, ...more };
  }

  get env(): Readonly<Record<string, string>> {
    return this.#env;
  }

  async start(program: string, args: readonly string[], options: StartOptions = {}): Promise<SessionProcess> {
    const name = program.slice(program.lastIndexOf("/") + 1);
    const log = join(this.#folder.logs, `${name}.log`);
    const output = openSync(log, "a");
    const child = spawn(program, args, {
      env: this.#env,
      detached: true,
      stdio: ["pipe", output, output, options.announces ? "pipe" : "ignore"],
    });
    closeSync(output);
    const exited = new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", () => resolve());
    });
    // A program that ends before it has read its input is told by what it did not announce.
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.input ?? "");
    const { pid } = child;
    if (pid === undefined) throw new Error(`${name} could not be started.`);
    this.#run.addGroup(pid);
    child.unref();

    const channel = child.stdio[3];
    const announced = channel instanceof Readable ? await firstLine(channel) : "";
    if (announced === null)
      throw new Error(`${name} did not start. Its log ends with: ${readFileSync(log, "utf8").slice(-500)}`);
    return {
      pid,
      announced,
      kill: async () => {
        child.kill("SIGKILL");
        await exited;
      },
    };
  }

  /** Runs a program to its end and returns what it printed; rejects when it fails or takes longer than 10 s. */
  run(program: string, args: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(program, [...args], { env: this.#env, timeout: RUN_LIMIT_MS }, (error, stdout) => {
        if (error) reject(error);
        else resolve(stdout);
      });
    });
  }

  /** Ends every process and removes the folder; resolves when that is done. */
  close(): Promise<void> {
    return this.#run.close();
  }
}

/** The first line of a stream; null when the process ended before, or took longer than 10 s. */
function firstLine(stream: Readable): Promise<string | null> {
  return new Promise((resolve) => {
    let text = "";
    const done = (line: string | null) => {
      clearTimeout(limit);
      stream.destroy();
      resolve(line);
    };
    const limit = setTimeout(() => done(null), ANNOUNCE_LIMIT_MS);
    stream.once("close", () => done(null));
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end >= 0) done(text.slice(0, end));
    });
  });
}
