/**
 * A bundle carries other people's code, and most licences ask that their text goes with it. This writes one file
 * beside a bundle with the name, the version and the licence of each package that is really in it. (Vite's own
 * `build.license` stops at packages that name their licence in the older form, as an object.)
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

const fileName = "THIRD-PARTY.txt";
const between = `\n${"-".repeat(80)}\n\n`;
const marker = `${sep}node_modules${sep}`;

/** @returns {import("vite").Plugin} */
export function thirdPartyLicenses() {
  return {
    name: "third-party-licenses",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
      const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== null));
      const entries = [...folders].map(licenseEntry).toSorted();
      this.emitFile({ type: "asset", fileName, source: entries.join(between) });
    },
  };
}

/**
 * The folder of the package that a module belongs to, or null when it is ours.
 * @param {string} moduleId a path, perhaps with a prefix or a query of the bundler's
 * @returns {string | null}
 */
export function packageFolder(moduleId) {
  const path = moduleId.replace(/^\0/, "").replace(/\?.*$/, "");
  const start = path.lastIndexOf(marker);
  if (start < 0) return null;
  const [scopeOrName = "", name = ""] = path.slice(start + marker.length).split(sep);
  return join(
    path.slice(0, start + marker.length),
    scopeOrName.startsWith("@") ? join(scopeOrName, name) : scopeOrName,
  );
}

/** @param {string} folder */
function licenseEntry(folder) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text =
    file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
  return `${name} ${version} (${licenseName(license ?? licenses)})\n\n${text.trim()}\n`;
}

/**
 * What stands in such a file.
 * @param {string} file
 */
export function licensesIn(file) {
  return file.split(between).map((entry) => {
    const [, name = entry, license = "", text = ""] = /^(\S+) \S+ \((.*)\)\n([^]*)$/.exec(entry) ?? [];
    return { name, license, text };
  });
}

/**
 * Packages have named their licence as a string, as an object and as a list of either.
 * @param {unknown} license
 * @returns {string}
 */
export function licenseName(license) {
  if (typeof license === "string") return license;
  if (Array.isArray(license)) return license.map(licenseName).join(" or ");
  if (typeof license === "object" && license !== null && "type" in license) return licenseName(license.type);
  return "licence not named";
}
