/**
 * Makes the Debian package from the packed folder with Debian's own `dpkg-deb`, where the tool that electron-builder
 * downloads for it cannot be had. It runs no script of ours on the person's machine: what it puts there is its files, and
 * they are all that its removal has to take away.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import {
  chmod,
  copyFile,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { runToEnd } from "../process-group.mjs";
import { root } from "../setup.mjs";
import { controlFile, md5sumsFile, packageFile } from "./control.mjs";

const limitMs = 20 * 60_000;
/** Where the program lies, as in the package of electron-builder's tool. */
const programFolder = "opt/Doorbell";
const executable = "doorbell";
/** By it Chromium sandboxes its pages where ordinary users may not make namespaces: it needs to be root's, and setuid. */
const sandboxHelper = "chrome-sandbox";
const iconName = /^(\d+)\.png$/;
/** What electron-builder leaves in the folder for its own package's scripts. */
const leftOut = join("resources", "apparmor-profile");

/**
 * @param {object} options
 * @param {string} options.folder the packed program
 * @param {string} options.into the folder for the package
 * @param {string} options.arch as Node.js calls it
 * @param {number} [options.compression] 1 to 9, as xz has it; the higher, the smaller and slower
 * @returns {Promise<string>} the path of the package
 */
export async function makeDeb({ folder, into, arch, compression = 6 }) {
  const { name, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const tree = await mkdtemp(join(tmpdir(), "doorbell-deb-"));
  try {
    await fillTree(tree, folder);
    const files = await filesBelow(tree);
    const installedBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const control = join(tree, "DEBIAN");
    await mkdir(control);
    await writeFile(join(control, "control"), controlFile({ name, version, arch, installedBytes }));
    await writeFile(join(control, "md5sums"), md5sumsFile(await sumsOf(tree, files)));
    const path = join(into, packageFile({ name, version, arch }));
    const args = ["--root-owner-group", "-Zxz", `-z${compression}`, "--build", tree, path];
    const end = await runToEnd("dpkg-deb", args, { limitMs, output: "capture" });
    if (end.status !== 0) throw new Error(`dpkg-deb failed: ${end.output.trim() || end.how}`);
    return path;
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

/**
 * Everything that the package puts on a machine, with its modes.
 * @param {string} tree
 * @param {string} folder
 */
async function fillTree(tree, folder) {
  await cp(folder, join(tree, programFolder), {
    recursive: true,
    filter: (path) => relative(folder, path) !== leftOut,
  });
  const link = join(tree, "usr/bin", executable);
  await mkdir(dirname(link), { recursive: true });
  await symlink(join("/", programFolder, executable), link);
  const beside = join(root, "build/deb");
  await put(join(beside, "doorbell.desktop"), join(tree, "usr/share/applications/doorbell.desktop"));
  await put(join(beside, "doorbell-terminal"), join(tree, "usr/bin/doorbell-terminal"));
  const unit = "doorbell-watch.service";
  await put(join(beside, unit), join(tree, "usr/lib/systemd/user", unit));
  const metainfo = "net.doorbell.app.metainfo.xml";
  await put(join(beside, metainfo), join(tree, "usr/share/metainfo", metainfo));
  await put(join(beside, "copyright"), join(tree, "usr/share/doc", executable, "copyright"));
  const icons = join(root, "build/icons/app");
  for (const file of await readdir(icons)) {
    const [, size] = iconName.exec(file) ?? [];
    if (size === undefined) continue;
    const theme = join(tree, "usr/share/icons/hicolor", `${size}x${size}`, "apps");
    await put(join(icons, file), join(theme, `${executable}.png`));
  }
  await setModes(tree);
  await chmod(join(tree, programFolder, sandboxHelper), 0o4755);
}

/**
 * @param {string} from
 * @param {string} to
 */
async function put(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

/**
 * Everybody may read everything, and run what its owner may run, whatever the umask was where it was packed.
 * @param {string} folder
 */
async function setModes(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await setModes(path);
    else if (entry.isFile()) await chmod(path, ((await lstat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/**
 * @param {string} folder
 * @returns {Promise<{ path: string, bytes: number }[]>} files, without links
 */
async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return { path, bytes: (await lstat(path)).size };
      }),
  );
}

/**
 * @param {string} tree
 * @param {readonly { path: string }[]} files
 */
async function sumsOf(tree, files) {
  const sums = [];
  for (const { path } of files) {
    const hash = createHash("md5");
    await pipeline(createReadStream(path), hash);
    sums.push({ path: relative(tree, path), md5: hash.digest("hex") });
  }
  return sums;
}
