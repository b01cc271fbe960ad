import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Photo } from "../../people/photo.ts";
import { PhotoFiles } from "./photo-files.ts";

const ADA = "sip:Ada@example.test";
/** More than a process's id can be. */
const GONE = 9_999_999;

let runtime: string;
let logged: string[];
let known: Map<string, Photo>;
let told: (uri: string) => void;
let changes: number;

beforeEach(() => {
  runtime = mkdtempSync(join(tmpdir(), "doorbell-runtime-"));
  logged = [];
  known = new Map();
  changes = 0;
});
afterEach(() => rmSync(runtime, { recursive: true }));

function open(env: Record<string, string> = { XDG_RUNTIME_DIR: runtime }): PhotoFiles {
  const log = (event: string, fields?: unknown) => logged.push(event + JSON.stringify(fields));
  const files = new PhotoFiles({
    photos: {
      of: (uri) => known.get(uri.toLowerCase()) ?? null,
      byId: () => null,
      subscribe: (listener) => {
        told = listener;
        return () => (told = () => undefined);
      },
    },
    env,
    pid: process.pid,
    logger: { error: log, warn: log, info: log, debug: log },
  });
  files.subscribe(() => changes++);
  return files;
}

function come(uri: string, id: string): void {
  known.set(uri.toLowerCase(), { id, type: "image/jpeg", bytes: Uint8Array.of(Number(id)) });
  told(uri);
}

const folder = () => join(runtime, "doorbell", `photos-${process.pid}`);
const written = () => (existsSync(folder()) ? readdirSync(folder()) : []);
async function until(reached: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!reached() && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
  expect(reached()).toBe(true);
}

it("The photo of somebody who is drawn is a file of the user's own, until another comes or it has gone.", async () => {
  const files = open();
  come(ADA, "1");
  come("sip:ben@example.test", "7");
  expect([changes, files.of(ADA), files.of(ADA)]).toEqual([2, null, null]);
  await until(() => changes === 3);
  const path = fileURLToPath(files.of("SIP:ada@example.test") ?? "");
  expect([...readFileSync(path)]).toEqual([1]);
  expect([statSync(path).mode & 0o777, statSync(folder()).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(written()).toEqual(["1.jpg"]);
  come(ADA, "2");
  expect(files.of(ADA)).toBeNull();
  await until(() => files.of(ADA) !== null);
  expect(written()).toEqual(["2.jpg"]);
  known.clear();
  told(ADA);
  expect(files.of(ADA)).toBeNull();
  await until(() => written().length === 0);
  await files.dispose();
});

it("What has gone while it was to be written is no file.", async () => {
  const files = open();
  come(ADA, "1");
  files.of(ADA);
  known.clear();
  told(ADA);
  await files.dispose();
  expect([existsSync(folder()), files.of(ADA), logged]).toEqual([false, null, []]);
});

it("Nothing is left at the end, and the next start removes what a process that was killed has left.", async () => {
  const dead = join(runtime, "doorbell", `photos-${GONE}`);
  const alive = join(runtime, "doorbell", `photos-${process.ppid}`);
  for (const other of [dead, alive]) {
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, "1.jpg"), "");
  }
  writeFileSync(join(runtime, "doorbell", "7-7-1.json"), "");
  const files = open();
  come(ADA, "1");
  await until(() => files.of(ADA) !== null);
  expect(written()).toEqual(["1.jpg"]);
  await files.dispose();
  expect(readdirSync(join(runtime, "doorbell")).toSorted()).toEqual(
    ["7-7-1.json", `photos-${process.ppid}`].toSorted(),
  );
});

it.each<readonly [string, Record<string, string>]>([
  ["is none", {}],
  ["is not absolute", { XDG_RUNTIME_DIR: "run" }],
])("There are no files where the folder %s, nor a fault.", async (_name, env) => {
  const files = open(env);
  come(ADA, "1");
  expect(files.of(ADA)).toBeNull();
  await files.dispose();
  expect([files.of(ADA), logged]).toEqual([null, []]);
});

it("A folder that cannot be written to costs the picture alone, and no address is logged.", async () => {
  writeFileSync(join(runtime, "doorbell"), "");
  const files = open();
  come(ADA, "1");
  expect(files.of(ADA)).toBeNull();
  await files.dispose();
  expect(files.of(ADA)).toBeNull();
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join()).not.toMatch(/ada|photos-/i);
});
