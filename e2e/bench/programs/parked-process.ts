import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "../client.ts";
import { Floor } from "../floor.ts";
import type { ParkedCost } from "../measures/parked.ts";

// One process that does nothing but wait for an event: the client, or a raw request. It is told what it is by its
// arguments: role, root or pool, seconds.

const [role, address = "", seconds] = process.argv.slice(2);
/** Compiler and collector have work left from the start, and undici closes idle connections after four seconds. */
const SETTLE_MS = 6_000;

if (role === "client") {
  await new Client({ root: address }).goOnline();
} else {
  new Floor({ pool: address }).package().catch(() => undefined);
}
await sleep(SETTLE_MS);
const before = cost();
await sleep(Number(seconds) * 1000);
const after = cost();
process.send?.({
  cpuMicros: after.cpuMicros - before.cpuMicros,
  wakeUps: after.wakeUps - before.wakeUps,
} satisfies ParkedCost);
process.on("disconnect", () => process.exit(0));

/** Of all threads: a thread that goes to sleep again counts one voluntary switch. */
function cost(): ParkedCost {
  const { user, system } = process.cpuUsage();
  let wakeUps = 0;
  for (const thread of readdirSync("/proc/self/task")) {
    const status = readFileSync(`/proc/self/task/${thread}/status`, "utf8");
    wakeUps += Number(/voluntary_ctxt_switches:\s*(\d+)/.exec(status)?.[1] ?? 0);
  }
  return { cpuMicros: user + system, wakeUps };
}
