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

/** A program on Electron without Playwright, which cannot attach to one that ends at once. */
export interface PlainProgram {
  /** What it wrote to standard output and standard error so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Rejects when it could not be started. */
  readonly exited: Promise<Exit>;
}

const LIMIT_MS = 60_000;

/** Starts a program on Electron. It is killed after a minute, which its exit then tells. */
export function runPlainly({ program, args, env }: PlainRun): PlainProgram {
  const child = spawn(electronBinary(), [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  return {
    output: () => text,
    signal: (name) => void child.kill(name),
    exited: new Promise((resolve, reject) => {
      child.once("error", reject);
      // Not `exit`: by then not all that it wrote has been read.
      child.once("close", (code, signal) => resolve({ code, signal }));
    }),
  };
}
