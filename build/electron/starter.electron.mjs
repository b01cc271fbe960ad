/**
 * Starts the app whose folder or main script is the first plain argument, as the default app of Electron's own
 * distribution does. It is copied into a distribution that lacks one.
 *
 * A module with a top-level `await`: Electron is not ready before the app's main script has come to its end, so that
 * the app can still do what must be done before (its sandbox, its schemes).
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { app } from "electron";

const { preloads, program, version } = readArguments(process.argv.slice(1));
if (version) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
if (program === null) {
  process.stderr.write("Name the folder or the main script of an app.\n");
  process.exit(2);
}
// An app asks it to learn that its own arguments come after its folder.
Object.defineProperty(process, "defaultApp", { enumerable: true, value: true });
const require = createRequire(import.meta.url);
for (const name of preloads) require(require.resolve(name, { paths: [process.cwd()] }));
try {
  await import(pathToFileURL(introduce(resolve(program))).href);
} catch (error) {
  process.stderr.write(
    `The app could not be loaded: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}

/**
 * @param {readonly string[]} args
 * @returns {{ preloads: readonly string[], program: string | null, version: boolean }}
 */
function readArguments(args) {
  /** @type {string[]} */
  const preloads = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    if (arg === "-v" || arg === "--version") return { preloads, program: null, version: true };
    if (arg === "-r" || arg === "--require") preloads.push(args[(index += 1)] ?? "");
    else if (!arg.startsWith("-")) return { preloads, program: arg, version: false };
  }
  return { preloads, program: null, version: false };
}

/**
 * Tells Electron who the app is, from the package.json of its folder.
 * @param {string} path
 * @returns {string} its main script
 */
function introduce(path) {
  const manifest = join(path, "package.json");
  if (existsSync(manifest)) {
    const {
      version: appVersion,
      productName,
      name,
      desktopName,
    } = JSON.parse(readFileSync(manifest, "utf8"));
    if (appVersion) call("setVersion", appVersion);
    app.name = productName ?? name ?? app.name;
    app.setDesktopName(desktopName ?? `${app.name}.desktop`);
  }
  /** @type {string} Node's own way from a folder to its main script, which it offers under this name only. */
  const script = Reflect.get(Module, "_resolveFilename")(path, null, true);
  call("setAppPath", existsSync(manifest) ? path : dirname(script));
  return script;
}

/**
 * Calls a method that Electron's own default app uses and its declarations leave out.
 * @param {string} method
 * @param {string} argument
 */
function call(method, argument) {
  Reflect.apply(Reflect.get(app, method), app, [argument]);
}
