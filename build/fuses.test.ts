import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import setFuses, { fuses, wrongFuses } from "./fuses.mjs";
import { placeholderBinary } from "./placeholder-electron.mjs";

describe("the fuses of a packed binary", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "doorbell-fuses-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const packed = (electronPlatformName: string) => ({
    appOutDir: folder,
    electronPlatformName,
    packager: { executableName: "doorbell", appInfo: { productFilename: "Doorbell" } },
  });

  it.each([
    ["linux", "doorbell"],
    ["win32", "Doorbell.exe"],
  ])("are all wrong before packing and right after it on %s", async (platform, name) => {
    const binary = join(folder, name);
    await writeFile(binary, placeholderBinary());
    expect(await wrongFuses(binary)).toHaveLength(Object.keys(fuses).length);
    await setFuses(packed(platform));
    expect(await wrongFuses(binary)).toEqual([]);
  });

  it("stop the packing when Electron has one that nobody has decided", async () => {
    const binary = join(folder, "doorbell");
    const bytes = placeholderBinary();
    const length = bytes.length - Object.keys(fuses).length - 1;
    bytes[length] = (bytes[length] ?? 0) + 1;
    await writeFile(binary, Buffer.concat([bytes, Buffer.from("1")]));
    await expect(setFuses(packed("linux"))).rejects.toThrow(/strictlyRequireAllFuses/);
    expect(await wrongFuses(binary)).toContain("Fuse 9 of the binary is not decided.");
  });
});
