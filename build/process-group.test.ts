import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runToEnd } from "./process-group.mjs";

const node = process.execPath;

describe("a bounded child", () => {
  it("hands back its exit status and both of its outputs", async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
    const end = await runToEnd(node, ["-e", script], { limitMs: 10_000, output: "capture" });
    expect(end).toMatchObject({ how: "exited", status: 3 });
    expect(end.output.split("\n").toSorted()).toEqual(["", "err", "out"]);
  });

  it("keeps all of a long output", async () => {
    const script = 'process.stdout.write("x".repeat(1_000_000))';
    const end = await runToEnd(node, ["-e", script], { limitMs: 10_000, output: "capture" });
    expect(end.output).toHaveLength(1_000_000);
  });

  it("finds its standard input at its end", async () => {
    const script = 'process.stdin.resume().on("end", () => process.exit(5))';
    const end = await runToEnd(node, ["-e", script], { limitMs: 10_000, output: "capture" });
    expect(end.status).toBe(5);
  });

  it("is ended at its limit, together with what it started", async () => {
    // The grandchild shares the pipe: were it left alive, the answer would wait for it.
    const grandchild = `require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {stdio: "inherit"})`;
    const script = `const {pid} = ${grandchild}; console.log(pid); setInterval(() => {}, 1000)`;
    const end = await runToEnd(node, ["-e", script], { limitMs: 2_500, output: "capture" });
    expect(end).toMatchObject({ how: "timedOut", status: 124 });
    expect(end.ms).toBeLessThan(10_000);
    await expect.poll(() => alive(Number(end.output))).toBe(false);
  });

  it("leaves nothing of its group behind when it ends by itself", async () => {
    const script = `const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {stdio: "ignore"});
      console.log(child.pid); child.unref(); process.exit(0)`;
    const end = await runToEnd(node, ["-e", script], { limitMs: 10_000, output: "capture" });
    await expect.poll(() => alive(Number(end.output))).toBe(false);
  });

  it("says so when there is no such program", async () => {
    const end = await runToEnd("/nonexistent/program", [], { limitMs: 1_000, output: "capture" });
    expect(end).toMatchObject({ how: "notStarted", status: 127 });
    expect(end.output).toContain("ENOENT");
  });
});

function alive(pid: number): boolean {
  expect(pid).toBeGreaterThan(1);
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Ended, and kept on the list only because whoever should have asked about it has not: a zombie.
  const status = `/proc/${pid}/status`;
  return !(existsSync(status) && /^State:\s*Z/m.test(readFileSync(status, "utf8")));
}
