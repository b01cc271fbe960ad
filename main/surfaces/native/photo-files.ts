import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";

import type { ImageType } from "../../people/image-header.ts";
import type { Photo, Photos } from "../../people/photo.ts";
import { errorCode } from "../../platform/fault.ts";
import type { Logger, Unsubscribe } from "../../platform/ports.ts";

export interface PhotoFilesOptions {
  readonly photos: Photos;
  /** The environment of the program: its `XDG_RUNTIME_DIR` is where the files are. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly logger: Logger;
}

/** Where another program finds the photos of people. */
export interface PhotoAddresses {
  /** A `file://` address by that of the person; null when there is no photo, or no file of it yet. */
  of(uri: string): string | null;
  /** Told when any of them may have changed. */
  subscribe(listener: () => void): Unsubscribe;
}

const ENDING: Readonly<Record<ImageType, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
};

/** One process's folder. */
const FOLDER = /^photos-(?<pid>\d{1,7})$/;

/**
 * Photos as files for the notification service, which draws pictures from nowhere else: their pixels would keep the bus
 * library busy for a tenth of a second. Only that of somebody whose notification is drawn becomes one, and nothing waits
 * for it. Files are below `XDG_RUNTIME_DIR`, which is the user's own and in memory, and go with the photo, with the
 * program, and with the next start after one that was killed. Without such a folder there are none.
 */
export class PhotoFiles implements PhotoAddresses {
  readonly #photos: Photos;
  readonly #logger: Logger;
  readonly #folder: string | null;
  /** By address in lower case: the file, of which photo, and whether it can be read already. */
  readonly #files = new Map<string, { readonly id: string; readonly path: string; written: boolean }>();
  readonly #listeners = new Set<() => void>();
  readonly #unsubscribe: Unsubscribe;
  /** One change of the folder after the other. */
  #working: Promise<void>;

  constructor({ photos, env, pid, logger }: PhotoFilesOptions) {
    this.#photos = photos;
    this.#logger = logger;
    const runtime = env["XDG_RUNTIME_DIR"] ?? "";
    // The XDG Base Directory Specification: a path that is not absolute is to be ignored.
    const parent = isAbsolute(runtime) ? join(runtime, "doorbell") : null;
    this.#folder = parent && join(parent, `photos-${pid}`);
    this.#working =
      parent === null ? Promise.resolve() : this.#careful("left", () => removeLeft(parent, pid));
    this.#unsubscribe = photos.subscribe((uri) => this.#follow(uri.toLowerCase()));
  }

  of(uri: string): string | null {
    const key = uri.toLowerCase();
    const photo = this.#photos.of(uri);
    if (photo === null || this.#folder === null) return null;
    const file = this.#files.get(key);
    if (file?.id === photo.id) return file.written ? pathToFileURL(file.path).href : null;
    this.#write(key, photo, this.#folder);
    return null;
  }

  subscribe(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#unsubscribe();
    this.#files.clear();
    const folder = this.#folder;
    if (folder !== null) this.#then("dispose", () => rm(folder, { recursive: true, force: true }));
    await this.#working;
  }

  #follow(uri: string): void {
    const old = this.#files.get(uri);
    if (old !== undefined && old.id !== this.#photos.of(uri)?.id) {
      this.#files.delete(uri);
      this.#then("forget", () => rm(old.path, { force: true }));
    }
    this.#tell();
  }

  #write(uri: string, photo: Photo, folder: string): void {
    const file = { id: photo.id, path: join(folder, `${photo.id}.${ENDING[photo.type]}`), written: false };
    this.#files.set(uri, file);
    this.#then("keep", async () => {
      // It has gone meanwhile.
      if (this.#files.get(uri) !== file) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(file.path, photo.bytes, { mode: 0o600 });
      file.written = true;
      this.#tell();
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #then(step: string, work: () => Promise<void>): void {
    this.#working = this.#working.then(() => this.#careful(step, work));
  }

  /** A folder that is full, foreign or gone costs the pictures, and nothing else. */
  async #careful(step: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#logger.info("notification.photo", { step, code: errorCode(error) });
    }
  }
}

/** What processes that are no more, or that had this id before, have left behind. */
async function removeLeft(parent: string, pid: number): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const owner = Number(FOLDER.exec(name)?.groups?.["pid"]);
    if (Number.isNaN(owner) || (owner !== pid && isAlive(owner))) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}
