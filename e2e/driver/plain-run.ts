import { spawn } from "node:child_process";
import { electronBinary } from "./launch.ts";
import type { Exit } from "./running-program.ts";

export interface PlainRun {
  /** A folder with a package.json, or the path of a main script. */
  readonly program: string;
  readonly args: readonly string[];
  /** Added to this process's own. */
  readonly env: Readonly<Record<string, string>>;
}

const LIMIT_MS = 30_000;

/**
 * Runs a program on Electron to its end, without Playwright, which cannot attach to one that ends at once. It is killed
 * after 30 s, which its exit then tells.
 */
export function runPlainly({ program, args, env }: PlainRun): Promise<Exit> {
  const child = spawn(electronBinary(), [program, ...args], {
    env: { ...process.env, ...env },
    stdio: "ignore",
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
}
