import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { costBetween, costsOf, memoryOf, type CostsSoFar } from "./process-costs.ts";

const costs = (entries: Readonly<Record<string, readonly [number, number]>>): CostsSoFar =>
  new Map(Object.entries(entries).map(([name, [cpuNanos, wakeUps]]) => [name, { cpuNanos, wakeUps }]));

describe("what processes cost", () => {
  it("is what their threads have used since, and those that began meanwhile from their beginning", () => {
    const before = costs({ "1/1": [1_000_000, 10], "1/2": [5_000, 3], "2/2": [7_000, 9] });
    const after = costs({ "1/1": [3_000_000, 15], "2/2": [7_000, 9], "3/3": [40_000, 2] });
    expect(costBetween(before, after)).toEqual({ cpuMicros: 2_040, wakeUps: 7 });
  });

  it.runIf(process.platform === "linux")("counts the processor time of a process that works", () => {
    const before = costsOf([process.pid]);
    const end = process.cpuUsage().user + 20_000;
    while (process.cpuUsage().user < end);
    expect(costBetween(before, costsOf([process.pid])).cpuMicros).toBeGreaterThan(10_000);
  });

  it.runIf(process.platform === "linux")("is nothing for a process that is no more", () => {
    expect(costsOf([2 ** 30]).size).toBe(0);
    expect(() => memoryOf([2 ** 30])).toThrow("ENOENT");
  });

  it.runIf(process.platform === "linux")("counts the memory that a process has taken", async () => {
    // In processes of their own: what this one frees meanwhile would be counted, too.
    const [little, much] = await Promise.all([memoryWith(0), memoryWith(64)]);
    expect(much - little).toBeGreaterThan(48 * 2 ** 20);
  });
});

/** What a process takes that holds so many mebibytes. */
async function memoryWith(mebibytes: number): Promise<number> {
  const script = `globalThis.held = Buffer.alloc(${mebibytes} * 2 ** 20, 1); console.log("ready"); process.stdin.resume()`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "ignore"] });
  try {
    await once(child.stdout, "data");
    return memoryOf([child.pid ?? 0]);
  } finally {
    child.kill("SIGKILL");
  }
}
