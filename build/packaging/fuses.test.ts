import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FuseV1Options } from "@electron/fuses";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import setFuses, { countFuses, fuseByte, fuses, wrongFuses } from "./fuses.mjs";

/** By this Electron's binary is known to carry fuses. A version byte, their number and a byte for each follow it. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const all = Object.keys(fuses).length;
const newest = "45.4.1";

/**
 * What a reader of fuses takes for Electron's binary. Each fuse stands on the opposite of what was decided, so that
 * finding it right proves that it was set.
 */
function binaryWith(count: number): Buffer {
  const wire = Object.values(fuses).map(({ on }) => (on ? fuseByte.off : fuseByte.on));
  const undecided = Array.from({ length: Math.max(0, count - all) }, () => fuseByte.on);
  return Buffer.concat([
    Buffer.from("something before\n"),
    Buffer.from(sentinel),
    Buffer.from([1, count, ...wire.slice(0, count), ...undecided]),
  ]);
}

describe("the fuses of a packed binary", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "doorbell-fuses-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const packed = (electronPlatformName: string, version = newest) => ({
    appOutDir: folder,
    electronPlatformName,
    packager: {
      executableName: "doorbell",
      appInfo: { productFilename: "Doorbell" },
      info: { framework: { version } },
    },
  });

  it.each([
    ["linux", "doorbell"],
    ["win32", "Doorbell.exe"],
  ])("are all wrong before packing and right after it on %s", async (platform, name) => {
    const binary = join(folder, name);
    await writeFile(binary, binaryWith(all));
    expect(await wrongFuses(binary, newest)).toHaveLength(all);
    await setFuses(packed(platform));
    expect(await wrongFuses(binary, newest)).toEqual([]);
    expect(await countFuses(binary)).toEqual({ present: all, absent: [] });
  });

  it("let nobody in who may only set arguments and environment, and run the packed archive alone", () => {
    const on = Object.entries(fuses).flatMap(([index, decision]) => (decision.on ? [Number(index)] : []));
    expect(on).toEqual([
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
      FuseV1Options.WasmTrapHandlers,
    ]);
  });

  it("are those that an older binary has, without the ones that came later", async () => {
    const binary = join(folder, "doorbell");
    await writeFile(binary, binaryWith(8));
    // What the distribution says of itself, whatever version was asked for.
    await writeFile(join(folder, "version"), "33.2.1");
    await setFuses(packed("linux"));
    expect(await wrongFuses(binary, "33.2.1")).toEqual([]);
    expect(await countFuses(binary)).toEqual({ present: 8, absent: ["WasmTrapHandlers"] });
  });

  it("stop the packing when Electron lacks one that its version should have", async () => {
    const binary = join(folder, "doorbell");
    await writeFile(binary, binaryWith(8));
    const sentence = `Electron ${newest} should have the fuse WasmTrapHandlers and has not.`;
    await expect(setFuses(packed("linux"))).rejects.toThrow(sentence);
    expect(await wrongFuses(binary, newest)).toContain(sentence);
  });

  it("stop the packing when a version that cannot be read lacks one", async () => {
    const binary = join(folder, "doorbell");
    await writeFile(binary, binaryWith(8));
    await expect(setFuses(packed("linux", "latest"))).rejects.toThrow(/WasmTrapHandlers/);
  });

  it("stop the packing when Electron has one that nobody has decided", async () => {
    const binary = join(folder, "doorbell");
    await writeFile(binary, binaryWith(all + 1));
    await expect(setFuses(packed("linux"))).rejects.toThrow("Fuse 9 of the binary is not decided.");
    expect(await wrongFuses(binary, newest)).toContain("Fuse 9 of the binary is not decided.");
  });
});
