import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RUN_FOLDER_PREFIX } from "./run-folder.ts";

/**
 * The processes and throw-away folders of the runs that this process started, as they are now. What another worker
 * beside this one runs is its own affair.
 */
export function leftovers(): string[] {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(RUN_FOLDER_PREFIX));
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const line = textOf(`/proc/${pid}/cmdline`);
      // Chromium's children write over their environment, and name the folder on their command line.
      const belongs = [line, textOf(`/proc/${pid}/environ`)].some((text) =>
        text.includes(join(tmpdir(), RUN_FOLDER_PREFIX)),
      );
      return belongs ? [`${pid} ${line.slice(0, 200)}`] : [];
    });
  return [...folders, ...processes];
}

/** Empty for a process that has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
