/**
 * Ends what a private desktop started, whatever becomes of the program that started it: runs as a process of its own,
 * reads process ids from standard input, and does its work when that input ends (closed on purpose, a failed test, an
 * interrupt, or a kill that nobody can handle).
 *
 * Arguments: the desktop's folder, the name of the variable that marks its processes.
 */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";

const [folder, mark] = process.argv.slice(2);
if (folder === undefined || mark === undefined) throw new Error("Usage: reaper.ts FOLDER MARK");
const GRACE_MS = 1_500;
const POLL_MS = 20;

// An interrupt at the terminal reaches the whole foreground group; the input's end is what counts.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("SIGHUP", () => {});

const started = new Set<number>();
for await (const line of createInterface({ input: process.stdin })) started.add(Number(line));

signalAll("SIGTERM");
const deadline = Date.now() + GRACE_MS;
while (alive().length > 0 && Date.now() < deadline)
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
signalAll("SIGKILL");
rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

function signalAll(signal: "SIGTERM" | "SIGKILL"): void {
  for (const pid of alive()) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended in the meantime.
    }
  }
}

/** The started processes, those of their process groups, and every process that carries the mark. */
function alive(): number[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids.filter((pid) => pid !== process.pid && belongs(pid));
}

function belongs(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z") return false;
    if (started.has(Number(group))) return true;
    // Not readable for programs with capabilities, such as the keyring: those are found by their group.
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(`${mark}=${folder}`);
  } catch {
    return false;
  }
}
