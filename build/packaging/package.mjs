/**
 * `npm run package`: bundles the program and makes this platform's installers in dist/, as electron-builder.yml says.
 * Nothing is published. Arguments go to electron-builder: `npm run package -- --linux deb`.
 *
 * Where the tool that electron-builder downloads for a Debian package cannot be had, Debian's own makes it.
 */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { thisSystem } from "../setup/debian-packages.mjs";
import { makeDeb } from "../deb/make-deb.mjs";
import { runToEnd } from "../process-group.mjs";
import { root } from "../setup.mjs";

const bundleLimitMs = 3 * 60_000;
/** The first time, Electron and the tools that make installers are downloaded. */
const packLimitMs = 30 * 60_000;
const builder = join(root, "node_modules/electron-builder/cli.js");
/** How a download fails, in the words of Node.js and of electron-builder's downloader. */
const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT)\b|fetch failed|status code [45]\d\d|HTTPError|cannot download/i;
const output = join(root, "dist");
const unpacked = join(output, process.arch === "x64" ? "linux-unpacked" : `linux-${process.arch}-unpacked`);

process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} args */
async function main(args) {
  const bundle = await runToEnd(process.execPath, [join(root, "build/bundle.mjs")], {
    cwd: root,
    limitMs: bundleLimitMs,
    output: "stderr",
  });
  if (bundle.status !== 0) return bundle.status;
  // What lies there afterwards is of this run.
  await rm(unpacked, { recursive: true, force: true });
  process.stderr.write("Making the installers; the first time, Electron and some tools are downloaded …\n");
  const pack = await runToEnd(process.execPath, [builder, ...args, "--publish", "never"], {
    cwd: root,
    limitMs: packLimitMs,
    output: "capture",
  });
  process.stderr.write(pack.output);
  if (pack.status === 0) process.stdout.write("The installers are in dist/.\n");
  else if (pack.how === "timedOut")
    process.stderr.write("Making the installers took more than 30 minutes.\n");
  else if (unreachable.test(pack.output)) return await withoutDownloads(args, pack.status);
  else process.stderr.write("electron-builder failed; its reason is above.\n");
  return pack.status;
}

/**
 * What can be made of the packed folder when something could not be downloaded.
 * @param {readonly string[]} args
 * @param {number} status electron-builder's
 */
async function withoutDownloads(args, status) {
  const wanted = args.filter((arg) => /^(deb|AppImage|rpm|snap|pacman|dir)$/i.test(arg));
  const isDebWanted = wanted.length === 0 || wanted.includes("deb");
  const isPacked = existsSync(join(unpacked, "resources/app.asar"));
  if (!isDebWanted || !isPacked || !thisSystem.hasProgram("dpkg-deb")) {
    process.stderr.write(
      "No installer was made: what electron-builder downloads (Electron, or a tool named above) cannot be reached from here.\n",
    );
    return status;
  }
  process.stderr.write(
    "The tools of electron-builder cannot be reached; dpkg-deb makes the Debian package …\n",
  );
  const made = basename(await makeDeb({ folder: unpacked, into: output, arch: process.arch }));
  const isAll = wanted.length === 1;
  process.stdout.write(
    `dist/${made} was made by dpkg-deb.${isAll ? "" : " No other installer was made: its tool cannot be reached from here."}\n`,
  );
  return isAll ? 0 : status;
}
