/**
 * Set-up: brings what a need asks for onto this machine, says each thing that it does, and does nothing when nothing
 * is missing. It runs on the machine's own Node.js, older than the project's, and before any module is installed; so
 * it imports nothing but Node and its neighbours.
 *
 *     node build/setup.mjs [modules|build|cli|test|demo|app|desktops|services|deb] [--retry]
 *
 * Everything that it says goes to standard error, and neither it nor a child of its reads standard input: a command
 * that starts through it (`npm run -s cli -- watch --json`) owns both.
 */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { debianPackages, missingPackages, thisSystem } from "./setup/debian-packages.mjs";
import { compareLocks, planSetup, whyNotInstalled } from "./setup/setup-plan.mjs";

/** @typedef {import("./setup/debian-packages.mjs").Need} Need */

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node.js that the project is built and tested with, from the npm package `node`. */
export const projectNode = join(
  root,
  "node_modules/node/bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** The oldest major version of Node.js that runs the project's programs. */
export const projectNodeMajor = 24;

/** @type {readonly Need[]} */
export const needs = ["modules", "build", "cli", "test", "demo", "app", "desktops", "services", "deb"];

/**
 * Whether what has this need starts the app, for which it wants Electron.
 * @param {Need} need
 */
export const startsApp = (need) => need === "test" || need === "demo" || need === "app";

const npmLimitMs = 15 * 60_000;
const aptLimitMs = 15 * 60_000;
const sudoLimitMs = 5_000;
const electronLimitMs = 20 * 60_000;

/**
 * Meets a need as far as this machine lets it.
 * @typedef {object} Met
 * @property {boolean} ok the need can be met, if without comforts
 * @property {readonly string[]} left the Debian packages that stay missing
 * @property {string | null} electron the folder of the Electron that was found, where the need wants one
 *
 * @param {Need} need
 * @param {{ retry?: boolean }} [options] `retry`: Electron's download is tried again, although it failed lately
 * @returns {Promise<Met>}
 */
export async function setUp(need, { retry = false } = {}) {
  const met = await installFor(need);
  if (!met.ok || !startsApp(need)) return { ...met, electron: null };
  const electron = await provideElectron(retry);
  // Without one the tests that need none still run, and the others say that it is missing.
  return { ...met, ok: electron !== null || need === "test", electron };
}

/**
 * @param {Need} need
 * @returns {Promise<Omit<Met, "electron">>}
 */
async function installFor(need) {
  // The packages are for a Linux desktop; elsewhere the tests that need one say so themselves.
  const missing = process.platform === "linux" ? missingPackages(need, thisSystem) : [];
  /** @type {import("./setup/setup-plan.mjs").Installer} */
  const installer = missing.length > 0 ? await findInstaller() : { can: false, why: "notDebian" };
  const { node: nodeVersion } = process.versions;
  const plan = planSetup(need, { nodeVersion, modules: modulesState(), missing, installer });
  if (plan.refusal !== null) {
    say(plan.refusal);
    return { ok: false, left: [] };
  }
  for (const sentence of plan.say) say(sentence);
  if (plan.installModules && !(await installModules())) return { ok: false, left: plan.left };
  if (installer.can && !(await installPackages(installer.command, plan.installPackages))) {
    const left = missingPackages(need, thisSystem).map(({ name }) => name);
    if (left.length > 0) say(whyNotInstalled(need, left, "failed"));
    return { ok: true, left };
  }
  return { ok: true, left: plan.left };
}

/**
 * Finds or fetches an Electron; which one, or why there is none, is said on standard error.
 * @param {boolean} retry
 * @returns {Promise<string | null>} its folder
 */
async function provideElectron(retry) {
  const { runToEnd } = await import("./process-group.mjs");
  const args = [join(root, "build/electron-binary.mjs"), ...(retry ? ["--retry"] : [])];
  const end = await runToEnd(nodeForPrograms(), args, {
    cwd: root,
    limitMs: electronLimitMs,
    output: "captureStdout",
  });
  return end.status === 0 ? end.output.trim() : null;
}

/** @returns {import("./setup/setup-plan.mjs").ModulesState} */
function modulesState() {
  const installed = join(root, "node_modules/.package-lock.json");
  const lock = existsSync(installed) ? readFileSync(installed, "utf8") : null;
  const state = compareLocks(readFileSync(join(root, "package-lock.json"), "utf8"), lock);
  return state === "current" && !hasProjectNode() ? "outdated" : state;
}

function hasProjectNode() {
  return isNewEnough() || existsSync(projectNode);
}

/** Whether this Node.js runs the project's programs. */
export function isNewEnough() {
  return Number.parseInt(process.versions.node, 10) >= projectNodeMajor;
}

/** A Node.js that runs the project's programs, once the modules are installed: this one, or that from npm. */
export function nodeForPrograms() {
  return isNewEnough() ? process.execPath : projectNode;
}

/** @returns {Promise<import("./setup/setup-plan.mjs").Installer>} */
async function findInstaller() {
  if (!thisSystem.hasProgram("apt-get")) return { can: false, why: "notDebian" };
  if (process.getuid?.() === 0) return { can: true, command: [] };
  if (!thisSystem.hasProgram("sudo")) return { can: false, why: "noSudo" };
  const { runToEnd } = await import("./process-group.mjs");
  const asked = await runToEnd("sudo", ["-n", "true"], { limitMs: sudoLimitMs, output: "capture" });
  return asked.status === 0 ? { can: true, command: ["sudo", "-n"] } : { can: false, why: "sudoPassword" };
}

async function installModules() {
  const { runToEnd } = await import("./process-group.mjs");
  // The locked versions, and only those. Not `npm ci`, which refuses a lock that lacks another platform's binaries,
  // and starts from nothing when one package has changed. `npm run -s` hands its silence down, NODE_ENV=production would
  // leave out what builds and tests, and what is installed here runs on the project's Node.js, not on this one.
  const args = [
    "install",
    "--no-save",
    "--loglevel=error",
    "--no-engine-strict",
    "--include=dev",
    "--include=optional",
  ];
  const [command, ...before] = process.platform === "win32" ? ["cmd.exe", "/d", "/c", "npm"] : ["npm"];
  const end = await runToEnd(command, [...before, ...args], {
    cwd: root,
    limitMs: npmLimitMs,
    output: "stderr",
  });
  if (end.how === "notStarted") say("npm is not on the path; it comes with Node.js.");
  else if (end.how === "timedOut") say("npm did not end within 15 minutes. To try again: npm install");
  else if (end.status !== 0) say("npm failed; its reason is above. To try again: npm install");
  else if (!hasProjectNode()) {
    say(
      "npm ran no install scripts, so the project's Node.js is missing. To get it: npm rebuild --ignore-scripts=false node",
    );
  } else return true;
  return false;
}

/**
 * @param {readonly string[]} asRoot what goes before a command for it to run as root
 * @param {readonly string[]} names
 */
async function installPackages(asRoot, names) {
  const { runToEnd } = await import("./process-group.mjs");
  const [command, ...before] = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  const common = ["-q", "-o", "Acquire::Retries=2", "-o", "DPkg::Lock::Timeout=300"];
  /** @param {readonly string[]} args */
  const aptGet = (args) =>
    runToEnd(command, [...before, ...common, ...args], { limitMs: aptLimitMs, output: "capture" });
  // An update that fails is no reason to stop: yesterday's lists may do.
  const update = await aptGet(["update"]);
  const install = await aptGet(["install", "--yes", "--no-install-recommends", ...names]);
  if (install.status === 0) return true;
  process.stderr.write(update.status === 0 ? install.output : update.output + install.output);
  return false;
}

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`setup: ${sentence}\n`);
}

/**
 * @param {string | undefined} value
 * @returns {value is Need}
 */
export function isNeed(value) {
  return needs.some((need) => need === value);
}

/** @param {readonly string[]} args */
async function main(args) {
  const [need = "test", ...rest] = args.filter((arg) => arg !== "--retry");
  if (!isNeed(need) || rest.length > 0) {
    say(
      `Which need? One of ${needs.join(", ")}; test when none is given. --retry tries Electron's download again.`,
    );
    return 2;
  }
  const { ok, left, electron } = await setUp(need, { retry: args.includes("--retry") });
  if (!ok || left.length > 0 || (startsApp(need) && electron === null)) return 1;
  const packages = debianPackages.filter((row) => row.needs.includes(need)).length;
  say(
    `Ready for ${need}: npm modules${packages > 0 ? ` and ${packages} Debian packages` : ""} are in place.`,
  );
  return 0;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
