/**
 * `npm run package:check`: bundles the program, packs it for Linux as electron-builder.yml says, around the Electron that
 * is there, looks at what is inside, starts it on a private desktop, and rings it. Nothing is left.
 *
 *     node build/run.mjs test build/packaging/package-check.mjs [--update]
 *
 * `--update` writes build/packaging/package-files.txt anew from what was found. The status is 1 when a check fails.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { linesOf } from "../../e2e/packaged/findings.ts";
import { ringPacked } from "../../e2e/packaged/ring.ts";
import { seconds } from "../check/check-report.mjs";
import { countFuses, wrongFuses } from "./fuses.mjs";
import { inlineSourceMaps, listArchive, missingBeside } from "./package-archive.mjs";
import { checkContents, compareList, formatList } from "./package-contents.mjs";
import { packFolder, target } from "./packed-folder.mjs";
import { runToEnd, statusOfSignal } from "../process-group.mjs";
import { root } from "../setup.mjs";

/** @typedef {import("./package-contents.mjs").Finding} Finding */
/** @typedef {import("./packed-folder.mjs").PackedFolder} PackedFolder */

const listFile = join(root, "build/packaging/package-files.txt");
const listCheck = "list";
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
if (process.platform === target.platform && process.arch === target.arch)
  process.exitCode = await packAndCheck();
else {
  process.stderr.write(
    "The package that is checked is for Linux on x64, and is started; this is another system.\n",
  );
  process.exitCode = 1;
}
if (stoppedBy !== null) process.exitCode = statusOfSignal(stoppedBy);

/** @returns {Promise<number>} the exit status */
async function packAndCheck() {
  const folder = await mkdtemp(join(tmpdir(), "doorbell-package-"));
  try {
    const packed = await packFolder(folder);
    process.stdout.write(`Packed with Electron ${packed.version}.\n`);
    const resources = join(packed.folder, "resources");
    const inside = await check(packed);
    return report([...inside, ...(await start({ command: () => [packed.binary], resources }))]);
  } catch (error) {
    if (stoppedBy === null)
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import("../../e2e/packaged/scene.ts").PackedToRing} packed
 * @returns {Promise<readonly Finding[]>}
 */
async function start(packed) {
  try {
    return await ringPacked(packed);
  } catch (error) {
    // There is no private desktop to start it on.
    const problem = error instanceof Error ? error.message : String(error);
    return [{ check: "start", found: "", problems: [problem] }];
  }
}

/**
 * @param {PackedFolder} packed
 * @returns {Promise<Finding[]>}
 */
async function check({ folder, binary, version }) {
  const archive = join(folder, "resources/app.asar");
  if (!existsSync(archive)) return [{ check: "archive", found: "", problems: ["There is no app.asar."] }];
  const files = listArchive(archive);
  if (options.update) await writeFile(listFile, formatList(files));
  const list = existsSync(listFile) ? await readFile(listFile, "utf8") : "";
  // As /usr/bin/doorbell-terminal of the Debian package does.
  const terminal = join(`${archive}.unpacked`, "out/main/cli.js");
  const start = await runToEnd(terminal, ["--version"], {
    cwd: folder,
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` },
    limitMs: 10_000,
    output: "capture",
  });
  const { present, absent } = await countFuses(binary);
  return [
    {
      check: listCheck,
      found: `${files.length} files, ${options.update ? "written to" : "as in"} build/packaging/package-files.txt`,
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
      found: "starts beside the archive",
      problems: /^doorbell (?!0\.0\.0)\d/.test(start.output)
        ? []
        : [`It ended with ${start.status}: ${start.output.trim()}`],
    },
    {
      check: "fuses",
      found: [
        `${present} set and read back`,
        ...absent.map((name) => `Electron ${version} has no ${name}`),
      ].join("; "),
      problems: await wrongFuses(binary, version),
    },
  ];
}

/**
 * @param {readonly Finding[]} findings
 * @returns {number} the exit status
 */
function report(findings) {
  process.stdout.write(linesOf(findings));
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
