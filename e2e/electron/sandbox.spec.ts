import { expect, test } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "../driver/chromium.ts";
import { DoorbellApp } from "../driver/doorbell-app.ts";
import { privateDesktop } from "./support/program.ts";

/** What switches Chromium's sandbox off. No other file of the repository has it. */
const SWITCH = "--no-sandbox";
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Chromium's children write theirs anew, with spaces. */
const commandLine = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/cmdline`, "utf8").split(/[\0 ]/);
const namespace = (pid: number, kind: "user" | "pid"): string => readlinkSync(`/proc/${pid}/ns/${kind}`);
const seccomp = (pid: number): string | undefined =>
  /^Seccomp:\s*(\d)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];

test.skip(process.platform !== "linux", "what a sandbox is made of is read in Linux's /proc");

test("Doorbell runs sandboxed, and its pages in namespaces of their own behind a filter of system calls", async () => {
  // docs/api/app.md#appenablesandbox; sandbox/linux/README.md, "setuid/namespaces sandbox" and "seccomp-bpf"
  const app = await DoorbellApp.launch({ env: (await privateDesktop()).env });
  try {
    await app.window("panel");
    await app.window("toast");
    const { main, uid, pages } = await app.program.evaluate(({ BrowserWindow }) => ({
      main: process.pid,
      uid: process.getuid?.(),
      pages: BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getOSProcessId()),
    }));
    // Chromium has no sandbox for root; who starts the run as root leaves it behind first.
    expect(uid).not.toBe(0);
    expect(commandLine(main)).not.toContain(SWITCH);
    expect(pages).toHaveLength(2);
    expect(seccomp(main)).toBe("0");
    for (const page of pages) {
      expect(commandLine(page)).toContain("--type=renderer");
      expect(commandLine(page)).not.toContain(SWITCH);
      expect(seccomp(page)).toBe("2");
      for (const kind of ["user", "pid"] as const)
        expect(namespace(page, kind), kind).not.toBe(namespace(main, kind));
    }
  } finally {
    await app.close();
  }
});

test("the Chromium in which pages are tested is sandboxed, too", async ({ browser }) => {
  test.skip(findChromium() === null, "there is no Chromium");
  expect(browser.isConnected()).toBe(true);
  const own = readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === process.pid)
    .map((pid) => commandLine(Number(pid)))
    .filter((line) => line.some((argument) => argument.startsWith("--remote-debugging-")));
  expect(own).toHaveLength(1);
  expect(own[0]).not.toContain(SWITCH);
});

test("nothing in the repository switches the sandbox off", () => {
  test.skip(!existsSync(`${ROOT}/.git`), "this is no checkout");
  const found = execFileSync("git", ["grep", "--untracked", "-l", "-e", SWITCH], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(found.trim().split("\n")).toEqual([relative(ROOT, fileURLToPath(import.meta.url))]);
});

/** 0 for a process that has ended. */
function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}
