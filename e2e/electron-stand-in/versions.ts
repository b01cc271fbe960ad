import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Gives this process what programs look at to see that they run in Electron; the version is that of the installed types. */
export function becomeElectron(): void {
  const require = createRequire(import.meta.url);
  // Its package.json is named by no export, and its entry would look for the binary.
  const folder = dirname(require.resolve("electron"));
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const define = (target: object, name: string, value: unknown): void =>
    void Object.defineProperty(target, name, { value, enumerable: true, configurable: true });
  define(process.versions, "electron", version);
  define(process.versions, "chrome", "156.0.0.0");
  define(process, "type", "browser");
  define(process, "defaultApp", true);
  define(process, "resourcesPath", folder);
}
