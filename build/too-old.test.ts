import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { full } from "acorn-walk";
import { describe, expect, it } from "vitest";
import { OLDEST_NODE, refuseOlder } from "../main/oldest-versions.ts";
import { reachedFrom } from "./bundle-modules.mjs";
import { root } from "./setup.mjs";

const out = join(root, "out/main");
const tray = join(out, "index.js");
const terminal = join(out, "cli.js");
const built = existsSync(tray) && existsSync(terminal);

/** Runs a bundle on this Node.js, which says that it is another. */
function runAs(what: "electron" | "node", version: string, bundle: string) {
  const says = `Object.defineProperty(process.versions, "${what}", { value: "${version}" })`;
  const args = ["--import", `data:text/javascript,${says}`, bundle, "--version"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 20_000 });
  return { status, stdout, stderr };
}

/** A Node.js of this machine that is too old for the terminal program, and its version. */
function olderNode(): { path: string; version: string } | null {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(folder, "node");
    if (!existsSync(path)) continue;
    const asked = spawnSync(path, ["-p", "process.versions.node"], { encoding: "utf8", timeout: 9_000 });
    const version = asked.status === 0 ? asked.stdout.trim() : "";
    if (version !== "" && refuseOlder("Node.js", OLDEST_NODE, version) !== null) return { path, version };
  }
  return null;
}

describe("the tray program on an Electron that is too old", { timeout: 30_000 }, () => {
  it("ends with one sentence and status 1", ({ skip }) => {
    skip(!built, "not built: npm run build");
    expect(runAs("electron", "32.3.3", tray)).toEqual({
      status: 1,
      stdout: "",
      stderr: "Doorbell needs Electron 33 or newer; this is Electron 32.3.3.\n",
    });
  });

  it("is read no further than to the check, which Electron 28 can read", ({ skip }) => {
    skip(!built, "not built: npm run build");
    const modules = reachedFrom(tray, 2022, { dynamically: false });
    expect(modules.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(2_000);
  });
});

describe("the terminal program on a Node.js that is too old", { timeout: 30_000 }, () => {
  it("ends with one sentence and status 1", ({ skip }) => {
    skip(!built, "not built: npm run build");
    expect(runAs("node", "22.18.0", terminal)).toEqual({
      status: 1,
      stdout: "",
      stderr: "Doorbell needs Node.js 22.19 or newer; this is Node.js 22.18.0.\n",
    });
    expect(runAs("node", "22.19.0", terminal)).toMatchObject({ status: 0, stderr: "" });
  });

  it("does so on a real one", ({ skip }) => {
    skip(!built, "not built: npm run build");
    const node = olderNode();
    if (node === null) return skip("no Node.js on the path is older than what the terminal program needs");
    const { status, stderr } = spawnSync(node.path, [terminal, "watch"], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `Doorbell needs Node.js ${OLDEST_NODE} or newer; this is Node.js ${node.version}.\n`,
    });
  });

  it("has failed when it stops without having come to its end", ({ skip }) => {
    skip(!built, "not built: npm run build");
    const folder = mkdtempSync(join(tmpdir(), "doorbell-start-"));
    try {
      for (const { file, text } of reachedFrom(terminal, "latest", { dynamically: false })) {
        const copy = join(folder, relative(out, file));
        mkdirSync(dirname(copy), { recursive: true });
        writeFileSync(copy, text);
      }
      writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
      const end = (program: string): number | null => {
        writeFileSync(join(folder, "terminal.js"), program);
        return spawnSync(process.execPath, [join(folder, "cli.js")], { timeout: 20_000 }).status;
      };
      expect(end("await new Promise(() => undefined);")).toBe(1);
      expect(end("process.exit(0);")).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("is read no further than to the check, which Node.js 12 can read", ({ skip }) => {
    skip(!built, "not built: npm run build");
    // Of this edition, Node.js 12 has `import()` and neither of the operators with question marks.
    const modules = reachedFrom(terminal, 2020, { dynamically: false });
    expect(modules.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(2_000);
    for (const { program } of modules) {
      full(program, (node) => expect(node.type).not.toBe("ChainExpression"));
      full(program, (node) => expect(node).not.toMatchObject({ type: "LogicalExpression", operator: "??" }));
    }
  });
});
