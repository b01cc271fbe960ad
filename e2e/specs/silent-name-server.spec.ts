import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { expect, test } from "@playwright/test";

/** The promise: within five seconds of being told to end. */
const END_MS = 5_000;

// A look-up that is never answered keeps a thread of the process, and an ordinary exit waits for it. A name server that
// is silent needs a network of its own; a list of hosts that is a pipe which nobody opens to write does the same.
/** Whether a thread of the process waits in the kernel for somebody who opens the other end of a pipe. */
function waitsForPipe(pid: number | undefined): boolean {
  return readdirSync(`/proc/${pid}/task`).some(
    (thread) => readFileSync(`/proc/${pid}/task/${thread}/wchan`, "utf8") === "wait_for_partner",
  );
}

test.describe("a look-up of a name that is never answered", () => {
  let folder: string;

  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "doorbell-silent-"));
    execFileSync("mkfifo", [join(folder, "hosts")]);
  });
  test.afterEach(() => rmSync(folder, { recursive: true }));

  for (const command of ["watch", "doctor"]) {
    test(`does not keep doorbell ${command} from ending within its deadline, with its status`, async () => {
      const inNamespace = ["--user", "--map-root-user", "--mount", "sh", "-c"];
      const script = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
      const program = [process.execPath, "out/main/cli.js", command, "--json"];
      const child = spawn(
        "unshare",
        [
          ...inNamespace,
          script,
          "sh",
          join(folder, "hosts"),
          ...program,
          "--user",
          "tosh@silent.example",
          "--password-stdin",
        ],
        { env: { PATH: process.env["PATH"], HOME: folder }, stdio: ["pipe", "pipe", "inherit"] },
      );
      try {
        child.stdin.write("secret\n");
        // It has begun to look for its server, and a thread of it waits for the list.
        await once(createInterface({ input: child.stdout }), "line");
        await expect.poll(() => waitsForPipe(child.pid)).toBe(true);
        const began = Date.now();
        child.kill("SIGTERM");
        const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
        expect({ code, signal }).toEqual({ code: 143, signal: null });
        expect(Date.now() - began).toBeLessThan(END_MS);
      } finally {
        child.kill("SIGKILL");
      }
    });
  }
});
