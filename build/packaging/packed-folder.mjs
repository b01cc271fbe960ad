/**
 * The program packed for Linux as electron-builder.yml says, around the Electron that is there, whichever it is. Nothing
 * is downloaded. Only what is packed around the version in package.json is fit to be given to anybody.
 */
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { electronFolder } from "../../e2e/driver/launch.ts";
import { versionOf } from "../electron-binary.mjs";
import { runToEnd } from "../process-group.mjs";
import { root } from "../setup.mjs";

const limitMs = 3 * 60_000;
/** In a distribution from npm: what starts a folder that is named on the command line. */
const starter = join("resources", "app");

/** Always the same, so that the list of files does not depend on the machine. */
export const target = /** @type {const} */ ({ platform: "linux", arch: "x64" });

/**
 * @typedef {object} PackedFolder
 * @property {string} folder where the program lies, ready to be started
 * @property {string} binary
 * @property {string} version the Electron in it, such as "45.4.1"
 */

/**
 * Bundles the program and packs it. Throws with what the failing step has said.
 * @param {string} into a folder of the caller's own; what else lies in it afterwards is of no use
 * @returns {Promise<PackedFolder>}
 */
export async function packFolder(into) {
  const distribution = electronFolder();
  const copy = join(into, "electron");
  await run("The bundle", ["build/bundle.mjs"]);
  await cp(distribution, copy, {
    recursive: true,
    filter: (path) => path !== join(distribution, starter),
  });
  await run("The packing", [
    "node_modules/electron-builder/cli.js",
    `--${target.platform}`,
    "dir",
    `--${target.arch}`,
    "--publish",
    "never",
    `-c.electronDist=${copy}`,
    `-c.directories.output=${into}`,
  ]);
  const folder = join(into, "linux-unpacked");
  return { folder, binary: join(folder, "doorbell"), version: versionOf(copy).replace(/^Electron /, "") };
}

/**
 * Runs one of the project's programs and shows what it says only when it fails.
 * @param {string} what
 * @param {readonly string[]} args
 */
async function run(what, args) {
  const end = await runToEnd(process.execPath, args, { cwd: root, limitMs, output: "capture" });
  if (end.status === 0) return;
  throw new Error(`${end.output.trimEnd()}\n${what} ${end.how === "timedOut" ? "took too long" : "failed"}.`);
}
