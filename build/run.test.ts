import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = join(import.meta.dirname, "run.mjs");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "doorbell-run-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function entry(source: string): string {
  const path = join(folder, "entry.ts");
  writeFileSync(path, source);
  return path;
}

function start(
  args: readonly string[],
  input = "",
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [run, ...args], { input, encoding: "utf8" });
}

describe("running one of the project's programs", () => {
  it("hands it its arguments as they are, as the program that was started", () => {
    const path = entry(
      "console.log(JSON.stringify({ main: import.meta.main, args: process.argv.slice(2) }));",
    );
    const { stdout } = start(["modules", path, "watch", "--json", "--", "-x"]);
    expect(JSON.parse(stdout)).toEqual({ main: true, args: ["watch", "--json", "--", "-x"] });
  });

  it("leaves standard input and standard output to it alone", () => {
    const path = entry("process.stdin.pipe(process.stdout);");
    expect(start(["modules", path], "hello\n")).toMatchObject({ status: 0, stdout: "hello\n", stderr: "" });
  });

  it("ends with its exit status", () => {
    expect(start(["modules", entry("process.exitCode = 42;")]).status).toBe(42);
  });

  it("lets a signal reach it", async () => {
    const path = entry(
      'process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1000); console.log("on");',
    );
    const child = spawn(process.execPath, [run, "modules", path], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([7, null]);
  });

  it("asks for a build when the command line has not been built", () => {
    const { status, stdout, stderr } = start(["cli", "out/main/nothing-here.js", "watch"]);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: "Run `npm run build` first.\n",
    });
  });

  it("names the needs there are when it is called with another", () => {
    const { status, stderr } = start(["everything", "entry.ts"]);
    expect(status).toBe(2);
    expect(stderr).toContain("modules|build|cli|test|demo|app");
  });
});
