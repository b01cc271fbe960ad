import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from "node:fs";
import { join } from "node:path";

/** What a second instance hands over before it ends. */
export interface SecondInstance {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/**
 * The lock that one instance holds on its user data folder: a symbolic link that names the process, as Chromium's. A second
 * instance leaves what it has to say as a file, so that the question can be answered at once and nothing is lost when that
 * process ends right after.
 */
export class SingleInstanceLock {
  readonly #link: string;
  readonly #letters: string;
  readonly #onSecond: (second: SecondInstance) => void;
  #watcher: FSWatcher | null = null;

  constructor(folder: string, onSecond: (second: SecondInstance) => void) {
    mkdirSync(folder, { recursive: true });
    this.#link = join(folder, "SingletonLock");
    this.#letters = join(folder, "SingletonLetters");
    this.#onSecond = onSecond;
  }

  get held(): boolean {
    return this.#watcher !== null;
  }

  /** True when this process holds the lock; otherwise the holder has been told. */
  request(additionalData: unknown): boolean {
    if (this.held) return true;
    if (!this.#take()) {
      this.#tell({ argv: process.argv, workingDirectory: process.cwd(), additionalData });
      return false;
    }
    rmSync(this.#letters, { recursive: true, force: true });
    mkdirSync(this.#letters, { recursive: true });
    this.#watcher = watch(this.#letters, () => this.#read());
    this.#watcher.unref();
    return true;
  }

  release(): void {
    if (!this.held) return;
    this.#watcher?.close();
    this.#watcher = null;
    rmSync(this.#link, { force: true });
    rmSync(this.#letters, { recursive: true, force: true });
  }

  #take(): boolean {
    for (;;) {
      try {
        symlinkSync(String(process.pid), this.#link);
        return true;
      } catch {
        if (isAlive(Number(holder(this.#link)))) return false;
        // Left behind by an instance that was killed.
        unlinkSync(this.#link);
      }
    }
  }

  #tell(second: SecondInstance): void {
    mkdirSync(this.#letters, { recursive: true });
    const letter = join(this.#letters, `${process.pid}-${process.hrtime.bigint()}`);
    writeFileSync(`${letter}.part`, JSON.stringify(second));
    renameSync(`${letter}.part`, `${letter}.json`);
  }

  #read(): void {
    if (!this.held) return;
    for (const name of readdirSync(this.#letters).toSorted()) {
      if (!name.endsWith(".json")) continue;
      const letter = join(this.#letters, name);
      const second = JSON.parse(readFileSync(letter, "utf8")) as SecondInstance;
      rmSync(letter, { force: true });
      this.#onSecond(second);
    }
  }
}

function holder(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
