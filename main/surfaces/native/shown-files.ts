import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import type { Logger } from "../../platform/ports.ts";
import type { LeftIds, ShownIds, ShownStore } from "./shown-record.ts";
import { errorCode } from "../../platform/fault.ts";

export interface ShownFilesOptions {
  /** The environment of the program: its `XDG_RUNTIME_DIR` is where the files are. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly logger: Logger;
}

const IDS = z.object({
  busId: z.string().max(100),
  owner: z.string().max(255),
  ids: z.array(z.int().min(1).max(0xffff_ffff)).max(1_000),
});

/** `PID-START-NUMBER.json`, or its draft. */
const NAME = /^(?<pid>\d{1,10})-(?<start>\d{1,20})-\d{1,10}\.json(?<draft>\.new)?$/;

/**
 * Makes the stores of one process, a file each in `XDG_RUNTIME_DIR`, which the system empties when the user has signed
 * out. A file carries the process's id and start time in its name and belongs to nobody else as long as that process
 * lives. Without such a folder, and where the system does not tell of processes, nothing is kept.
 */
export function shownFiles({ env, pid, logger }: ShownFilesOptions): () => ShownStore {
  const runtime = env["XDG_RUNTIME_DIR"] ?? "";
  let opened = 0;
  return () => {
    // The XDG Base Directory Specification: a path that is not absolute is to be ignored.
    if (!isAbsolute(runtime)) return NOTHING_KEPT;
    opened += 1;
    return new ShownFile(join(runtime, "doorbell"), pid, opened, logger);
  };
}

const NOTHING_KEPT: ShownStore = { keep: async () => {}, left: async () => [] };

class ShownFile implements ShownStore {
  readonly #folder: string;
  readonly #logger: Logger;
  readonly #path: Promise<string | null>;

  constructor(folder: string, pid: number, number: number, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
    this.#path = startOf(pid).then((start) =>
      start === null ? null : join(folder, `${pid}-${start}-${number}.json`),
    );
  }

  async keep(shown: ShownIds | null): Promise<void> {
    const path = await this.#path;
    if (path === null) return;
    await this.#careful("keep", async () => {
      if (shown === null) {
        await rm(path, { force: true });
        return;
      }
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const draft = `${path}.new`;
      await writeFile(draft, JSON.stringify(shown), { mode: 0o600 });
      await rename(draft, path);
    });
  }

  async left(): Promise<readonly LeftIds[]> {
    if ((await this.#path) === null) return [];
    const left: LeftIds[] = [];
    await this.#careful("left", async () => {
      for (const name of await names(this.#folder)) {
        const { pid = "", start, draft } = NAME.exec(name)?.groups ?? {};
        if (start === undefined || (await startOf(Number(pid))) === start) continue;
        const path = join(this.#folder, name);
        const forget = () => this.#careful("forget", () => rm(path, { force: true }));
        const shown = draft === undefined ? await read(path) : null;
        if (shown === null) await forget();
        else left.push({ shown, forget });
      }
    });
    return left;
  }

  /** A folder that is full, foreign or gone costs the record, and nothing else. */
  async #careful(step: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#logger.info("notification.record", { step, code: errorCode(error) });
    }
  }
}

async function names(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** Null for what is no record, or is gone. */
async function read(path: string): Promise<ShownIds | null> {
  try {
    return IDS.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/**
 * When a process started, in clock ticks since the machine did: with its id it names one process for good. Null when
 * there is none, or only what is left of one until its parent has asked how it ended. Reference: proc_pid_stat(5).
 */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "latin1");
    // The name of the program stands in brackets, and may hold brackets and spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    return state === "Z" || state === "X" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
