import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WatchedRun } from "../desktop-session/processes/watched-run.ts";

/** How the names of the folders begin that this process makes: another worker beside it makes its own. */
export const RUN_FOLDER_PREFIX = `doorbell-run-${process.pid}-`;

/** Every process of a run carries this variable, so that all can be found again. */
const MARK = "DOORBELL_RUN";

/**
 * The throw-away folder of one run. What carries its mark is ended and the folder removed when it is closed, and also when
 * the test that opened it fails, is interrupted or killed.
 */
export class RunFolder {
  readonly path = mkdtempSync(join(tmpdir(), RUN_FOLDER_PREFIX));
  /** Null where processes cannot be looked up in /proc. */
  readonly #run = process.platform === "linux" ? new WatchedRun(this.path, MARK) : null;

  /** What the run's processes get besides their environment. */
  get env(): Readonly<Record<string, string>> {
    return { [MARK]: this.path };
  }

  /** Counts the whole process group of this leader to the run: Chromium's children write over the mark that they inherit. */
  addGroup(pid: number | undefined): void {
    if (pid !== undefined) this.#run?.addGroup(pid);
  }

  /** Ends what is left of the run and removes the folder. */
  async close(): Promise<void> {
    await this.#run?.close();
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}
