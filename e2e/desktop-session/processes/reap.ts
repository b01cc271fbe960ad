import { readdirSync, readFileSync, rmSync } from "node:fs";

const GRACE_MS = 1_500;
const POLL_MS = 20;

/** What belongs to one run: all of it ends with the run. */
export interface Run {
  /** Its throw-away folder. */
  readonly folder: string;
  /** The variable that names this folder in the environment of its processes. */
  readonly mark: string;
  /** Leaders of process groups: Chromium's children write over the environment that they inherit. */
  readonly groups: ReadonlySet<number>;
}

/** Ends every process of a run, by SIGKILL what does not end within 1.5 s, and removes its folder. Linux only. */
export async function reap(run: Run): Promise<void> {
  signalAll(run, "SIGTERM");
  const deadline = Date.now() + GRACE_MS;
  while (alive(run).length > 0 && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  signalAll(run, "SIGKILL");
  rmSync(run.folder, { recursive: true, force: true, maxRetries: 3 });
}

function signalAll(run: Run, signal: "SIGTERM" | "SIGKILL"): void {
  for (const pid of alive(run)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended in the meantime.
    }
  }
}

/** The processes of the groups, and every process that carries the mark. */
function alive(run: Run): number[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids.filter((pid) => pid !== process.pid && belongs(pid, run));
}

function belongs(pid: number, { folder, mark, groups }: Run): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z") return false;
    if (groups.has(Number(group))) return true;
    // Not readable for programs with capabilities, such as the keyring: those are found by their group.
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(`${mark}=${folder}`);
  } catch {
    return false;
  }
}
