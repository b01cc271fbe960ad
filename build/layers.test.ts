import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { forbiddenTo, LAYERS, SUITES, type Layer } from "./layers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Stands for the module itself, beside the suite of that name. */
const ELECTRON = "electron-itself";

/** The file of a layer that holds an import of this, and nothing else. */
const fileWith = ({ folder }: Layer, name: string): string => `${folder}/with-${name}.ts`;

/** As a file at the top of a layer's folder spells an import from the folder of another, or of a suite. */
function specifierOf({ folder }: Layer, name: string): string {
  if (name === ELECTRON) return "electron";
  const target = LAYERS.find((layer) => layer.name === name)?.folder ?? `e2e/${name}`;
  const up = "../".repeat(folder.split("/").length);
  // Within one folder, the way that people write it.
  return dirname(folder) === dirname(target) && folder.includes("/")
    ? `../${name}/x.ts`
    : `${up}${target}/x.ts`;
}

const others = (layer: Layer): readonly string[] => [
  ...LAYERS.filter((other) => other.name !== layer.name).map(({ name }) => name),
  ...SUITES,
  ELECTRON,
];

/** By file: whether the lint refused it. */
const refused = new Set<string>();

beforeAll(async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "doorbell-layers-"));
  const files = LAYERS.flatMap((layer) => others(layer).map((name) => ({ layer, name })));
  await Promise.all(
    files.map(async ({ layer, name }) => {
      const path = join(folder.path, fileWith(layer, name));
      await mkdir(dirname(path), { recursive: true });
      const contract = layer.name === "renderer" && name === "preload";
      const specifier = contract ? "../preload/contract.ts" : specifierOf(layer, name);
      await writeFile(path, `import { x } from ${JSON.stringify(specifier)};\nx();\n`);
    }),
  );
  const config = join(folder.path, "oxlint.config.ts");
  const real = pathToFileURL(join(root, "oxlint.config.ts")).href;
  await writeFile(config, `export { default } from ${JSON.stringify(real)};\n`);
  for (const { filename } of await lint(folder.path, config)) refused.add(filename);
}, 60_000);

describe.each(LAYERS)("$folder", (layer) => {
  const forbidden = forbiddenTo(layer);
  it.each(forbidden)("may not import %s", (name) => {
    expect(refused).toContain(fileWith(layer, name));
  });

  if (layer.name !== "preload" && !layer.folder.startsWith("e2e"))
    it("may not import electron, but in files that say so", () => {
      expect(refused).toContain(fileWith(layer, ELECTRON));
    });

  if (layer.mayImport.length > 0)
    it.each(layer.mayImport)("may import %s", (name) => {
      expect(refused).not.toContain(fileWith(layer, name));
    });
});

describe("the table of layers", () => {
  it("has a row for each folder that there is", () => {
    for (const { folder } of LAYERS) expect(existsSync(join(root, folder)), folder).toBe(true);
    for (const name of SUITES) expect(existsSync(join(root, "e2e", name)), name).toBe(true);
  });

  it("goes from the lowest up: no layer may import one that stands after it", () => {
    for (const [index, { mayImport, name }] of LAYERS.entries()) {
      const later = LAYERS.slice(index).map((layer) => layer.name);
      // The contract belongs to both sides of the bridge.
      expect(
        mayImport.filter((other) => other !== "preload" && later.includes(other)),
        name,
      ).toEqual([]);
    }
  });
});

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

/** What oxlint has against imports in a folder. */
async function lint(cwd: string, config: string): Promise<readonly Diagnostic[]> {
  const program = join(root, "node_modules/oxlint/bin/oxlint");
  const printed = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [program, "--config", config, "--format", "json"],
      { cwd, maxBuffer: 64 * 2 ** 20 },
      // It ends with 1, because it finds something.
      (_error, stdout) => resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(printed) as { readonly diagnostics: readonly Diagnostic[] };
  return diagnostics.filter(({ code }) => code.includes("no-restricted-imports"));
}
