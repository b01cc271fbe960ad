import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

import type { AppSettings } from "../../account/app-settings.ts";
import { OUR_SOUNDS } from "../../platform/settings/sound-settings.ts";
import { OwnSounds } from "./own-sounds.ts";

const WAV = Buffer.from("RIFF\u0024\0\0\0WAVEfmt ", "latin1");

let folder: string;
let chosen: string | null;
let asked: number;
let changes: number;
let readOnly: boolean;
let current: AppSettings;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doorbell-own-sounds-"));
  chosen = null;
  asked = changes = 0;
  readOnly = false;
  current = { soundFiles: OUR_SOUNDS } as AppSettings;
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(): OwnSounds {
  return new OwnSounds({
    settings: {
      get current() {
        return current;
      },
      change: (change) => {
        if (readOnly) throw new Error("EROFS");
        current = { ...current, ...change };
      },
    },
    ask: async () => {
      asked += 1;
      return chosen;
    },
    changed: () => {
      changes += 1;
    },
  });
}

function file(name: string, bytes: Uint8Array = WAV): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

it("a file that the person chose is played before ours, and shown by its name alone", async () => {
  const sounds = open();
  chosen = file("Grandmother's clock.wav");
  await sounds.choose("ring");
  expect(sounds.view("ring")).toEqual({ name: "Grandmother's clock.wav", problem: "" });
  expect(sounds.sources("ring")).toEqual(["sounds/own/ring", "sounds/ring.wav"]);
  expect(await sounds.read("ring")).toEqual({ type: "audio/wav", bytes: WAV });
  expect([sounds.view("missed"), sounds.sources("missed"), await sounds.read("missed")]).toEqual([
    null,
    ["sounds/missed.wav"],
    null,
  ]);
  sounds.useOurs("ring");
  expect([sounds.view("ring"), sounds.sources("ring"), changes]).toEqual([null, ["sounds/ring.wav"], 2]);
});

it.each<[string, () => string, RegExp]>([
  ["no sound", () => file("a.wav", Buffer.from("<html>")), /isn't a sound/],
  ["empty", () => file("a.wav", Buffer.alloc(0)), /isn't a sound/],
  ["a folder", () => folder, /can't be read/],
  ["gone", () => join(folder, "gone.wav"), /can't be read/],
  [
    "too large",
    () => {
      const path = file("a.wav");
      truncateSync(path, 5 * 1024 * 1024 + 1);
      return path;
    },
    /more than 5 MB/,
  ],
])("a file is refused that is %s, and what was there stays", async (_name, make, sentence) => {
  const sounds = open();
  chosen = make();
  await expect(sounds.choose("ring")).rejects.toMatchObject({ name: "Refusal", message: sentence });
  expect([sounds.view("ring"), changes]).toEqual([null, 0]);
});

it("five megabytes are not too large", async () => {
  const sounds = open();
  chosen = file("a.wav");
  truncateSync(chosen, 5 * 1024 * 1024);
  await sounds.choose("ring");
  expect((await sounds.read("ring"))?.bytes).toHaveLength(5 * 1024 * 1024);
});

it("nothing changes when the person wants no file, or it cannot be kept; and one dialog is enough", async () => {
  const sounds = open();
  await sounds.choose("ring");
  chosen = file("a.wav");
  readOnly = true;
  await expect(sounds.choose("ring")).rejects.toMatchObject({ message: /couldn't be saved/ });
  expect([sounds.view("ring"), changes]).toEqual([null, 0]);
  readOnly = false;
  await Promise.all([sounds.choose("ring"), sounds.choose("missed")]);
  expect([asked, sounds.view("missed"), sounds.view("ring")?.name]).toEqual([3, null, "a.wav"]);
});

it("a file that is gone is told at the start, and is well again when it is back", async () => {
  const path = join(folder, "usb", "a.wav");
  current = { ...current, soundFiles: { ...OUR_SOUNDS, message: path } };
  const sounds = open();
  await expect.poll(() => sounds.view("message")?.problem).toMatch(/gone or can't be read/);
  expect(await sounds.read("message")).toBeNull();
  expect(changes).toBe(1);
  mkdirSync(join(folder, "usb"));
  file("usb/a.wav");
  expect(await sounds.read("message")).not.toBeNull();
  expect([sounds.view("message")?.problem, changes]).toEqual(["", 2]);
});

it("what a page could not play is told until another is chosen", async () => {
  const sounds = open();
  sounds.unplayable("ring");
  expect(changes).toBe(0);
  chosen = file("a.wav");
  await sounds.choose("ring");
  sounds.unplayable("ring");
  sounds.unplayable("ring");
  await sounds.read("ring");
  expect([sounds.view("ring")?.problem, changes]).toEqual([
    "Doorbell can't play this file. You hear its own sound instead.",
    2,
  ]);
  chosen = file("b.wav");
  await sounds.choose("ring");
  expect(sounds.view("ring")).toEqual({ name: "b.wav", problem: "" });
});
