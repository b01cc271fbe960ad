import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { kindOf, listeningPorts, processesBelow, type SeenProcess } from "./processes.ts";

const looksLike = (...commandLine: readonly string[]): SeenProcess => ({ pid: 1, commandLine, seccomp: 0 });

describe("the processes of a program", () => {
  it("are the one that was started and those that it started itself", async () => {
    const shell = spawn("sh", ["-c", "sleep 60 & echo started; wait"]);
    await once(shell.stdout, "data");
    const found = () => processesBelow(shell.pid ?? Number.NaN);
    try {
      // For a moment the shell's child is the shell.
      await expect.poll(() => found().map(({ commandLine }) => commandLine[0])).toEqual(["sh", "sleep"]);
    } finally {
      for (const { pid } of found()) process.kill(pid, "SIGKILL");
    }
    await once(shell, "exit");
    expect(found()).toEqual([]);
  });

  it("are listened at where one of them waits for connections, and nowhere else", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server of TCP has no other address
    const { port } = server.address() as AddressInfo;
    const self = processesBelow(process.pid).filter(({ pid }) => pid === process.pid);
    expect(listeningPorts(self)).toContain(port);
    const stranger = spawn("sleep", ["60"]);
    try {
      await once(stranger, "spawn");
      expect(listeningPorts(processesBelow(stranger.pid ?? Number.NaN))).toEqual([]);
    } finally {
      stranger.kill("SIGKILL");
    }
    server.close();
    await once(server, "close");
    expect(listeningPorts(self)).not.toContain(port);
  });

  it("are told apart by the kind that Chromium gives its own", () => {
    expect(kindOf(looksLike("/opt/Doorbell/doorbell", "--type=renderer", "--lang=en"))).toBe("renderer");
    expect(kindOf(looksLike("/opt/Doorbell/doorbell", "--hidden"))).toBe("");
  });
});
