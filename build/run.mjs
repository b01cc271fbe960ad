/**
 * Runs one of the project's programs on the project's Node.js, after meeting what it needs:
 *
 *     node build/run.mjs [--outside] <need> <entry> [arguments…]
 *
 * On a fresh machine this starts on the system's older Node.js, which cannot load the project's TypeScript; then the
 * entry becomes a child on the Node.js that set-up has just installed. It is a child, too, where root runs what starts
 * the app: in a user namespace, unless `--outside` says that the entry opens one itself. Otherwise it runs in this very process, so that standard input, standard output and
 * signals are its own. Nothing is ever written to standard output here.
 */
import { existsSync } from "node:fs";
import { Module } from "node:module";
import { resolve } from "node:path";
import { isNeed, isNewEnough, needs, nodeForPrograms, root, setUp, startsApp } from "./setup.mjs";

const words = process.argv.slice(2);
const outside = words[0] === "--outside";
const [need, entry, ...args] = outside ? words.slice(1) : words;
if (!isNeed(need) || entry === undefined) {
  complain(`Usage: node build/run.mjs [--outside] <${needs.join("|")}> <entry> [arguments…]`, 2);
}
const { ok, electron } = await setUp(need);
if (!ok) process.exit(1);
if (electron !== null) process.env["ELECTRON_OVERRIDE_DIST_PATH"] = electron;

const path = resolve(root, entry);
if (!existsSync(path)) {
  complain(need === "cli" ? "Run `npm run build` first." : `${entry} does not exist.`, 2);
}

const { isRootOnLinux } = await import("./user-namespace.mjs");
if (!outside && startsApp(need) && isRootOnLinux()) await runInNamespace(path, args);
else if (isNewEnough()) {
  process.argv = [process.execPath, path, ...args];
  // As Node.js itself starts a program, so that `import.meta.main` holds in it.
  Module.runMain();
} else {
  await runAsChild([], process.env, path, args);
}

/**
 * @param {string} path
 * @param {readonly string[]} args
 */
async function runInNamespace(path, args) {
  const { hasDesktop, noNamespace, openUserNamespace } = await import("./user-namespace.mjs");
  const namespace = await openUserNamespace();
  if (namespace === null) {
    complain(noNamespace, 1);
  }
  if (need !== "test" && hasDesktop(process.env)) {
    process.stderr.write(
      "You are root, so Doorbell runs in a user namespace. From there your session bus cannot be reached: it gets a keyring and notifications of its own.\n",
    );
  }
  process.once("exit", namespace.dispose);
  await runAsChild(namespace.command, namespace.env, path, args);
}

/**
 * @param {readonly string[]} before what goes before the command
 * @param {NodeJS.ProcessEnv} env
 * @param {string} path
 * @param {readonly string[]} args
 */
async function runAsChild(before, env, path, args) {
  const { spawn } = await import("node:child_process");
  const { statusOfSignal } = await import("./process-group.mjs");
  const [command = "", ...rest] = [...before, nodeForPrograms(), path, ...args];
  const child = spawn(command, rest, { stdio: "inherit", env });
  // A terminal sends Ctrl-C to the child as well, and a second one means "at once" to many programs.
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on("SIGINT", () => {
    if (!onTerminal) child.kill("SIGINT");
  });
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      child.kill(signal);
    });
  }
  child.once("error", (error) => complain(`${command} cannot be run: ${error.message}`, 1));
  child.once("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : statusOfSignal(signal)));
}

/**
 * @param {string} sentence
 * @param {number} status
 * @returns {never}
 */
function complain(sentence, status) {
  process.stderr.write(`${sentence}\n`);
  process.exit(status);
}
