/**
 * The oldest Electron and Node.js that run Doorbell. Both programs start with this file and before anything else, so it
 * holds only what Node.js 12 could read.
 */

/**
 * The tray program needs Node.js 20.18 inside Electron, for `URL.parse`; of the versions of Electron that have it, 33 is
 * the first to have it in every release. Moved together with this: `engines` in package.json, the targets in
 * electron.vite.config.ts, and the types that main/tsconfig.json and preload/tsconfig.json name.
 */
export const OLDEST_ELECTRON = "33";

/** The terminal program needs what undici 8 needs. Moved together with this: `engines` in package.json. */
export const OLDEST_NODE = "22.19";

/**
 * One sentence for the user when what runs this is older than the program can be; null when it is not.
 * @param found as in `process.versions`
 */
export function refuseOlder(what: "Electron" | "Node.js", oldest: string, found: string): string | null {
  const [neededMajor = 0, neededMinor = 0] = oldest.split(".").map(Number);
  const [major = 0, minor = 0] = found.split(".").map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return null;
  return `Doorbell needs ${what} ${oldest} or newer; this is ${what} ${found}.`;
}
