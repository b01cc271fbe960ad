import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { expect, test } from "@playwright/test";

/** The promise: within five seconds of being told to end. */
const END_MS = 5_000;

// A look-up that is never answered keeps a thread of the process, and an ordinary exit waits for it: for ever where the
// list of hosts is a pipe which nobody opens to write, for some ten seconds where a name server is silent.
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

/** Says so at the first question, and nothing to whoever asked. */
const SILENT_SERVER = `
  const socket = require("node:dgram").createSocket("udp4");
  socket.once("message", () => console.error("asked"));
  socket.bind(53, "127.0.0.1", () => require("node:child_process")
    .spawn(process.execPath, process.argv.slice(1), { stdio: "inherit" })
    .once("exit", (code) => process.exit(code))
    .once("spawn", function () { process.on("SIGTERM", () => this.kill("SIGTERM")); }));`;

test("a name server that never answers keeps neither doorbell watch nor doctor from ending", async () => {
  const folder = mkdtempSync(join(tmpdir(), "doorbell-silent-"));
  writeFileSync(join(folder, "resolv.conf"), "nameserver 127.0.0.1\n");
  // A network in which nobody is but the server, and a system that is told of it.
  const script = 'ip link set lo up && mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
  const inNamespace = ["--user", "--map-root-user", "--mount", "--net", "sh", "-c", script, "sh"];
  const server = [join(folder, "resolv.conf"), process.execPath, "--eval", SILENT_SERVER];
  const started = ["watch", "doctor"].map((command) =>
    spawn(
      "unshare",
      [...inNamespace, ...server, "out/main/cli.js", command, "--user", "tosh@silent.example"],
      {
        env: { PATH: process.env["PATH"], HOME: folder, DOORBELL_PASSWORD: "secret" },
        stdio: ["ignore", "ignore", "pipe"],
      },
    ),
  );
  try {
    await Promise.all(
      started.map(async (child) => {
        for await (const line of createInterface({ input: child.stderr })) if (line === "asked") break;
        const began = Date.now();
        child.kill("SIGTERM");
        expect(await once(child, "exit")).toEqual([143, null]);
        expect(Date.now() - began).toBeLessThan(END_MS);
      }),
    );
  } finally {
    for (const child of started) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
});
