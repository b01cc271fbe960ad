import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

import { readSetting } from "./read-setting.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doorbell-setting-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A `gsettings` that does this. */
function program(script: string): { PATH: string } {
  const path = join(folder, "gsettings");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { PATH: `${folder}:/usr/bin:/bin` };
}

const never = new AbortController().signal;

it("a setting is what gsettings writes", async () => {
  const env = program('[ "$*" = "get org.example.notifications show-banners" ] && echo false');
  expect(await readSetting("org.example.notifications", "show-banners", env, never)).toBe("false");
});

it("a setting that gsettings does not know is none, and neither is one without gsettings", async () => {
  const unknown = program("echo false; echo 'No such schema' >&2; exit 1");
  expect(await readSetting("org.example", "key", unknown, never)).toBeNull();
  expect(await readSetting("org.example", "key", { PATH: "/nonexistent" }, never)).toBeNull();
});

it("a gsettings that hangs is ended with the program that asked", async () => {
  const stop = new AbortController();
  const asked = readSetting("org.example", "key", program("exec sleep 600"), stop.signal);
  stop.abort();
  expect(await asked).toBeNull();
});
