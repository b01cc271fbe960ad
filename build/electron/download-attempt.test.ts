import { mkdtempSync, rmSync, writeFileSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloadAttempt } from "./download-attempt.mjs";

let cache: string;
let now: number;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "doorbell-cache-"));
  now = 1_800_000_000_000;
});
afterEach(() => rmSync(cache, { recursive: true }));

const attempt = (env: Record<string, string> = {}, version = "45.4.1") =>
  downloadAttempt(join(cache, "doorbell"), version, env, () => now);
const hoursMs = 60 * 60_000;

describe("a download of Electron that failed", () => {
  it("is remembered for a day", () => {
    expect(attempt().hasFailed()).toBe(false);
    attempt().remember();
    now += 23 * hoursMs;
    expect(attempt().hasFailed()).toBe(true);
    now += 2 * hoursMs;
    expect(attempt().hasFailed()).toBe(false);
  });

  it("is forgotten when asked to, and for another version", () => {
    attempt().remember();
    expect(attempt({}, "46.0.0").hasFailed()).toBe(false);
    attempt().forget();
    expect(attempt().hasFailed()).toBe(false);
  });

  it.each([
    "ELECTRON_MIRROR",
    "npm_config_electron_mirror",
    "HTTPS_PROXY",
    "https_proxy",
    "npm_config_proxy",
  ])("is forgotten when %s has changed", (name) => {
    attempt({ PATH: "/usr/bin" }).remember();
    expect(attempt({ PATH: "/bin" }).hasFailed()).toBe(true);
    expect(attempt({ [name]: "https://user:secret@mirror.example/" }).hasFailed()).toBe(false);
  });

  it("leaves no address of a proxy on the disk, which may carry a password", () => {
    attempt({ HTTPS_PROXY: "http://user:secret@proxy.example" }).remember();
    const [name = ""] = readdirSync(join(cache, "doorbell"));
    expect(readFileSync(join(cache, "doorbell", name), "utf8")).not.toMatch(/secret|proxy/);
  });

  it("is not remembered by a clock that was set back, nor by a broken file", () => {
    attempt().remember();
    now -= hoursMs;
    expect(attempt().hasFailed()).toBe(false);
    writeFileSync(join(cache, "doorbell/electron-download-failed.json"), "{");
    expect(attempt().hasFailed()).toBe(false);
  });
});
