import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "./setup.mjs";

// What Electron 33.2.1 (Node.js 20.18, Chromium 130) or Node.js 22.19 was seen to lack, one use each.
const language = [
  "new DisposableStack();",
  "new AsyncDisposableStack();",
  "new SuppressedError(1, 2);",
  'RegExp.escape("a");',
  'Uint8Array.fromBase64("");',
  'Uint8Array.fromHex("");',
  "new Uint8Array().toBase64();",
  "Error.isError(1);",
  "Promise.try(() => 1);",
  "new Float16Array(1);",
  "new Map<string, number>().getOrInsert('a', 1);",
  "new Intl.DurationFormat('en');",
];
const node = [
  "import.meta.main;",
  "process.features.typescript;",
  "process.execve;",
  "new WebSocket('wss://example.org');",
  "navigator.hardwareConcurrency;",
  "localStorage.length;",
  'await import("node:sqlite");',
  'await import("node:fs").then(({ globSync }) => globSync);',
  'await import("node:module").then(({ registerHooks }) => registerHooks);',
  'await import("node:util").then(({ getCallSites }) => getCallSites);',
  'await import("node:zlib").then(({ zstdCompressSync }) => zstdCompressSync);',
  'await import("node:tls").then(({ getCACertificates }) => getCACertificates("system"));',
];
const pages = [
  "document.activeViewTransition;",
  'document.querySelector("dialog")?.requestClose();',
  'document.querySelector("button")?.commandForElement;',
  "new CommandEvent('command').source;",
];
// What they have, so that too much is not refused either.
const shared = [
  "Promise.withResolvers<number>().promise;",
  "Object.groupBy([1], String);",
  "Map.groupBy([1], String);",
  "[1].toSorted();",
  '"a".isWellFormed();',
  "structuredClone(1);",
  "AbortSignal.any([]);",
];
const mainHas = ['URL.parse("a:");', "import.meta.dirname;", "using resource = null; resource;"];
const pagesHave = ['document.querySelector("div")?.togglePopover();', "new BroadcastChannel('a').close();"];

/** Of ECMAScript, of Node.js, and the DOM that the compiler itself brings. */
const newerTypes = /\/lib\.(es2025|es2026|esnext|dom)\.([\w.]+\.)?d\.ts$|\/node_modules\/@types\/node\//;

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** What the compiler prints. */
function compile(...args: readonly string[]): string {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [compiler, "--pretty", "false", ...args], {
    cwd: root,
    encoding: "utf8",
    timeout: 60_000,
  }).stdout;
}

/** The snippets that do not compile by a folder's tsconfig.json. */
function refused(world: string, snippets: readonly string[], options: object = {}): string[] {
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "oldest-types-"));
  folders.push(folder);
  snippets.forEach((snippet, at) => writeFileSync(join(folder, `${at}.ts`), `export {};\n${snippet}\n`));
  const config = {
    extends: `${root}/${world}/tsconfig.json`,
    compilerOptions: {
      rootDir: root,
      noEmit: true,
      emitDeclarationOnly: false,
      composite: false,
      incremental: false,
      ...options,
    },
    include: [`${root}/${world}/*.d.ts`, "*.ts"],
    references: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const found = new Set<number>();
  for (const line of compile("-p", folder)
    .split("\n")
    .filter((each) => each.includes("error TS"))) {
    const at = new RegExp(`^${relative(root, folder)}/(\\d+)\\.ts\\(2,`).exec(line)?.[1];
    // Anything else is not what was asked here.
    expect(at, line).toBeDefined();
    found.add(Number(at));
  }
  return snippets.filter((_, at) => found.has(at));
}

describe("what the oldest Electron and Node.js lack", { timeout: 90_000 }, () => {
  it("does not compile in main/", () => {
    const lacks = [...language, ...node];
    expect(refused("main", [...lacks, ...shared, ...mainHas])).toEqual(lacks);
  });

  it.each(["preload", "renderer"])("does not compile in %s/", (world) => {
    const lacks = [...language, ...pages];
    expect(refused(world, [...lacks, ...shared, ...pagesHave])).toEqual(lacks);
  });

  it.each(["main", "preload", "renderer"])("comes into %s/ by no import either", (world) => {
    const files = compile("-p", world, "--listFilesOnly").split("\n");
    expect(files).toContainEqual(expect.stringMatching(/\/lib\.es2024\.d\.ts$/));
    expect(files.filter((file) => newerTypes.test(file))).toEqual([]);
  });

  it("is the name of something, which a newer one has", () => {
    const lib = ["esnext", "dom"];
    expect(refused("build", [...language, ...node, ...pages], { lib })).toEqual([]);
  });
});
