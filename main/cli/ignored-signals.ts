import { readFileSync, readlinkSync } from "node:fs";

/**
 * The signals that were ignored when the program was started, and stay ignored. Node.js gives each its default before it
 * runs a line of ours. So the first line of the built program, which a shell runs (electron.vite.config.ts), looks
 * before that and says it in DOORBELL_IGNORED_SIGNALS. Where it has not run, because the program was started as
 * `node cli.js`, there is one trace left: nohup puts /dev/null, open to write alone, in the place of a terminal.
 */
export function ignoredAtStart(env: Readonly<Record<string, string | undefined>>): ReadonlySet<string> {
  const told = env["DOORBELL_IGNORED_SIGNALS"];
  if (told !== undefined) return new Set(told.split(" "));
  return new Set(isInputOfNohup() ? ["SIGHUP"] : []);
}

const ACCESS_MODE = 0o3;
const WRITE_ONLY = 0o1;

function isInputOfNohup(): boolean {
  try {
    const [, flags = "0"] = /^flags:\s+([0-7]+)$/m.exec(readFileSync("/proc/self/fdinfo/0", "latin1")) ?? [];
    const isWriteOnly = (Number.parseInt(flags, 8) & ACCESS_MODE) === WRITE_ONLY;
    return isWriteOnly && readlinkSync("/proc/self/fd/0") === "/dev/null";
  } catch {
    return false;
  }
}
