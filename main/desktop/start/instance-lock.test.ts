import { chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { isProcessAlive, lockRefusal, type ThisComputer } from "./instance-lock.ts";

const here: ThisComputer = { platform: "linux", host: "desk", isAlive: (pid) => pid === 7 };

describe("a start that did not get the lock", () => {
  let directory = "";
  const lockedBy = (holder: string): void => symlinkSync(holder, join(directory, "SingletonLock"));

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "doorbell-lock-"));
  });

  afterEach(() => {
    chmodSync(directory, 0o700);
    rmSync(directory, { recursive: true });
  });

  it("finds the one that runs, also under the name that the computer had before", () => {
    lockedBy("desk-7");
    expect(lockRefusal(directory, here)).toEqual({ kind: "running" });
    expect(lockRefusal(directory, { ...here, host: "renamed" })).toEqual({ kind: "running" });
  });

  it("finds the other computer that shares the folder", () => {
    lockedBy("front-desk-2-8");
    const lock = join(directory, "SingletonLock");
    expect(lockRefusal(directory, here)).toEqual({ kind: "elsewhere", host: "front-desk-2", lock });
  });

  it("takes one that ended a moment ago, or runs where its process cannot be seen, for one that runs", () => {
    expect(lockRefusal(directory, here)).toEqual({ kind: "running" });
    lockedBy("desk-8");
    expect(lockRefusal(directory, here)).toEqual({ kind: "running" });
    expect(readdirSync(directory)).toEqual(["SingletonLock"]);
  });

  it.each(["no holder", "-5", "desk-"])("is not misled by a lock that says %j", (text) => {
    lockedBy(text);
    expect(lockRefusal(directory, here)).toEqual({ kind: "running" });
  });

  it("finds that the lock cannot be written, and why", () => {
    expect(lockRefusal(join(directory, "missing"), here)).toEqual({ kind: "unwritable", code: "ENOENT" });
    lockedBy("desk-8");
    expect(lockRefusal(join(directory, "SingletonLock"), here)).toMatchObject({ kind: "unwritable" });
  });

  it.skipIf(process.getuid?.() === 0)("finds that the folder belongs to somebody else", () => {
    chmodSync(directory, 0o500);
    expect(lockRefusal(directory, here)).toEqual({ kind: "unwritable", code: "EACCES" });
  });

  it("always means another one on Windows, where the lock is no file", () => {
    const windows: ThisComputer = { ...here, platform: "win32" };
    expect(lockRefusal(join(directory, "missing"), windows)).toEqual({ kind: "running" });
  });

  it("knows a process that runs from one that never did", () => {
    expect(isProcessAlive(process.pid)).toBe(true);
    expect(isProcessAlive(1)).toBe(true);
    expect(isProcessAlive(2 ** 30)).toBe(false);
    expect(isProcessAlive(0)).toBe(false);
  });
});
