import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";

/** The processes and throw-away folders of app runs that there are now; a run names its folder in what it starts. */
export function leftovers(): string[] {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith("doorbell-run-"));
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const line = commandLine(pid);
      return line.includes("/doorbell-run-") ? [`${pid} ${line.slice(0, 200)}`] : [];
    });
  return [...folders, ...processes];
}

/** Empty for one that has ended. */
function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
