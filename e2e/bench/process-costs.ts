import { readdirSync, readFileSync } from "node:fs";
import type { ParkedCost } from "./measures/parked.ts";

/** What one thread has used so far; a process is its threads. */
interface ThreadCost {
  readonly cpuNanos: number;
  readonly wakeUps: number;
}

/** By process and thread, because those of one moment are not those of the next. */
export type CostsSoFar = ReadonlyMap<string, ThreadCost>;

/** Of all threads of these processes. One that ends meanwhile is left out. Linux only. */
export function costsOf(pids: readonly number[]): CostsSoFar {
  const costs = new Map<string, ThreadCost>();
  for (const pid of pids) {
    for (const thread of namesIn(`/proc/${pid}/task`)) {
      const [nanos] = textOf(`/proc/${pid}/task/${thread}/schedstat`).split(" ");
      const status = textOf(`/proc/${pid}/task/${thread}/status`);
      const wakeUps = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1];
      if (!nanos || wakeUps === undefined) continue;
      costs.set(`${pid}/${thread}`, { cpuNanos: Number(nanos), wakeUps: Number(wakeUps) });
    }
  }
  return costs;
}

/**
 * What was used between two moments. A thread that began meanwhile counts from its beginning; the last that one used
 * which has ended is lost, so whoever is compared should be watched alike.
 */
export function costBetween(before: CostsSoFar, after: CostsSoFar): ParkedCost {
  let [cpuNanos, wakeUps] = [0, 0];
  for (const [thread, cost] of after) {
    const was = before.get(thread);
    cpuNanos += cost.cpuNanos - (was?.cpuNanos ?? 0);
    wakeUps += cost.wakeUps - (was?.wakeUps ?? 0);
  }
  return { cpuMicros: cpuNanos / 1000, wakeUps };
}

/**
 * The memory of these processes together, in bytes: `Pss` of /proc/PID/smaps_rollup, where a page that several share is
 * divided among them. Throws when that of one which runs cannot be read.
 */
export function memoryOf(pids: readonly number[]): number {
  let kibibytes = 0;
  for (const pid of pids) {
    const pss = /^Pss:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    kibibytes += Number(pss ?? Number.NaN);
  }
  return kibibytes * 1024;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Empty for a thread that has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
