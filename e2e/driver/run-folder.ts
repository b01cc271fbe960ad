import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** How the names of the folders begin that this process makes: another worker beside it makes its own. */
export const RUN_FOLDER_PREFIX = `doorbell-run-${process.pid}-`;

/** Every process of a run carries this variable, so that all can be found again. */
const MARK = "DOORBELL_RUN";

/**
 * The throw-away folder of one run. What carries its mark is ended and the folder removed when it is closed, and also when
 * the test that opened it fails, is interrupted or killed: a process of its own watches over that.
 */
export class RunFolder {
  readonly path = mkdtempSync(join(tmpdir(), RUN_FOLDER_PREFIX));
  readonly #reaper: ChildProcess | null;
  readonly #reaped: Promise<void>;

  constructor() {
    // The reaper looks processes up in /proc.
    if (process.platform !== "linux") {
      this.#reaper = null;
      this.#reaped = Promise.resolve();
      return;
    }
    const script = fileURLToPath(new URL("../desktop-session/reaper.ts", import.meta.url));
    const reaper = spawn(process.execPath, [script, this.path, MARK], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    reaper.unref();
    this.#reaped = new Promise((resolve) => reaper.once("exit", () => resolve()));
    this.#reaper = reaper;
  }

  /** What the run's processes get besides their environment. */
  get env(): Readonly<Record<string, string>> {
    return { [MARK]: this.path };
  }

  /** Counts the whole process group of this leader to the run: Chromium's children write over the mark that they inherit. */
  addGroup(pid: number | undefined): void {
    if (pid !== undefined) this.#reaper?.stdin?.write(`${pid}\n`);
  }

  /** Ends what is left of the run and removes the folder. */
  async close(): Promise<void> {
    if (this.#reaper === null) return rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
    this.#reaper.ref();
    this.#reaper.stdin?.end();
    await this.#reaped;
  }
}
