/**
 * The texts of the Debian package's control archive, as pure functions. Debian Policy Manual, chapter 5.
 */
import { depends, recommends, suggests } from "./relations.mjs";

/** How Debian calls the architectures that Electron is made for. @type {Readonly<Record<string, string>>} */
const architectures = { x64: "amd64", arm64: "arm64", arm: "armhf" };

/** Who answers for the package; the same stands in electron-builder.yml. */
export const maintainer = "Doorbell contributors <contributors@doorbell.invalid>";
export const homepage = "https://doorbell.invalid/";
export const synopsis = "Rings when someone invites you to a Skype for Business conversation";

const description = [
  "Doorbell waits in the tray. You accept or decline in the notification, in the",
  "menu of the tray icon or in its own window. A password that it is to remember",
  "is kept in the keyring.",
];

/**
 * @typedef {object} Packed
 * @property {string} name
 * @property {string} version as in package.json
 * @property {string} arch as Node.js calls it
 * @property {number} installedBytes
 */

/**
 * @param {Packed} packed
 * @returns {string}
 */
export function controlFile({ name, version, arch, installedBytes }) {
  const fields = {
    Package: name,
    Version: debianVersion(version),
    Section: "net",
    Priority: "optional",
    Architecture: debianArchitecture(arch),
    Maintainer: maintainer,
    // In units of 1024 bytes.
    "Installed-Size": String(Math.ceil(installedBytes / 1024)),
    Depends: depends.join(", "),
    Recommends: recommends.join(", "),
    Suggests: suggests.join(", "),
    Homepage: homepage,
    Description: [synopsis, ...description].join("\n "),
  };
  return Object.entries(fields)
    .map(([field, value]) => `${field}: ${value}\n`)
    .join("");
}

/**
 * The name of the package's file, as Debian's own are called.
 * @param {Pick<Packed, "name" | "version" | "arch">} packed
 */
export function packageFile({ name, version, arch }) {
  return `${name}_${debianVersion(version)}_${debianArchitecture(arch)}.deb`;
}

/**
 * A version before a release sorts before it: npm writes it with a hyphen, Debian with a tilde.
 * @param {string} version
 */
function debianVersion(version) {
  return version.replaceAll("-", "~");
}

/** @param {string} arch */
function debianArchitecture(arch) {
  const name = architectures[arch];
  if (name === undefined) throw new Error(`Debian has no architecture that is ${arch}.`);
  return name;
}

/**
 * The file by which dpkg finds out that a file was changed.
 * @param {readonly { path: string, md5: string }[]} files paths from the root, without a leading slash
 */
export function md5sumsFile(files) {
  return files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, md5 }) => `${md5}  ${path}\n`)
    .join("");
}
