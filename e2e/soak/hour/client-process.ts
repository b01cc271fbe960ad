import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../../out/main/cli.js", import.meta.url));
const COLLECT = fileURLToPath(new URL("collect.cjs", import.meta.url));
const QUIT_LIMIT_MS = 20_000;
/** Other things may keep the machine busy. */
const MEASURE_LIMIT_MS = 60_000;
/**
 * V8 makes the space for young objects as large as a busy moment asks for, and keeps it: here it is one size throughout.
 * And it leaves the old ones scattered over its pages: here each collection moves them together.
 */
const SPACES = ["--min-semi-space-size=8", "--max-semi-space-size=8", "--compact-on-every-full-gc"];
/**
 * Only the interpreter runs it: its code is collected when it has not been run for a while, and made anew. What the
 * compilers make is not, so it grows for hours with every function that becomes hot; and nothing that the program holds
 * could be told from it.
 */
const INTERPRETED = ["--no-opt", "--no-maglev", "--no-sparkplug"];

/** What is read of the program's lines; the rest of the contract is not looked at. */
export interface ClientLine {
  readonly type: string;
  readonly id: string;
  readonly state: string;
  readonly subject: string;
  readonly reason: unknown;
  readonly from: { readonly name: string; readonly uri: string };
  readonly canAccept: boolean;
  readonly endedAt: string | null;
}

/** What the client occupies after all garbage was collected, in bytes. */
export interface Memory {
  readonly heapBytes: number;
  readonly pssBytes: number;
  /** PSS without the pages of files: those are shared with whoever else runs the same Node.js just then. */
  readonly ownBytes: number;
}

/** `doorbell watch --json`, as it was built, in a process of its own that can be told to collect its garbage. */
export class ClientProcess {
  /** What it has logged as an error, or said of itself in no form that it has. */
  readonly faults: string[] = [];
  readonly #child: ChildProcess;

  /** `home` is an empty folder; what the program logs is written to `log`. */
  constructor(
    root: string,
    user: { readonly address: string; readonly password: string },
    where: { readonly home: string; readonly log: string },
    heard: (line: ClientLine) => void,
  ) {
    const { home, log } = where;
    const options = ["--server", root, "--user", user.address, "--password-stdin", "--log", "info"];
    this.#child = spawn(
      process.execPath,
      [
        ...SPACES,
        ...INTERPRETED,
        "--expose-gc",
        "--require",
        COLLECT,
        PROGRAM,
        "watch",
        "--json",
        ...options,
      ],
      {
        stdio: ["pipe", "pipe", "pipe", "ipc"],
        env: { PATH: process.env["PATH"], HOME: home, LANG: "C.UTF-8", ...setByItsShell() },
      },
    );
    const { stdin, stdout, stderr } = this.#child;
    if (stdin === null || stdout === null || stderr === null) throw new Error("The client has no streams.");
    stdin.on("error", () => undefined);
    stdin.write(`${user.password}\n`);
    createInterface({ input: stdout }).on("line", (line) => heard(JSON.parse(line)));
    const file = createWriteStream(log);
    createInterface({ input: stderr }).on("line", (line) => {
      file.write(`${line}\n`);
      if (!/^\S+Z (warn|info|debug) /.test(line)) this.faults.push(line);
    });
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  send(command: object): void {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  async measure(): Promise<Memory> {
    const told = once(this.#child, "message", { signal: AbortSignal.timeout(MEASURE_LIMIT_MS) });
    this.#child.send("collect");
    const [answer]: { readonly heapBytes: number }[] = await told;
    const rollup = readFileSync(`/proc/${this.#child.pid}/smaps_rollup`, "utf8");
    const bytesOf = (field: string): number =>
      Number(new RegExp(`^${field}:\\s*(\\d+) kB`, "m").exec(rollup)?.[1] ?? Number.NaN) * 1024;
    const heapBytes = answer?.heapBytes ?? Number.NaN;
    return { heapBytes, pssBytes: bytesOf("Pss"), ownBytes: bytesOf("Pss_Anon") };
  }

  /** Tells it to quit; resolves with its exit status, null if it had to be killed. */
  async quit(): Promise<number | null> {
    if (!this.running) return this.#child.exitCode;
    const over = once(this.#child, "close", { signal: AbortSignal.timeout(QUIT_LIMIT_MS) });
    this.send({ quit: true });
    try {
      await over;
    } catch {
      this.#child.kill("SIGKILL");
    }
    return this.#child.exitCode;
  }

  /** Ends it whatever it is doing. */
  kill(): void {
    if (this.running) this.#child.kill("SIGKILL");
  }
}

/** What the program's second line, which a shell reads, sets of the C library: Node.js is started here without it. */
function setByItsShell(): Record<string, string> {
  const [, line = ""] = readFileSync(PROGRAM, "utf8").split("\n", 2);
  return Object.fromEntries(
    [...line.matchAll(/(MALLOC_\w+)=(\d+)/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}
