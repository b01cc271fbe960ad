import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** One line that `doorbell watch --json` printed. */
export type Line = Readonly<Record<string, unknown>> & { readonly type: string };

export interface DoorbellOptions {
  readonly server: string;
  readonly user: string;
  /** Null to leave it to the keyring. */
  readonly password: string | null;
  /** The complete environment of the program: that of a private desktop, for one. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly notify?: boolean;
  readonly extra?: readonly string[];
}

/** The longest a person would wait for anything here, in milliseconds. */
const LIMIT_MS = 20_000;

/** `doorbell watch --json` as a real process: what it printed so far, and what it prints next. */
export class Doorbell implements AsyncDisposable {
  readonly lines: Line[] = [];
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  stdout = "";
  stderr = "";
  #read = 0;
  readonly #waiting = new Set<() => void>();

  constructor(options: DoorbellOptions) {
    const { server, user, password, env, notify = false, extra = [] } = options;
    const args = [
      "watch",
      "--json",
      "--server",
      server,
      "--user",
      user,
      ...(password === null ? [] : ["--password-stdin"]),
      "--log",
      "debug",
    ];
    this.child = spawn(
      process.execPath,
      ["out/main/cli.js", ...args, ...(notify ? ["--notify"] : []), ...extra],
      { env: { ...env }, stdio: ["pipe", "pipe", "pipe"] },
    );
    if (password !== null) this.child.stdin.write(`${password}\n`);
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      this.stdout += `${line}\n`;
      this.lines.push(JSON.parse(line) as Line);
      for (const wake of this.#waiting) wake();
    });
    this.child.stderr.setEncoding("utf8").on("data", (chunk: string) => (this.stderr += chunk));
    this.child.once("exit", () => {
      for (const wake of this.#waiting) wake();
    });
  }

  send(command: unknown): void {
    this.child.stdin.write(`${JSON.stringify(command)}\n`);
  }

  /** The first line, after the last one that was waited for, of which `part` is true. */
  async next(part: Readonly<Record<string, unknown>>, limitMs = LIMIT_MS): Promise<Line> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const index = this.lines.findIndex((line, at) => at >= this.#read && holds(line, part));
      const found = this.lines[index];
      if (found) {
        this.#read = index + 1;
        return found;
      }
      const left = deadline - Date.now();
      if (left <= 0 || this.child.exitCode !== null) {
        throw new Error(`No line like ${JSON.stringify(part)} came.\n${this.stdout}\n${this.stderr}`);
      }
      await this.#anything(left);
    }
  }

  online(): Promise<Line> {
    return this.next({ type: "session", state: "online" });
  }

  /** Every line about one invitation, in order, by state. */
  statesOf(id: unknown): unknown[] {
    return this.lines
      .filter((line) => line.type === "invitation" && line["id"] === id)
      .map((line) => line["state"]);
  }

  /** Tells it to quit and waits; returns the exit status. */
  async quit(): Promise<number | null> {
    this.send({ quit: true });
    return this.exited();
  }

  async exited(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, "exit", { signal: AbortSignal.timeout(LIMIT_MS) });
    }
    return this.child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill("SIGKILL");
    await once(this.child, "exit");
  }

  async #anything(limitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, limitMs);
      const waiting = this.#waiting;
      function done(): void {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      }
      waiting.add(done);
    });
  }
}

function holds(line: Line, part: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(part).every(([name, value]) => line[name] === value);
}
