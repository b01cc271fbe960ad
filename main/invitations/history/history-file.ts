import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

import type { HistoryFile } from "./history.ts";

/** Names of callers are for this user of the computer alone. */
const OWN_ONLY = 0o600;

/** A file that is replaced in one step, so that a crash leaves the old one or the new one. */
export function historyFile(path: string): HistoryFile {
  return {
    read: async () => {
      try {
        return await readFile(path, "utf8");
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
        throw error;
      }
    },
    write: async (text) => {
      const draft = `${path}.new`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        const file = await open(draft, "w", OWN_ONLY);
        try {
          // The mode above holds for a new file only.
          await file.chmod(OWN_ONLY);
          await file.writeFile(text);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
  };
}
