import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { ended, invitation } from "../../testing/invitations.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { wholeFile, type WholeFile } from "../../platform/whole-file.ts";
import { History, newsOf } from "./history.ts";

const SHOWN = () => ({ how: "native: shown", until: null });

function memoryFile(text: string | null = null): WholeFile & { text: string | null; writes: number } {
  const file = {
    text,
    writes: 0,
    read: async () => file.text,
    write: async (next: string) => {
      file.text = next;
      file.writes += 1;
    },
  };
  return file;
}

function open(file: WholeFile, clock = new VirtualClock()) {
  let count = 0;
  const history = new History({ file, clock, logger: SILENT_LOGGER, uuid: () => `u${++count}` });
  return { history, clock };
}

describe("the history", () => {
  it("takes down each invitation that has ended, once, the newest first", () => {
    const { history } = open(memoryFile());
    const first = ended("missed", 5_000);
    const second = ended("accepted", 6_000, { id: "i2" });
    history.record([invitation({ id: "i3" }), first], SHOWN);
    history.record([first, second], SHOWN);
    expect(history.content.entries.map(({ end, presented }) => [end, presented])).toEqual([
      ["accepted", "native: shown"],
      ["missed", "native: shown"],
    ]);
  });

  it("keeps a call of the person's own by whom it called, and never as news", () => {
    const { history } = open(memoryFile());
    const callee = { name: "Ola Berg", uri: "sip:ola@contoso.example" };
    history.record([ended("missed", 9_000, { direction: "outgoing", callee })], SHOWN);
    const [entry] = history.content.entries;
    expect(entry).toMatchObject({ ...callee, direction: "outgoing", anonymous: false, external: false });
    expect(entry).toMatchObject({ end: "missed", detail: "no answer" });
    expect(newsOf(history.content)).toEqual([]);
  });

  it("takes what an earlier version has kept for calls of others", async () => {
    const file = memoryFile();
    const before = open(file);
    before.history.record([ended("missed", 9_000)], SHOWN);
    await before.history.flush();
    file.text = file.text?.replace(/\s*"direction": "incoming",/, "") ?? null;
    expect(file.text).not.toContain("direction");
    const { history } = open(file);
    await history.load();
    expect(history.content.entries).toEqual(before.history.content.entries);
    expect(newsOf(history.content)).toHaveLength(1);
  });

  it("never writes what the message said", async () => {
    const file = memoryFile();
    const { history } = open(file);
    history.record([ended("missed", 5_000)], SHOWN);
    await history.flush();
    expect(file.text).toContain("Budget");
    expect(file.text).not.toContain("minute");
  });

  it("gathers a burst into one write, a moment later", async () => {
    const file = memoryFile();
    const { history, clock } = open(file);
    for (let index = 0; index < 20; index++)
      history.record([ended("missed", 5_000, { id: `i${index}` })], SHOWN);
    await clock.settle();
    expect(file.writes).toBe(0);
    await clock.advance(1_000);
    expect(file.writes).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ["missed", true],
    ["cancelled", true],
    ["withdrawn", true],
    ["failed", true],
    ["accepted", false],
    ["declined", false],
    ["answeredElsewhere", false],
    ["forwarded", false],
  ] as const)("takes one that ended as %s for news: %s", (end, news) => {
    const { history } = open(memoryFile());
    history.record([ended(end, 5_000)], SHOWN);
    expect(newsOf(history.content)).toHaveLength(news ? 1 : 0);
  });

  it("keeps what is news over restarts until the person has looked, whatever the clock says", async () => {
    const file = memoryFile();
    const before = open(file);
    before.history.record([ended("missed", before.clock.now(), { subject: "Seen" })], SHOWN);
    before.history.seen();
    before.clock.setWall(-86_400_000);
    before.history.record([ended("withdrawn", before.clock.now(), { id: "i2" })], SHOWN);
    await before.history.flush();

    const after = open(file);
    after.history.record([ended("cancelled", 1, { id: "i3" })], SHOWN);
    await after.history.load();
    expect(after.history.content.entries).toHaveLength(3);
    expect(newsOf(after.history.content).map(({ end }) => end)).toEqual(["cancelled", "withdrawn"]);
    after.history.seen();
    await after.history.flush();

    const last = open(file);
    await last.history.load();
    expect(last.history.content.entries).toHaveLength(3);
    expect(newsOf(last.history.content)).toEqual([]);
  });

  it("reads the file of a version that kept the time of the last look", async () => {
    const { history } = open(memoryFile('{ "entries": [], "seenUntil": 5 }'));
    await history.load();
    expect(history.problems).toEqual([]);
  });

  it("begins anew with a damaged file, and says so", async () => {
    const { history } = open(memoryFile("{ not json"));
    expect(history.problems).toEqual([]);
    await history.load();
    expect(history.content.entries).toEqual([]);
    expect(history.problems).toEqual(["Your history couldn't be read, so it starts again."]);
  });

  it("says that the disk refuses, tries again, and takes that back once it is written", async () => {
    const file = memoryFile();
    let full = true;
    const { history, clock } = open({
      read: () => file.read(),
      write: (text) => (full ? Promise.reject(new Error("full")) : file.write(text)),
    });
    const told: number[] = [];
    history.subscribe(() => told.push(history.problems.length));
    history.record([ended("missed", 5_000)], SHOWN);
    await clock.advance(1_000);
    expect(history.problems).toEqual(["Your history can't be saved and will be lost when you quit."]);
    full = false;
    await clock.advance(30_000);
    expect(file.writes).toBe(1);
    expect(history.problems).toEqual([]);
    expect(told).toEqual([0, 1, 0]);
  });

  it("can be read again whatever was in it", async () => {
    const file = memoryFile();
    const { history } = open(file);
    history.record([ended("failed", 5, { subject: "\ud800".repeat(9_000) })], SHOWN);
    await history.flush();
    const again = open(file);
    await again.history.load();
    expect(again.history.content.entries).toHaveLength(1);
  });
});

describe("the file of the history", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "doorbell-history-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is for its owner alone, also where an older one was not", async () => {
    const path = join(folder, "deeper", "history.json");
    const file = wholeFile(path);
    expect(await file.read()).toBeNull();
    await file.write("one");
    await writeFile(`${path}.new`, "left by a crash", { mode: 0o644 });
    await file.write("two");
    expect(await readFile(path, "utf8")).toBe("two");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});
