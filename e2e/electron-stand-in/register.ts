/**
 * Runs a program that is written for Electron, unchanged, on Node: `node --import …/register.ts out/main/index.js`.
 * From here on `electron` is the stand-in, and this process is what Electron's main process would be.
 */
import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { becomeElectron } from "./versions.ts";

becomeElectron();
const standIn = new URL("electron.ts", import.meta.url).href;
const names = new Set(["electron", "electron/main", "electron/common"]);
registerHooks({
  resolve: (specifier, context, next) =>
    names.has(specifier) ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

// Loaded only now, as the parts read process.versions.
const { app } = await import("./app.ts");
const { openControl } = await import("./control.ts");
openControl();

// Signals ask Electron to quit as a person would.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => app.quit());

// Ready comes when the program's own script has been read to its end, so a script that waits for it at its top level waits
// for ever. Electron hangs then; here it is an error, as soon as nothing else keeps the process alive.
const deadlock = (): void => {
  console.error("The main script awaits app.whenReady() at its top level; in Electron that never ends.");
  process.exit(1);
};
process.once("beforeExit", deadlock);
const script = process.argv[1];
if (script !== undefined)
  setImmediate(() => {
    import(pathToFileURL(resolve(script)).href).then(
      () => {
        process.off("beforeExit", deadlock);
        // An Electron program lives until it quits, windows or not.
        const alive = setInterval(() => {}, 2 ** 30);
        app.once("quit", () => clearInterval(alive));
        setImmediate(() => app.becomeReady());
      },
      // The same failure ends the process by way of its own import.
      () => process.off("beforeExit", deadlock),
    );
  });
