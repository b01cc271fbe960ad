/**
 * The switches in Electron's binary, each decided, and electron-builder's hook that sets them before it signs.
 *
 * electron-builder's own `electronFuses` goes through an older list that lacks the newest fuse; so they are set here.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from "@electron/fuses";

/** The oldest Electron that the program runs on; its binary was seen to have all fuses but the last. */
const oldest = 33;

/**
 * What a fuse is set to, and the major version of Electron from which on a binary has to have it.
 * @typedef {{ readonly on: boolean, readonly since: number }} Decision
 */

/**
 * A fuse that is new in `@electron/fuses` is missing here and does not compile; one that is new in the binary stops
 * the packing.
 * @satisfies {Record<FuseV1Options, Decision>}
 */
export const fuses = {
  // With this on, anyone who may set a variable runs code of theirs under our name, signature and keychain entry.
  [FuseV1Options.RunAsNode]: { on: false, since: oldest },
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: { on: false, since: oldest },
  [FuseV1Options.EnableNodeCliInspectArguments]: { on: false, since: oldest },
  // What a proxy or a sign-in server sets as a cookie is a credential.
  [FuseV1Options.EnableCookieEncryption]: { on: true, since: oldest },
  // These two together: only the archive that was packed is run. (Electron verifies it on Windows and macOS.)
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: { on: true, since: oldest },
  [FuseV1Options.OnlyLoadAppFromAsar]: { on: true, since: oldest },
  // There is no snapshot of ours to load.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: { on: false, since: oldest },
  // The pages have a scheme of their own.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: { on: false, since: oldest },
  // Electron's default: a memory fault inside WebAssembly, which undici's parser is, stays an exception.
  [FuseV1Options.WasmTrapHandlers]: { on: true, since: 42 },
};

/** @type {ReadonlyMap<number, Decision>} */
const decisions = new Map(Object.entries(fuses).map(([index, decision]) => [Number(index), decision]));

/** How a fuse is written in the binary. */
export const fuseByte = { off: 0x30, on: 0x31 };

/**
 * @typedef {object} Packed what electron-builder says of what it has packed
 * @property {string} appOutDir
 * @property {string} electronPlatformName
 * @property {{ executableName?: string, appInfo: { productFilename: string }, info: { framework: { version: string } } }} packager
 */

/** @param {Packed} packed */
export default async function setFuses({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  const name =
    electronPlatformName === "win32"
      ? `${productFilename}.exe`
      : electronPlatformName === "linux"
        ? (packager.executableName ?? productFilename)
        : `${productFilename}.app`;
  const binary = join(appOutDir, name);
  const there = await readFuses(binary);
  const unready = unlikeDecided([...there.keys()], versionIn(appOutDir) ?? packager.info.framework.version);
  if (unready.length > 0) throw new Error(unready.join(" "));
  const wanted = [...decisions].filter(([index]) => there.has(index)).map(([index, { on }]) => [index, on]);
  await flipFuses(binary, { version: FuseVersion.V1, ...Object.fromEntries(wanted) });
}

/**
 * What differs between the fuses in a binary and the decisions above, one sentence each.
 * @param {string} binary
 * @param {string} version of Electron
 * @returns {Promise<string[]>}
 */
export async function wrongFuses(binary, version) {
  const there = await readFuses(binary);
  const wrong = [...decisions]
    .filter(([index, { on }]) => there.has(index) && there.get(index) !== (on ? fuseByte.on : fuseByte.off))
    .map(([index, { on }]) => `The fuse ${FuseV1Options[index]} should be ${on ? "on" : "off"} and is not.`);
  return [...unlikeDecided([...there.keys()], version), ...wrong];
}

/**
 * How many of the decided fuses a binary has, and the names of those that it is too old for.
 * @param {string} binary
 */
export async function countFuses(binary) {
  const there = await readFuses(binary);
  const absent = [...decisions.keys()].filter((index) => !there.has(index));
  return { present: decisions.size - absent.length, absent: absent.map((index) => FuseV1Options[index]) };
}

/**
 * Which fuses a binary has and nobody has decided, and which it lacks although its version should have them.
 * @param {readonly number[]} there
 * @param {string} version of Electron
 * @returns {string[]}
 */
function unlikeDecided(there, version) {
  const major = Number.parseInt(version, 10);
  const undecided = there
    .filter((index) => !decisions.has(index))
    .map((index) => `Fuse ${index} of the binary is not decided.`);
  const missing = [...decisions]
    .filter(([index, { since }]) => !there.includes(index) && !(major < since))
    .map(([index]) => `Electron ${version} should have the fuse ${FuseV1Options[index]} and has not.`);
  return [...undecided, ...missing];
}

/**
 * The bytes of a binary's fuses by their index.
 * @param {string} binary
 * @returns {Promise<ReadonlyMap<number, number>>}
 */
async function readFuses(binary) {
  const { version, ...wire } = await getCurrentFuseWire(binary);
  if (version !== FuseVersion.V1) throw new Error("The binary has fuses of a version that is not known.");
  return new Map(Object.entries(wire).map(([index, state]) => [Number(index), Number(state)]));
}

/**
 * The version that a distribution says of itself: it may be another than the one that electron-builder asked for.
 * @param {string} folder
 * @returns {string | null}
 */
function versionIn(folder) {
  const file = join(folder, "version");
  return existsSync(file) ? readFileSync(file, "utf8").trim().replace(/^v/, "") : null;
}
