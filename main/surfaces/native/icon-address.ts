import { pathToFileURL } from "node:url";

/**
 * The address under which another program finds a picture of ours. Inside the archive of a packed program only Electron
 * finds anything, so electron-builder.yml has the picture unpacked beside it. Desktop Notifications Specification,
 * "Icons and Images": a `file://` address.
 */
export function iconAddress(path: string): string {
  return pathToFileURL(path.replace(/([/\\]app\.asar)(?=[/\\])/, "$1.unpacked")).href;
}
