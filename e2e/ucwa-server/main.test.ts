import { spawn } from "node:child_process";
import { mkdtempDisposable, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { listen } from "./http/listen.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

function run(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { out: "", err: "" };
  child.stdout.on("data", (part) => (output.out += String(part)));
  child.stderr.on("data", (part) => (output.err += String(part)));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, output, ended };
}

describe("the program", () => {
  it("says where it listens and who can sign in, and stops when told", async () => {
    const { child, output, ended } = run("--port", "0");
    await new Promise<void>((resolve) => {
      child.stdout.on("data", () => output.out.includes("chen@") && resolve());
    });
    const discovery = /page to invite from: (http:\S+)/.exec(output.out)?.[1];
    expect((await fetch(discovery!, { headers: { Accept: "application/json" } })).status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(output.err).toBe("");
  });

  it("writes the authority of its certificate where it is told to", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "ucwa-server-"));
    const file = join(folder.path, "ca.pem");
    const { child, output, ended } = run("--port", "0", "--tls", "--ca-file", file);
    await new Promise<void>((resolve) => {
      child.stdout.on("data", () => output.out.includes("chen@") && resolve());
    });
    expect(output.out).toMatch(/page to invite from: https:/);
    expect(await readFile(file, "utf8")).toMatch(
      /^-----BEGIN CERTIFICATE-----[^]+-----END CERTIFICATE-----\n$/,
    );
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  it("ends with 1 and a sentence when the authority cannot be written", async () => {
    const { output, ended } = run("--port", "0", "--tls", "--ca-file", "/nowhere/ca.pem");
    expect(await ended).toBe(1);
    expect(output.err).toBe("The file of --ca-file cannot be written: ENOENT.\n");
  });

  it("ends with 2 and a sentence for a mistake on the command line", async () => {
    const { output, ended } = run("--prot", "1");
    expect(await ended).toBe(2);
    expect(output.err).toContain("--prot");
    expect(output.out).toBe("");
  });

  it("names the port that is in use", async () => {
    const other = await listen();
    const port = new URL(other.discovery).port;
    const { output, ended } = run("--port", port);
    expect(await ended).toBe(1);
    expect(output.err).toBe(`Port ${port} is in use. Choose another with --port, or 0 for any free one.\n`);
    await other.close();
  });
});
