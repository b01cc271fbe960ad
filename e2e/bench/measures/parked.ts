import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Server } from "../server.ts";
import { within } from "../time.ts";

export interface ParkedCost {
  readonly cpuMicros: number;
  /** Voluntary context switches of all threads. */
  readonly wakeUps: number;
}

export interface Parked {
  readonly seconds: number;
  readonly client: ParkedCost;
  /** A process that has parked the same request with the same HTTP client and is nothing else. */
  readonly floor: ParkedCost;
}

/** Both at the same time, each in a process of its own, for so many seconds. Linux only: reads `/proc`. */
export async function parked(server: Server, seconds: number): Promise<Parked> {
  const [client, floor] = await Promise.all([
    wait("client", server.root, seconds),
    wait("floor", server.pool, seconds),
  ]);
  return { seconds, client, floor };
}

async function wait(role: "client" | "floor", address: string, seconds: number): Promise<ParkedCost> {
  const entry = fileURLToPath(new URL("../programs/parked-process.ts", import.meta.url));
  const child = fork(entry, [role, address, String(seconds)], { execArgv: [] });
  try {
    const [cost]: ParkedCost[] = await within(
      (seconds + 20) * 1000,
      `the parked ${role}`,
      once(child, "message"),
    );
    if (!cost) throw new Error(`The parked ${role} told nothing.`);
    return cost;
  } finally {
    child.disconnect();
  }
}
