import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the loader of a program's libraries tells, whichever of its processes loads them and however short it lives. */
export interface LoadedFiles {
  readonly env: Readonly<Record<string, string>>;
  /** The paths of all native code that was loaded so far. */
  read(): readonly string[];
}

/** `folder`: one that the program can write. `LD_DEBUG` of the GNU C library, ld.so(8). */
export function watchLoader(folder: string): LoadedFiles {
  const logs = join(folder, "loader");
  mkdirSync(logs);
  return {
    env: { LD_DEBUG: "files", LD_DEBUG_OUTPUT: join(logs, "process") },
    read: () => {
      const texts = readdirSync(logs).map((name) => readFileSync(join(logs, name), "latin1"));
      const paths = texts.flatMap((text) => [...text.matchAll(/calling init: (\/.*)$/gm)]);
      return [...new Set(paths.map(([, path = ""]) => path))];
    },
  };
}
