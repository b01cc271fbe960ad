import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { extractFile, getRawHeader } from "@electron/asar";

/** @typedef {import("./package-contents.mjs").PackedFile} PackedFile */
/**
 * @typedef {object} ArchiveEntry an entry of the archive's header: a folder, a file or a link
 * @property {Record<string, ArchiveEntry>} [files]
 * @property {number} [size]
 * @property {boolean} [unpacked]
 * @property {string} [link]
 */

/**
 * The files of an asar archive, those beside it included.
 * @param {string} archive
 * @returns {PackedFile[]}
 */
export function listArchive(archive) {
  return filesOf(getRawHeader(archive).header, "");
}

/**
 * @param {ArchiveEntry} folder
 * @param {string} path
 * @returns {PackedFile[]}
 */
function filesOf({ files = {} }, path) {
  return Object.entries(files).flatMap(([entryName, entry]) => {
    const name = `${path}${entryName}`;
    if (entry.files !== undefined) return filesOf(entry, `${name}/`);
    return [{ name, size: entry.size ?? 0, unpacked: entry.unpacked === true }];
  });
}

/**
 * The files that the archive says are beside it and that are not, or not whole.
 * @param {string} archive
 * @param {readonly PackedFile[]} files
 * @returns {string[]}
 */
export function missingBeside(archive, files) {
  return files
    .filter(({ unpacked }) => unpacked)
    .filter(({ name, size }) => {
      const path = join(`${archive}.unpacked`, name);
      return !existsSync(path) || statSync(path).size !== size;
    })
    .map(({ name }) => `${name} should be beside the archive and is not.`);
}

/**
 * The scripts and styles that carry their source map inside.
 * @param {string} archive
 * @param {readonly PackedFile[]} files
 * @returns {string[]}
 */
export function inlineSourceMaps(archive, files) {
  return files
    .filter(({ name }) => /^out\/.*\.(c?js|css)$/.test(name))
    .filter(({ name }) => extractFile(archive, name).includes("sourceMappingURL=data:"))
    .map(({ name }) => `${name} carries its source map inside.`);
}
