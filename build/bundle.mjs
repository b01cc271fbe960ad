/**
 * `npm run build`: bundles the program into out/ and prints one line. What the bundler says is shown in full when it
 * fails or warns, and kept back when all is well.
 */
import { chmodSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { seconds } from "./check/check-report.mjs";
import { runToEnd } from "./process-group.mjs";
import { root } from "./setup.mjs";

const limitMs = 120_000;
const bundler = join(root, "node_modules/electron-vite/bin/electron-vite.js");
const args = [bundler, "build", "--logLevel", "warn"];
const end = await runToEnd(process.execPath, args, { cwd: root, limitMs, output: "capture" });
if (end.output.trim() !== "") process.stderr.write(`${end.output.trimEnd()}\n`);
if (end.status === 0) {
  // What `bin` in package.json names is run by its name.
  chmodSync(join(root, "out/main/cli.js"), 0o755);
  const program = join(root, "out/main/terminal.js");
  const size = Math.round(statSync(program).size / 1000);
  process.stdout.write(`Built in ${seconds(end.ms)}; ${relative(root, program)} has ${size} kB.\n`);
} else {
  process.stderr.write(
    end.how === "timedOut" ? "The bundler did not end in time.\n" : "The bundle failed.\n",
  );
}
process.exitCode = end.status;
