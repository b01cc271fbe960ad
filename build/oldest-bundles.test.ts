import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { namesIn, reachedFrom, readModule, type BundleModule } from "./bundle-modules.mjs";
import { root } from "./setup.mjs";

const out = join(root, "out");
const tray = join(out, "main/index.js");
const terminal = join(out, "main/cli.js");
const built = existsSync(tray) && existsSync(terminal);

/** Node.js 20.18, which Electron 33 has, reads no newer edition of ECMAScript. */
const edition = 2024;

// What Electron 33.2.1 (its main process, its pages) and Node.js 22.19.0 were seen to lack, in the form of `namesIn`.
const missingEverywhere = namesOf(`
  DisposableStack AsyncDisposableStack SuppressedError Float16Array Temporal import.meta.main
  RegExp.escape Error.isError Iterator.concat Math.sumPrecise Math.f16round Atomics.pause
  #toBase64 #fromBase64 #setFromBase64 #toHex #fromHex #setFromHex #getOrInsert #getOrInsertComputed
`);
const missingInNode = [...missingEverywhere, ...namesOf("Promise.try Intl.DurationFormat URLPattern")];
const missingInElectron = [
  ...missingEverywhere,
  ...namesOf(`
    WebSocket EventSource CloseEvent URLPattern localStorage sessionStorage process.features.typescript
    process.execve process.finalization node:sqlite #globSync #mkdtempDisposableSync #zstdCompress
    #zstdCompressSync #zstdDecompressSync #createZstdDecompress #registerHooks #stripTypeScriptTypes
    #enableCompileCache #getCallSites #markAsUncloneable #getCACertificates #setDefaultCACertificates
  `),
];

function namesOf(text: string): string[] {
  return text.trim().split(/\s+/);
}

function modulesIn(folder: string): BundleModule[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.c?js$/.test(name))
    .map((name) => readModule(join(folder, name), edition));
}

/** What a program names, each with the file of the bundle that does. */
function namesFrom(modules: readonly BundleModule[]): Map<string, string> {
  return new Map(modules.flatMap((module) => [...namesIn(module)].map((name) => [name, module.file])));
}

describe("the bundles, on the oldest Electron and Node.js", { timeout: 60_000 }, () => {
  it("can be read", ({ skip }) => {
    skip(!built, "not built: npm run build");
    expect(modulesIn(out).length).toBeGreaterThan(8);
  });

  it("use nothing that is missing there", ({ skip }) => {
    skip(!built, "not built: npm run build");
    const inTray = namesFrom(reachedFrom(tray, edition, { dynamically: true }));
    expect(missingInElectron.filter((name) => inTray.has(name))).toEqual([]);
    const inPages = namesFrom([...modulesIn(join(out, "preload")), ...modulesIn(join(out, "renderer"))]);
    expect(missingEverywhere.filter((name) => inPages.has(name))).toEqual([]);
    const inTerminal = namesFrom(reachedFrom(terminal, edition, { dynamically: true }));
    expect(missingInNode.filter((name) => inTerminal.has(name))).toEqual([]);
    // The reading does find what is there: undici asks for this, which Electron 33 would lack.
    expect(inTerminal.get("#markAsUncloneable")).toBe(join(out, "main/terminal.js"));
  });
});
