import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LIST = "build/packaging/package-files.txt";
/** What a bundler writes into a file's name, as the list writes it. */
const HASH = "[hash]";

/** What is packed around Electron, in bytes. */
export interface PackageSize {
  readonly files: number;
  readonly bytes: number;
}

/**
 * The size of every file in the list of the package's files, as it lies here: it has been bundled before. The check of the
 * package holds that the list is what is packed.
 */
export function electronPackage(): PackageSize {
  const names = readFileSync(join(ROOT, LIST), "utf8")
    .split("\n")
    .flatMap((line) => /^ *\d+ \+?(.+)$/.exec(line)?.[1] ?? []);
  return { files: names.length, bytes: names.reduce((sum, name) => sum + sizeOf(name), 0) };
}

function sizeOf(name: string): number {
  const folder = join(ROOT, dirname(name));
  return statSync(join(folder, fileName(basename(name), readdirSync(folder)))).size;
}

/** What the file that the list calls so is called here. Throws when there is none, or more than one. */
export function fileName(listed: string, here: readonly string[]): string {
  const [before = "", after = ""] = listed.split(HASH);
  const found = listed.includes(HASH)
    ? here.filter((file) => file.startsWith(before) && file.endsWith(after))
    : here.filter((file) => file === listed);
  const [name] = found;
  if (name === undefined || found.length > 1)
    throw new Error(`There are ${found.length} files for ${listed}.`);
  return name;
}
