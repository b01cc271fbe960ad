/**
 * What set-up decides, as pure functions: from what was found on the machine to what is installed, what is said and
 * whether the need can be met. Nothing here looks at the machine or changes it.
 */

/** @typedef {import("./debian-packages.mjs").Need} Need */
/** @typedef {import("./debian-packages.mjs").DebianPackage} DebianPackage */
/** @typedef {"current" | "missing" | "outdated"} ModulesState */

/**
 * Whether and how this user can install Debian packages. `command` is what goes before `apt-get`.
 * @typedef {{ can: true, command: readonly string[] } | { can: false, why: "notDebian" | "noSudo" | "sudoPassword" }} Installer
 */

/**
 * @typedef {object} Plan
 * @property {string | null} refusal  why nothing is tried at all
 * @property {boolean} installModules
 * @property {readonly string[]} installPackages names of Debian packages
 * @property {readonly string[]} say  sentences for the user, in order, before anything is done
 * @property {readonly string[]} left names of Debian packages that stay missing
 */

const oldestNode = /** @type {const} */ ([20, 11]);

/** @type {Readonly<Record<Need, string>>} */
const consequence = {
  modules: "",
  cli: "",
  build: "The program builds and runs without it, but cannot use the keyring.",
  test: "The tests that need a desktop cannot run until then.",
  demo: "The demo goes on as far as it can without.",
  app: "Electron may not start without.",
  desktops: "The check on GNOME and Plasma cannot run until then.",
  services: "The check on all notification services cannot run until then.",
  deb: "The Debian package cannot be tried until then.",
};

/**
 * @param {Need} need
 * @param {{ nodeVersion: string, modules: ModulesState, missing: readonly DebianPackage[], installer: Installer }} found
 *   `installer` is only looked at when something is missing
 * @returns {Plan}
 */
export function planSetup(need, { nodeVersion, modules, missing, installer }) {
  const refusal = refuseNode(nodeVersion);
  if (refusal !== null) {
    return { refusal, installModules: false, installPackages: [], say: [], left: [] };
  }
  const names = missing.map(({ name }) => name);
  /** @type {string[]} */
  const say = [];
  if (modules === "missing") say.push("Installing the npm modules; the first time takes about a minute.");
  if (modules === "outdated") {
    say.push("Installing npm modules: those in node_modules differ from package-lock.json.");
  }
  if (names.length > 0) {
    say.push(
      installer.can
        ? `Installing with apt-get: ${names.join(", ")}.`
        : whyNotInstalled(need, names, installer.why),
    );
  }
  return {
    refusal: null,
    installModules: modules !== "current",
    installPackages: installer.can ? names : [],
    say,
    left: installer.can ? [] : names,
  };
}

/**
 * A sentence when this Node is too old for the set-up itself; what is built and tested runs on the Node from npm.
 * @param {string} version as in `process.versions.node`
 * @returns {string | null}
 */
export function refuseNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const old = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  if (!old) return null;
  return `Doorbell needs Node.js ${oldestNode.join(".")} or newer to start with; this is ${version}. Get one from your system or nodejs.org.`;
}

/**
 * @param {Need} need
 * @param {readonly string[]} names
 * @param {"notDebian" | "noSudo" | "sudoPassword" | "failed"} why
 */
export function whyNotInstalled(need, names, why) {
  const reasons = {
    notDebian: "this system has no apt-get",
    noSudo: "you are not root and there is no sudo here",
    sudoPassword: "sudo asks for a password",
    failed: "apt-get did not succeed",
  };
  const way =
    why === "notDebian"
      ? "Your system's package manager has them, perhaps under other names than these, which are Debian's."
      : `To get ${names.length === 1 ? "it" : "them"}${why === "noSudo" ? ", as root" : ""}:\n  ${installCommand(names, why !== "noSudo")}`;
  return [`Missing: ${names.join(", ")}. Not installed, because ${reasons[why]}.`, consequence[need], way]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/**
 * What a person types to install packages.
 * @param {readonly string[]} names
 * @param {boolean} sudo
 */
export function installCommand(names, sudo) {
  const aptGet = sudo ? "sudo apt-get" : "apt-get";
  return `${aptGet} update && ${aptGet} install --no-install-recommends ${names.join(" ")}`;
}

/**
 * Compares package-lock.json with the lock that npm keeps inside node_modules.
 *
 * A package of the first that is not in the second is no difference when it is optional: npm leaves out what was made
 * for another platform. Neither is one that was installed besides the lock.
 * @param {string} wantedLock text of package-lock.json
 * @param {string | null} installedLock text of node_modules/.package-lock.json
 * @returns {ModulesState}
 */
export function compareLocks(wantedLock, installedLock) {
  if (installedLock === null) return "missing";
  const wanted = packagesOf(wantedLock);
  const installed = packagesOf(installedLock);
  for (const [path, { version, integrity, optional }] of Object.entries(wanted)) {
    if (path === "") continue;
    const there = installed[path];
    if (there === undefined) {
      if (optional !== true) return "outdated";
    } else if (there.version !== version || there.integrity !== integrity) return "outdated";
  }
  return "current";
}

/**
 * @param {string} lock
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function packagesOf(lock) {
  try {
    return JSON.parse(lock).packages ?? {};
  } catch {
    return {};
  }
}
