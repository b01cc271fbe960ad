import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { errorCode } from "./fault.ts";

/** What stands there, names of callers among it, is for this user of the computer alone. */
const OWN_ONLY = 0o600;

/** A file that is read and written as a whole. Both reject with the system's error. */
export interface WholeFile {
  /** Null when there is none. */
  read(): Promise<string | null>;
  /** Replaces the whole text or leaves the old one. */
  write(text: string): Promise<void>;
}

/**
 * A file that is replaced in one step, so that a crash leaves the old one or the new one. Not by atomically, which conf
 * uses: on a full disk it puts the part that was written in the place of the old file, and reports no error.
 */
export function wholeFile(path: string): WholeFile {
  return {
    read: async () => {
      try {
        return await readFile(path, "utf8");
      } catch (error) {
        if (errorCode(error) === "ENOENT") return null;
        throw error;
      }
    },
    write: async (text) => {
      const draft = `${path}.new`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        // The mode below holds for a new file only.
        await rm(draft, { force: true });
        await writeFile(draft, text, { mode: OWN_ONLY, flush: true });
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
  };
}
