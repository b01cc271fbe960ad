/**
 * The switches in Electron's binary, each decided, and electron-builder's hook that sets them before it signs.
 *
 * electron-builder's own `electronFuses` goes through an older list that lacks the newest fuse; so they are set here.
 */
import { join } from "node:path";
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from "@electron/fuses";

/**
 * A fuse that is new in `@electron/fuses` is missing here and does not compile; one that is new in the binary stops
 * the packing.
 * @satisfies {Record<FuseV1Options, boolean>}
 */
export const fuses = {
  // With this on, anyone who may set a variable runs code of theirs under our name, signature and keychain entry.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // What a proxy or a sign-in server sets as a cookie is a credential.
  [FuseV1Options.EnableCookieEncryption]: true,
  // These two together: only the archive that was packed is run. (Electron verifies it on Windows and macOS.)
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // There is no snapshot of ours to load.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The pages have a scheme of their own.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Electron's default: a memory fault inside WebAssembly, which undici's parser is, stays an exception.
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** How a fuse is written in the binary. */
export const fuseByte = { off: 0x30, on: 0x31 };

/**
 * @typedef {object} Packed what electron-builder says of what it has packed
 * @property {string} appOutDir
 * @property {string} electronPlatformName
 * @property {{ executableName?: string, appInfo: { productFilename: string } }} packager
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
  await flipFuses(join(appOutDir, name), {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    ...fuses,
  });
}

/**
 * What differs between the fuses in a binary and the decisions above, one sentence each.
 * @param {string} binary
 * @returns {Promise<string[]>}
 */
export async function wrongFuses(binary) {
  const { version, ...wire } = await getCurrentFuseWire(binary);
  if (version !== FuseVersion.V1) return ["The binary has fuses of a version that is not known."];
  const found = new Map(Object.entries(wire).map(([index, state]) => [Number(index), Number(state)]));
  const wanted = new Map(Object.entries(fuses).map(([index, on]) => [Number(index), on]));
  const undecided = [...found.keys()]
    .filter((index) => !wanted.has(index))
    .map((index) => `Fuse ${index} of the binary is not decided.`);
  const wrong = [...wanted]
    .filter(([index, on]) => found.get(index) !== (on ? fuseByte.on : fuseByte.off))
    .map(([index, on]) => `The fuse ${FuseV1Options[index]} should be ${on ? "on" : "off"} and is not.`);
  return [...undecided, ...wrong];
}
