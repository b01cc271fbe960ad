import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../locales/language.ts";
import { reachedFrom } from "./bundle-modules.mjs";
import { root } from "./setup.mjs";
import { licenseName, licensesIn, packageFolder } from "./packaging/third-party-licenses.mjs";

/** The licences under which code of others may go with the program, as packages spell them. */
const ALLOWED: ReadonlySet<string> = new Set([
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT/X11",
  "MIT or Apache2",
]);
const program = join(root, "out/main/cli.js");
const built = existsSync(program);

describe("the bundled command line", { timeout: 30_000 }, () => {
  it("names no electron", ({ skip }) => {
    skip(!built, "not built: npm run build");
    const modules = reachedFrom(program, "latest", { dynamically: true });
    expect(modules.map(({ file }) => file)).toContain(join(root, "out/main/terminal.js"));
    // A string that is exactly the module's name is what an import, a require and an import() have in common.
    for (const { file, text } of modules) {
      expect(/(["'`])electron(\/[\w/-]*)?\1/.exec(text)?.[0], file).toBeUndefined();
    }
  });

  it("starts without the modules that were bundled into it", ({ skip }) => {
    skip(!built, "not built: npm run build");
    const { status, stderr } = spawnSync(process.execPath, [program, "--help"], {
      encoding: "utf8",
      timeout: 9_000,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("goes with the licences of what is in it", ({ skip }) => {
    skip(!built, "not built: npm run build");
    const licenses = readFileSync(join(root, "out/main/THIRD-PARTY.txt"), "utf8");
    for (const name of ["undici", "zod", "conf", "@particle/dbus-next"]) {
      expect(licenses).toMatch(new RegExp(`^${name} \\d.*\\((MIT|Apache-2.0)\\)$`, "m"));
    }
  });
});

describe("the bundled program", () => {
  const app = join(root, "out/main/app.js");

  it("speaks HTTP by Chromium alone, and has no code that could send its log anywhere", ({ skip }) => {
    skip(!existsSync(app), "not built: npm run build");
    for (const { file, text } of reachedFrom(app, "latest", { dynamically: true }))
      expect(/\((["'`])(?:node:)?https?\1\)/.exec(text)?.[0], file).toBeUndefined();
  });
});

describe("code of others that is shipped", () => {
  it.for(["main", "renderer"])(
    "in out/%s has a licence that allows it, and whose text goes with it",
    (part, { skip }) => {
      const file = join(root, "out", part, "THIRD-PARTY.txt");
      skip(!existsSync(file), "not built: npm run build");
      const licenses = licensesIn(readFileSync(file, "utf8"));
      expect(licenses.length).toBeGreaterThan(2);
      expect(licenses.filter(({ license }) => !ALLOWED.has(license))).toEqual([]);
      expect(licenses.filter(({ text }) => !/permi|grant/i.test(text)).map(({ name }) => name)).toEqual([]);
    },
  );

  it("beside the bundles has one, too", () => {
    // electron-builder.yml names what is shipped of it, its licence among that.
    const keytar = join(root, "node_modules/keytar");
    const { license } = JSON.parse(readFileSync(join(keytar, "package.json"), "utf8")) as {
      license: unknown;
    };
    expect(ALLOWED).toContain(licenseName(license));
    expect(readFileSync(join(keytar, "LICENSE.md"), "utf8")).toMatch(/permission/i);
  });
});

describe("the bundled pages", () => {
  const folder = join(root, "out/renderer");
  const sizes = existsSync(folder) ? [...sizesIn(folder)] : [];
  const isOfLanguage = (name: string): boolean => name.startsWith("language-");

  it("are under 48 KB in all, as they travel, in English and without the sounds", ({ skip }) => {
    skip(sizes.length === 0, "not built: npm run build");
    const bytes = sizes.reduce((sum, { name, size }) => (isOfLanguage(name) ? sum : sum + size), 0);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(48_000);
  });

  it("load at most 6 KB more in any other language, and only the one that is spoken", ({ skip }) => {
    skip(sizes.length === 0, "not built: npm run build");
    const others = ["pseudo", ...LANGUAGES.filter((language) => language !== "en")];
    const found = sizes.filter(({ name }) => isOfLanguage(name));
    expect(new Set(found.map(({ name }) => name.split("-")[1]))).toEqual(new Set(others));
    for (const { name, size } of found) expect(size, name).toBeLessThan(6_000);
  });
});

/** The files of the pages, and what they weigh as they travel, in bytes. */
function* sizesIn(folder: string): Generator<{ readonly name: string; readonly size: number }> {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true }))
    if (file.isFile() && !/\.(txt|wav)$/.test(file.name))
      yield { name: file.name, size: gzipSync(readFileSync(join(file.parentPath, file.name))).length };
}

describe("whose code a module is", () => {
  it.each([
    ["/a/node_modules/zod/v4/index.js", "/a/node_modules/zod"],
    ["/a/node_modules/@x/y/lib/z.js?commonjs", "/a/node_modules/@x/y"],
    ["\0/a/node_modules/b/node_modules/c/i.js", "/a/node_modules/b/node_modules/c"],
    ["/a/main/cli.ts", null],
  ])("finds the package of %s", (id, folder) => {
    expect(packageFolder(id)).toBe(folder);
  });

  it("reads a licence in each of the forms that packages use", () => {
    expect(licenseName("MIT")).toBe("MIT");
    expect(licenseName([{ type: "MIT" }, { type: "Apache2" }])).toBe("MIT or Apache2");
    expect(licenseName(undefined)).toBe("licence not named");
  });
});
