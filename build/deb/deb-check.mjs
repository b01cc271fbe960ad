/**
 * `npm run test:soak -- --only deb`: makes the Debian package, installs it in a fresh Debian system with apt, starts it
 * there, rings and answers, removes it, and looks at what is left. For root only, and it needs the network. What every
 * program said is in test-results/deb.log, a picture of the ring in test-results/pictures/deb.png.
 */
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seconds } from "../check/check-report.mjs";
import { findMirror, FreshRoot, person, recorded } from "./fresh-root.mjs";
import { keptForPerson, leftBehind } from "./left-behind.mjs";
import { makeDeb } from "./make-deb.mjs";
import { packFolder, target } from "../packaging/packed-folder.mjs";
import { runToEnd, statusOfSignal } from "../process-group.mjs";
import { nodeForPrograms, root, setUp } from "../setup.mjs";
import { openUserNamespace } from "../user-namespace.mjs";

const name = "doorbell";
const results = join(root, "test-results");
const log = join(results, "deb.log");
const picture = join(results, "pictures/deb.png");
const ringLimitMs = 5 * 60_000;
/** Fast, for it is installed once: the package that is given away is a seventh smaller. */
const compression = 1;

/** @type {NodeJS.Signals | null} */
let stoppedBy = null;
// The child that runs is ended with us; then the folder goes as it does after a failure.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    stoppedBy = signal;
  });
}

mkdirSync(join(results, "pictures"), { recursive: true });
rmSync(picture, { force: true });
writeFileSync(log, "");
const run = recorded((text) => appendFileSync(log, text));
const began = performance.now();
const folder = await mkdtemp(join(tmpdir(), "doorbell-deb-check-"));
try {
  await checkPackage();
  say(`Installed, rung and removed in ${seconds(performance.now() - began)}.`);
} catch (error) {
  say(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
if (stoppedBy !== null) process.exitCode = statusOfSignal(stoppedBy);

async function checkPackage() {
  const { left } = await setUp("deb");
  if (left.length > 0) throw new Error(`Debian packages are missing: ${left.join(", ")}.`);
  const source = await findMirror(run);
  if (source === null) throw new Error("This machine has no source of Debian packages.");

  const packed = await packFolder(folder);
  const path = await makeDeb({ folder: packed.folder, into: folder, arch: target.arch, compression });
  say(`Made ${path.slice(folder.length + 1)} around Electron ${packed.version}.`);
  await run("dpkg-deb", ["--info", path]);
  await run("desktop-file-validate", [join(root, "build/deb/doorbell.desktop")]);
  await run("appstreamcli", ["validate", "--no-net", join(root, "build/deb/net.doorbell.app.metainfo.xml")]);
  say("The desktop file and the AppStream data are valid.");

  const system = new FreshRoot(join(folder, "root"), run);
  await timed(`A fresh Debian ${source.suite}`, () => system.make(source));
  await timed("Installed with apt", () => system.install(path));
  const own = system.pathsOf(name);
  const installed = system.paths();
  await checkInstalled(system);
  await timed("Rung and answered", () => ring(system));
  await timed("Removed with apt", () => system.run("apt-get", ["purge", "-q", "--yes", name]));
  checkRemoved({ installed, own, left: system.paths(), home: person.home, name });
  await mentionsNothing(system);
  await timed("What it had brought with it went too", () =>
    system.run("apt-get", ["autoremove", "-q", "--purge", "--yes"]),
  );
}

/** @param {FreshRoot} system */
async function checkInstalled(system) {
  await system.run("dpkg", ["--verify", name]);
  const broken = await system.run("dpkg", ["--audit"]);
  if (broken.trim() !== "") throw new Error(`dpkg finds packages that are not whole: ${broken}`);
  const mode = await system.run("stat", ["--format", "%a %u:%g", "/opt/Doorbell/chrome-sandbox"]);
  if (mode.trim() !== "4755 0:0")
    throw new Error(`The sandbox's helper has the mode and owner ${mode.trim()}.`);
  const binaries = "/opt/Doorbell/doorbell /opt/Doorbell/*.so* $(find /opt/Doorbell -name '*.node')";
  const linked = await system.run("sh", ["-c", `LD_LIBRARY_PATH=/opt/Doorbell ldd ${binaries}`]);
  const missing = [...linked.matchAll(/(\S+) => not found/g)].map(([, library]) => library);
  if (missing.length > 0) throw new Error(`Libraries that no dependency has brought: ${missing.join(", ")}.`);
  say("Its files are whole, its sandbox's helper is setuid root, and every library is there.");
}

/** @param {FreshRoot} system */
async function ring(system) {
  const namespace = await openUserNamespace();
  if (namespace === null) throw new Error("This system allows no user namespace.");
  try {
    const [command = "", ...before] = namespace.command;
    const script = join(root, "e2e/packaged/installed.ts");
    const args = [...before, nodeForPrograms(), script, system.folder, person.home, picture];
    const end = await runToEnd(command, args, {
      cwd: root,
      env: namespace.env,
      limitMs: ringLimitMs,
      output: "capture",
    });
    process.stdout.write(end.output);
    appendFileSync(log, end.output);
    if (end.status !== 0) throw new Error("Not all was as it should be while it ran.");
  } finally {
    namespace.dispose();
  }
}

/** @param {import("./left-behind.mjs").Removal} removal */
function checkRemoved(removal) {
  const sentences = leftBehind(removal);
  if (sentences.length > 0) throw new Error(sentences.join(" "));
  const settings = `${person.home}/.config/Doorbell/config.json`;
  if (!keptForPerson(removal).includes(settings)) throw new Error(`${settings} is gone.`);
  say(`Nothing is left but what is the person's: ${settings} and what lies beside it.`);
}

/**
 * No cache or list of the system tells of it any more.
 * @param {FreshRoot} system
 */
async function mentionsNothing(system) {
  const places = ["/etc", "/usr", "/opt"].filter((path) => existsSync(join(system.folder, path)));
  // It ends with 1 when it has found nothing.
  const found = await system.run("sh", [
    "-c",
    `grep --recursive --files-with-matches --ignore-case --fixed-strings ${name} ${places.join(" ")}; test $? -le 1`,
  ]);
  if (found.trim() !== "") throw new Error(`These still mention it: ${found.trim().replaceAll("\n", ", ")}.`);
}

/**
 * @param {string} what
 * @param {() => Promise<unknown>} work
 */
async function timed(what, work) {
  const start = performance.now();
  await work();
  say(`${what} (${seconds(performance.now() - start)}).`);
}

/** @param {string} sentence */
function say(sentence) {
  process.stdout.write(`${sentence}\n`);
  appendFileSync(log, `== ${sentence}\n`);
}
