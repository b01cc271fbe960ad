import { existsSync, globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./setup.mjs";

const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), "utf8");

/** The points of Electron's security tutorial. */
const POINTS = 20;
/** Electron's maintainers mend the newest three of its major versions. */
const SUPPORTED_MAJORS = 3;

const majorOf = (version: string): number => Number.parseInt(version, 10);

describe("Electron's security checklist", () => {
  it("has a line in SECURITY.md for each of its points, with a test that is there", () => {
    const rows = [...read("SECURITY.md").matchAll(/^\| (\d+) \|.*\|.*\| (.*) \|$/gm)];
    expect(rows.map(([, number]) => Number(number))).toEqual(
      Array.from({ length: POINTS }, (_, at) => at + 1),
    );
    for (const [, number, tests = ""] of rows) {
      const files = [...tests.matchAll(/`([^`]+\.(?:test|spec)\.ts)`/g)].map(([, file = ""]) => file);
      expect(files, `point ${number}`).not.toEqual([]);
      for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
    }
  });

  it("wants an Electron that is still mended: of the newest three that the locked list of releases knows", () => {
    const releases = JSON.parse(
      readFileSync(createRequire(import.meta.url).resolve("electron-to-chromium/full-versions.json"), "utf8"),
    ) as Readonly<Record<string, string>>;
    const newest = Math.max(
      ...Object.keys(releases)
        .filter((one) => /^[\d.]+$/.test(one))
        .map(majorOf),
    );
    const { devDependencies } = JSON.parse(read("package.json")) as {
      readonly devDependencies: Readonly<Record<"electron", string>>;
    };
    // The very version that is packed.
    expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(majorOf(devDependencies.electron)).toBeGreaterThan(newest - SUPPORTED_MAJORS);
    expect(read("electron-builder.yml")).not.toContain("electronVersion");
  });

  it("wants a look before a link is opened in another program: one place of the app can, and no page or terminal", ({
    skip,
  }) => {
    const files = globSync("out/{main,preload,renderer}/**/*.{js,cjs}", { cwd: root });
    skip(files.length === 0, "not built: npm run build");
    expect(files.length).toBeGreaterThan(8);
    const able = files.filter((file) => read(file).includes("openExternal"));
    expect(able).toEqual(["out/main/app.js"]);
    expect(read(able[0] ?? "").match(/\.openExternal\(/g)).toHaveLength(1);
    const sources = globSync("main/**/*.ts", { cwd: root }).filter((file) =>
      read(file).includes("openExternal("),
    );
    expect(sources.filter((file) => read(file).includes("shell.openExternal("))).toEqual([
      "main/desktop/links/open-external.electron.ts",
    ]);
  });
});
