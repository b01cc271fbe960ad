/**
 * `npm run package:check`: bundles the program, packs it for Linux as electron-builder.yml says, around a placeholder
 * instead of Electron's binary, and looks at what is inside. Nothing is downloaded, and nothing is left.
 *
 *     node build/run.mjs build build/package-check.mjs [--update]
 *
 * `--update` writes build/package-files.txt anew from what was found. The status is 1 when a check fails.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { extractAll } from "@electron/asar";
import { seconds } from "./check-report.mjs";
import { fuses, wrongFuses } from "./fuses.mjs";
import { inlineSourceMaps, listArchive, missingBeside } from "./package-archive.mjs";
import { checkContents, compareList, formatList } from "./package-contents.mjs";
import { writePlaceholderElectron } from "./placeholder-electron.mjs";
import { runToEnd, statusOfSignal } from "./process-group.mjs";
import { root } from "./setup.mjs";

/** @typedef {import("./package-contents.mjs").Finding} Finding */

const limitMs = 3 * 60_000;
/** Always the same, so that the list does not depend on the machine. */
const target = /** @type {const} */ ({ platform: "linux", arch: "x64" });
const listFile = join(root, "build/package-files.txt");
const listCheck = "list";
/** How many problems of one check are spelled out. */
const shown = 5;
const { values: options } = parseArgs({ options: { update: { type: "boolean", default: false } } });

/** @type {NodeJS.Signals | null} */
let stoppedBy = null;
// The child that runs is ended with us; then the folder goes as it does after a failure.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    stoppedBy = signal;
  });
}

const started = performance.now();
process.exitCode = (await run("The bundle", ["build/bundle.mjs"])) ? await packAndCheck() : 1;
if (stoppedBy !== null) process.exitCode = statusOfSignal(stoppedBy);

async function packAndCheck() {
  const folder = await mkdtemp(join(tmpdir(), "doorbell-package-"));
  try {
    const electron = join(folder, "electron");
    await writePlaceholderElectron(electron);
    const packed = await run("The packing", [
      "node_modules/electron-builder/cli.js",
      `--${target.platform}`,
      "dir",
      `--${target.arch}`,
      "--publish",
      "never",
      `-c.electronDist=${electron}`,
      `-c.directories.output=${folder}`,
    ]);
    return packed ? report(await check(join(folder, "linux-unpacked"), join(folder, "extracted"))) : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} app the folder of the packed program
 * @param {string} extracted a folder for the archive's content, to be made
 * @returns {Promise<Finding[]>}
 */
async function check(app, extracted) {
  const archive = join(app, "resources/app.asar");
  if (!existsSync(archive)) return [{ check: "archive", found: "", problems: ["There is no app.asar."] }];
  const files = listArchive(archive);
  if (options.update) await writeFile(listFile, formatList(files));
  const list = existsSync(listFile) ? await readFile(listFile, "utf8") : "";
  extractAll(archive, extracted);
  const start = await runToEnd(process.execPath, [join(extracted, "out/main/cli.js"), "--version"], {
    cwd: extracted,
    limitMs: 10_000,
    output: "capture",
  });
  return [
    {
      check: listCheck,
      found: `${files.length} files, ${options.update ? "written to" : "as in"} build/package-files.txt`,
      problems: compareList(list, files),
    },
    ...checkContents(files, `${target.platform}-${target.arch}`),
    {
      check: "beside the archive",
      found: `${files.filter(({ unpacked }) => unpacked).length} files, whole`,
      problems: missingBeside(archive, files),
    },
    { check: "inline source maps", found: "none", problems: inlineSourceMaps(archive, files) },
    {
      check: "command line",
      found: "starts from the package's content",
      problems: start.status === 0 ? [] : [`It ended with ${start.status}: ${start.output.trim()}`],
    },
    {
      check: "fuses",
      found: `${Object.keys(fuses).length} decided, set and read back`,
      problems: await wrongFuses(join(app, "doorbell")),
    },
  ];
}

/**
 * @param {readonly Finding[]} findings
 * @returns {number} the exit status
 */
function report(findings) {
  for (const { check: name, found, problems } of findings) {
    const more = problems.length > shown ? ` And ${problems.length - shown} more.` : "";
    const sentences = problems.slice(0, shown).join(" ") + more;
    process.stdout.write(sentences === "" ? `ok   ${name}: ${found}\n` : `FAIL ${name}: ${sentences}\n`);
  }
  const failed = findings.filter(({ problems }) => problems.length > 0);
  if (failed.length === 0) {
    process.stdout.write(`The package is as it should be (${seconds(performance.now() - started)}).\n`);
    return 0;
  }
  process.stdout.write(`${failed.length} of ${findings.length} checks failed.\n`);
  if (failed.some(({ check: name }) => name === listCheck)) {
    process.stdout.write("If the list is what should change: npm run package:check -- --update\n");
  }
  return 1;
}

/**
 * Runs one of the project's programs and shows what it says only when it fails.
 * @param {string} what
 * @param {readonly string[]} args
 */
async function run(what, args) {
  const end = await runToEnd(process.execPath, args, { cwd: root, limitMs, output: "capture" });
  if (stoppedBy !== null) return false;
  if (end.status === 0) return true;
  process.stderr.write(
    `${end.output.trimEnd()}\n${what} ${end.how === "timedOut" ? "took too long" : "failed"}.\n`,
  );
  return false;
}
