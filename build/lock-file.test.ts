import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./setup.mjs";

interface Entry {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
}

const { "": own, ...packages } = (
  JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, Entry>>;
  }
).packages;

/** The names of the packages of which that is true. */
function thoseThat(is: (entry: Entry) => boolean): string[] {
  return Object.keys(packages).filter((name) => is(packages[name]!));
}

describe("the lock file", () => {
  it("has the SHA-512 of every package, also of those for other platforms, so that npm installs no other", () => {
    expect(own?.version).toMatch(/^\d/);
    expect(Object.keys(packages).length).toBeGreaterThan(500);
    // 64 bytes in base64.
    expect(thoseThat(({ integrity = "" }) => !/^sha512-[\w+/]{86}==$/.test(integrity))).toEqual([]);
  });

  it("names no registry, so that everybody's own is asked", () => {
    expect(thoseThat(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});
