import { OLDEST_ELECTRON, refuseOlder } from "./oldest-versions.ts";

// The Electron program starts here: package.json's `main`. Electron shows an error in its main script in a box that
// waits for a click; so one that is too old for the program gets to see no more of it than this. Before version 28
// Electron reads no ES module at all, and there its box is what comes.

const refusal = refuseOlder("Electron", OLDEST_ELECTRON, process.versions.electron);
if (refusal === null) {
  // Awaited: Electron is not ready before this script has come to its end, and the program has to be read before that.
  await import("./index.ts");
} else {
  process.stderr.write(`${refusal}\n`);
  process.exit(1);
}
