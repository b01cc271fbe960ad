/**
 * `npm run package`: bundles the program and makes this platform's installers in dist/, as electron-builder.yml says.
 * Nothing is published. Arguments go to electron-builder: `npm run package -- --linux deb`.
 */
import { join } from "node:path";
import { runToEnd } from "./process-group.mjs";
import { root } from "./setup.mjs";

const bundleLimitMs = 3 * 60_000;
/** The first time, Electron and the tools that make installers are downloaded. */
const packLimitMs = 30 * 60_000;
const builder = join(root, "node_modules/electron-builder/cli.js");
/** How a download fails, in the words of Node.js and of electron-builder's downloader. */
const unreachable =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT)\b|fetch failed|status code [45]\d\d|HTTPError|cannot download/i;

process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} args */
async function main(args) {
  const bundle = await runToEnd(process.execPath, [join(root, "build/bundle.mjs")], {
    cwd: root,
    limitMs: bundleLimitMs,
    output: "stderr",
  });
  if (bundle.status !== 0) return bundle.status;
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
  else if (unreachable.test(pack.output)) {
    process.stderr.write(
      "No installer was made: what electron-builder downloads (Electron, or a tool named above) cannot be reached from here.\n",
    );
  } else process.stderr.write("electron-builder failed; its reason is above.\n");
  return pack.status;
}
