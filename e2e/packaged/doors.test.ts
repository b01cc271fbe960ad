import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAllDoors, replaceArchive } from "./doors.ts";
import { watchLoader } from "./loaded-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doorbell-doors-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const runNode = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  execFileSync(process.execPath, [...args, "--eval", ""], { env });

describe("what lets a stranger into a program", () => {
  it("is seen to have been open when its script has run, by an argument or by a variable", () => {
    const doors = openAllDoors(folder);
    expect(doors.wereOpen()).toBe(false);
    runNode([], {});
    expect(doors.wereOpen()).toBe(false);
    runNode([], { NODE_OPTIONS: doors.env["NODE_OPTIONS"] ?? "" });
    expect(doors.wereOpen()).toBe(true);
  });

  it("is an app of a stranger's in the place of the archive, too", () => {
    const doors = openAllDoors(folder);
    const resources = join(folder, "resources");
    mkdirSync(resources);
    writeFileSync(join(resources, "app.asar"), "");
    replaceArchive(resources, folder);
    expect(existsSync(join(resources, "app.asar"))).toBe(false);
    execFileSync(process.execPath, [join(resources, "app/main.cjs")]);
    expect(doors.wereOpen()).toBe(true);
  });
});

it("the loader tells which native code a program has loaded, that of its children included", () => {
  const loaded = watchLoader(folder);
  expect(loaded.read()).toEqual([]);
  execFileSync("sh", ["-c", "ls / >/dev/null; true"], { env: { ...process.env, ...loaded.env } });
  expect(loaded.read()).toContainEqual(expect.stringMatching(/\/libc\.so\.6$/));
});
