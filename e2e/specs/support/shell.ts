import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

import { NO_SOUND } from "../../desktop-session/session-folder.ts";

/** The built terminal program, which is its own command where a shell starts it. */
export const TERMINAL = fileURLToPath(new URL("../../../out/main/cli.js", import.meta.url));

/** The longest that a person would wait for what a terminal shows, in milliseconds. */
const LIMIT_MS = 20_000;

/** An environment that knows no desktop, and this Node.js. */
export function bareEnvironment(home: string): NodeJS.ProcessEnv {
  const PATH = `${dirname(process.execPath)}:/usr/bin:/bin`;
  return { PATH, HOME: home, LANG: "C.UTF-8", TERM: "xterm", ...NO_SOUND };
}

/** A person's shell with job control, on a terminal of its own. */
export class Shell implements AsyncDisposable {
  readonly home = mkdtempSync(join(tmpdir(), "doorbell-shell-"));
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  #sent = "";
  /** Up to where, without escape sequences, it was waited for. */
  #read = 0;

  /** @param size rows and columns */
  constructor(env: NodeJS.ProcessEnv = {}, [rows, columns] = [24, 100]) {
    const inner = `stty rows ${rows} cols ${columns}; exec bash --norc --noprofile -i`;
    this.#child = spawn("script", ["-q", "-f", "-e", "-c", inner, "/dev/null"], {
      cwd: this.home,
      env: { ...bareEnvironment(this.home), PS1: "READY> ", INPUTRC: "/dev/null", ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child.stdout.setEncoding("utf8").on("data", (chunk: string) => (this.#sent += chunk));
  }

  type(keys: string): void {
    this.#child.stdin.write(keys);
  }

  /** Waits until the terminal shows this, after what was waited for last; what that was. Without escape sequences. */
  async shows(what: RegExp): Promise<string> {
    const limit = AbortSignal.timeout(LIMIT_MS);
    for (;;) {
      const all = stripVTControlCharacters(this.#sent);
      const found = what.exec(all.slice(this.#read));
      if (found !== null) {
        this.#read += found.index + found[0].length;
        return found[0];
      }
      try {
        await once(this.#child.stdout, "data", { signal: limit });
      } catch {
        throw new Error(`${String(what)} was not shown, but:\n${all.slice(this.#read)}\nafter:\n${all}`);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) {
      // The terminal goes, and with it whoever is on it.
      this.#child.kill("SIGKILL");
      await once(this.#child, "exit");
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
