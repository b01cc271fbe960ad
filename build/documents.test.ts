import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const documents = ["*.md", "e2e/*/README.md"]
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  // It tells of what was.
  .filter((name) => name !== "CHANGELOG.md");
const files = globSync(["{build,e2e,locales,main,preload,renderer}/**/*.*", "*.ts"], {
  cwd: root,
  exclude: (name) => name.includes("node_modules"),
});
const names = new Set(files.map((file) => basename(file)));
const folders = new Set(files.flatMap((file) => ancestors(file)));

function ancestors(file: string): string[] {
  const folder = dirname(file);
  return folder === "." ? [] : [folder, ...ancestors(folder)];
}

/** What a document says between backticks that looks like a file or a folder of ours. */
function namedIn(document: string): string[] {
  const text = readFileSync(join(root, document), "utf8").replaceAll(/^```[\s\S]*?^```/gm, "");
  // `.ts` and `name.test.ts` stand for any file.
  const quoted = [...text.matchAll(/`(?!name\.)(\w[\w./-]*)`/g)].map(([, path = ""]) => path);
  return quoted.filter(
    (path) =>
      /\.(?:ts|tsx|mjs|cjs)$/.test(path) || /^(?:build|e2e|locales|main|preload|renderer)\//.test(path),
  );
}

/** Whether it is there, by its whole path, by the end of it, or by its name. */
function isThere(path: string): boolean {
  const bare = path.replace(/\/$/, "");
  const ends = (other: string) => other === bare || other.endsWith(`/${bare}`);
  return names.has(bare) || files.some(ends) || [...folders].some(ends);
}

describe.each(documents)("%s", (document) => {
  it("names no file and no folder that is not there", () => {
    expect(namedIn(document).filter((path) => !isThere(path))).toEqual([]);
  });
});
