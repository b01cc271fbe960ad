import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { reap } from "./reap.ts";
import type { ReaperLine } from "./reaper.ts";

/** Sends a line to the reaper of this process, which is started by the first. */
let send: ((line: ReaperLine) => void) | null = null;

function startReaper(): (line: ReaperLine) => void {
  const reaper = spawn(process.execPath, [fileURLToPath(new URL("reaper.ts", import.meta.url))], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // It outlives a starter that dies; it must not keep one alive that has finished.
  reaper.unref();
  const { stdin } = reaper;
  if ("unref" in stdin && typeof stdin.unref === "function") stdin.unref();
  return (line) => void stdin.write(`${JSON.stringify(line)}\n`);
}

/**
 * What one run started and wrote, which is gone when the run is closed, and also when this process ends before that: another
 * process, one for all runs of this one, watches over it. Linux only.
 */
export class WatchedRun {
  readonly #folder: string;
  readonly #mark: string;
  readonly #groups = new Set<number>();
  readonly #send: (line: ReaperLine) => void;

  /** `mark` is the variable that is to hold the folder's path in the environment of every process of the run. */
  constructor(folder: string, mark: string) {
    this.#folder = folder;
    this.#mark = mark;
    send ??= startReaper();
    this.#send = send;
    this.#send({ type: "opened", folder, mark });
  }

  /** Counts the whole process group of this leader to the run. */
  addGroup(pid: number): void {
    this.#groups.add(pid);
    this.#send({ type: "group", folder: this.#folder, pid });
  }

  /** Ends every process of the run and removes its folder; resolves when that is done. */
  async close(): Promise<void> {
    await reap({ folder: this.#folder, mark: this.#mark, groups: this.#groups });
    this.#send({ type: "closed", folder: this.#folder });
  }
}
