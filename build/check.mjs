/**
 * `npm test`: everything that must hold before a change goes in, step by step. A step that fails shows all that it
 * printed, and the steps after it still run. Needs no network and no terminal.
 *
 *     node build/run.mjs [--outside] test build/check.mjs [--only <step>] [--soak]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { electronFolder } from "../e2e/driver/launch.ts";
import { countPlaywright, seconds, settleCounts, summary } from "./check/check-report.mjs";
import { missingPackages, thisSystem } from "./setup/debian-packages.mjs";
import { versionOf } from "./electron-binary.mjs";
import { runToEnd } from "./process-group.mjs";
import { root } from "./setup.mjs";
import { isRootOnLinux, noNamespace, openUserNamespace } from "./user-namespace.mjs";

/** @typedef {import("./check/check-report.mjs").Counts} Counts */

/**
 * A step is one program of Node's. Without `report` it counts as a single test.
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} args what Node.js is given
 * @property {number} limitMs
 * @property {{ file: string, count: (text: string) => Counts }} [report] where it leaves its counts
 * @property {() => string | null} [skip] why it is left out, if it is
 * @property {true} [app] it runs the app, for which it needs Electron
 * @property {true} [built] it runs what is in `out/`, as the app does
 * @property {true} [outside] as root it runs as root: in the user namespace, where the others run, nothing can be installed
 */

const results = join(root, "test-results");
const modules = join(root, "node_modules");

/** @type {readonly Step[]} */
const steps = [
  { name: "types", args: [join(modules, "typescript/bin/tsc"), "-b", "--pretty", "false"], limitMs: 180_000 },
  { name: "lint", args: [join(modules, "oxlint/bin/oxlint"), "--type-aware"], limitMs: 120_000 },
  { name: "format", args: [join(modules, "oxfmt/bin/oxfmt"), "--check"], limitMs: 60_000 },
  { name: "bundle", args: [join(root, "build/bundle.mjs")], limitMs: 120_000 },
  vitestStep("unit", [`--reporter=${join(root, "e2e/rules/reporter.ts")}`], 480_000),
  playwrightStep("electron", "e2e/electron", 300_000),
  playwrightStep("e2e", "e2e/specs", 900_000),
];
/** What `--soak` adds. @type {readonly Step[]} */
const soak = [
  vitestStep("scenarios", ["--config", "vitest.soak.config.ts"], 60 * 60_000),
  { name: "hour", args: [join(root, "e2e/soak/hour/main.ts")], limitMs: 75 * 60_000, built: true },
  playwrightStep("desktops", "e2e/desktops", 15 * 60_000, "desktops"),
  playwrightStep("services", "e2e/services", 20 * 60_000, "services"),
  { name: "mutation", args: [join(root, "build/mutation.mjs")], limitMs: 60 * 60_000 },
  {
    name: "deb",
    args: [join(root, "build/deb/deb-check.mjs")],
    limitMs: 60 * 60_000,
    app: true,
    outside: true,
    skip: () => (isRootOnLinux() ? null : "only root can install a Debian package"),
  },
];

/**
 * @param {string} name
 * @param {readonly string[]} options
 * @param {number} limitMs
 * @returns {Step}
 */
function vitestStep(name, options, limitMs) {
  const reporters = ["--reporter=default", `--reporter=${join(root, "build/check/vitest-counts.mjs")}`];
  return {
    name,
    args: [join(modules, "vitest/vitest.mjs"), "run", ...options, ...reporters],
    limitMs,
    report: { file: join(results, `${name}.json`), count: (text) => JSON.parse(text) },
  };
}

/**
 * @param {string} name also the project's in playwright.config.ts
 * @param {string} folder
 * @param {number} limitMs
 * @param {import("./setup/debian-packages.mjs").Need} [need] its own besides that of the tests; then it is a project of
 *   playwright.soak.config.ts
 * @returns {Step}
 */
function playwrightStep(name, folder, limitMs, need = "test") {
  const config = need === "test" ? [] : ["--config", "playwright.soak.config.ts"];
  const needs = new Set(/** @type {const} */ (["test", need]));
  return {
    name,
    args: [join(modules, "@playwright/test/cli.js"), "test", ...config, `--project=${name}`],
    limitMs,
    app: true,
    report: { file: join(results, `${name}.json`), count: countPlaywright },
    skip() {
      if (!holdsSpecs(join(root, folder))) return "no specs yet";
      const missing = [...needs].flatMap((one) => missingPackages(one, thisSystem)).map((row) => row.name);
      // In CI a suite that cannot run has failed: it must not pass by being left out.
      if (missing.length === 0 || process.env["CI"] !== undefined) return null;
      return `needs ${missing.join(", ")}: npm run setup -- ${need}`;
    },
  };
}

/** @param {string} folder */
function holdsSpecs(folder) {
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(".spec.ts"));
}

/** @param {Step} step */
async function runStep({ name, args, limitMs, report, skip, app, outside }) {
  process.stdout.write(`${name} … `);
  const obstacle = app === true ? whyNoElectron() : null;
  if (obstacle !== null) {
    process.stdout.write(`FAILED: ${obstacle}\n`);
    return { step: name, passed: 0, failed: 1, skipped: [], ms: 0 };
  }
  const reason = skip?.() ?? null;
  if (reason !== null) {
    process.stdout.write(`skipped: ${reason}\n`);
    return { step: name, passed: 0, failed: 0, skipped: [{ name, reason }], ms: 0 };
  }
  if (report !== undefined) rmSync(report.file, { force: true });
  const within = outside === true ? null : namespace;
  const line = [...(within?.command ?? []), process.execPath, ...args];
  const end = await runToEnd(line[0] ?? process.execPath, line.slice(1), {
    cwd: root,
    env: environment(report?.file, within?.env ?? process.env),
    limitMs,
    output: "capture",
  });
  const counts = report === undefined ? onlyStatus(end.status) : settleCounts(readCounts(report), end.status);
  process.stdout.write(`${counts.failed === 0 ? "ok" : "FAILED"} (${seconds(end.ms)})\n`);
  if (counts.failed > 0) {
    // Not every program heeds NO_COLOR.
    const output = process.stdout.isTTY ? end.output : stripVTControlCharacters(end.output);
    process.stdout.write(`${output.trimEnd()}\n`);
    if (end.how === "timedOut") process.stdout.write(`${name} was stopped after ${seconds(limitMs)}.\n`);
  }
  return { step: name, ...counts, ms: end.ms };
}

/**
 * @param {number} status
 * @returns {Counts}
 */
function onlyStatus(status) {
  return status === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
}

/**
 * @param {NonNullable<Step["report"]>} report
 * @returns {Counts | null}
 */
function readCounts({ file, count }) {
  try {
    return count(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * @param {string | undefined} countsFile
 * @param {NodeJS.ProcessEnv} base
 */
function environment(countsFile, base) {
  // One of the two at a time: Node.js complains of both in every process.
  const { FORCE_COLOR: _, NO_COLOR: __, ...env } = base;
  return {
    ...env,
    FORCE_COLOR: process.stdout.isTTY ? "1" : "0",
    ...(countsFile === undefined ? {} : { DOORBELL_COUNTS: countsFile }),
  };
}

function whyNoElectron() {
  try {
    electronFolder();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const names = [...steps, ...soak].map(({ name }) => name);
const { values, positionals } = parseArgs({
  options: { only: { type: "string" }, soak: { type: "boolean" } },
  // What the one step is to be narrowed to: parts of the names of its files.
  allowPositionals: true,
});
if (positionals.length > 0 && values.only === undefined) {
  process.stderr.write(
    `“${positionals[0]}” says nothing without --only STEP. The steps: ${names.join(", ")}.\n`,
  );
  process.exit(2);
}
const only = [...steps, ...soak].find((step) => step.name === values.only);
const chosen = [...steps, ...soak].filter((step) => {
  if (values.only === undefined) return !soak.includes(step) || values.soak === true;
  // What runs the program must not run yesterday's.
  return step === only || ((only?.app === true || only?.built === true) && step.name === "bundle");
});
if (values.only !== undefined && only === undefined) {
  process.stderr.write(`There is no step “${values.only}”. The steps: ${names.join(", ")}.\n`);
  process.exit(2);
}
// Root is here only for the steps that need it.
const namespace = isRootOnLinux() ? await openUserNamespace() : null;
if (isRootOnLinux() && namespace === null) {
  process.stderr.write(`${noNamespace}\n`);
  process.exit(1);
}
process.once("exit", () => namespace?.dispose());
mkdirSync(results, { recursive: true });
const electron =
  chosen.some(({ app }) => app === true) && whyNoElectron() === null
    ? `Ran on ${versionOf(electronFolder())}.`
    : null;
const done = [];
for (const step of chosen)
  done.push(await runStep(step === only ? { ...step, args: [...step.args, ...positionals] } : step));
process.stdout.write(`\n${summary(done, electron)}`);
process.exitCode = done.some(({ failed }) => failed > 0) ? 1 : 0;
