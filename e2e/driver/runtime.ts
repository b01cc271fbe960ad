import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { findChromium } from "../electron-stand-in/browser/chromium.ts";

/** What the program runs on: Electron itself, or the stand-in with a Chromium of the system. */
export type Runtime = "electron" | "stand-in";

/** Whether Electron's binary has been fetched; its npm package brings none. */
export function isElectronInstalled(): boolean {
  return existsSync(join(dirname(createRequire(import.meta.url).resolve("electron")), "path.txt"));
}

/** Why a runtime cannot be used here, as one sentence; null when it can. */
export function obstacle(runtime: Runtime): string | null {
  if (runtime === "stand-in")
    return findChromium() === null
      ? "No Chromium was found for the stand-in; install one or name it in DOORBELL_CHROMIUM."
      : null;
  if (!isElectronInstalled()) return "Electron's binary is not installed; `npx install-electron` fetches it.";
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY)
    return "Electron needs a display, and there is none.";
  return null;
}

/**
 * The runtime of this run: `--runtime NAME` or DOORBELL_RUNTIME when given, otherwise Electron where it can run and the
 * stand-in elsewhere. Throws, with the reason as one sentence, when the wanted one or both cannot run.
 */
export function chooseRuntime(args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env): Runtime {
  const wanted = flagOf(args) ?? env["DOORBELL_RUNTIME"] ?? "auto";
  if (wanted === "electron" || wanted === "stand-in") {
    const reason = obstacle(wanted);
    if (reason !== null) throw new Error(reason);
    return wanted;
  }
  if (wanted !== "auto")
    throw new Error(`There is no runtime "${wanted}"; it is electron, stand-in or auto.`);
  const reasons: string[] = [];
  for (const runtime of ["electron", "stand-in"] as const) {
    const reason = obstacle(runtime);
    if (reason === null) return runtime;
    reasons.push(reason);
  }
  throw new Error(`The program cannot be run here. ${reasons.join(" ")}`);
}

/** For the end of a run: which runtime the specs ran on, and which they did not and why. */
export function runtimeSummary(used: Runtime): string {
  const other: Runtime = used === "electron" ? "stand-in" : "electron";
  const reason = obstacle(other) ?? "it was not asked for.";
  return `Ran on ${nameOf(used)}. NOT run on ${nameOf(other)}: ${reason}`;
}

const nameOf = (runtime: Runtime): string => (runtime === "electron" ? "Electron" : "the Electron stand-in");

function flagOf(args: readonly string[]): string | undefined {
  const at = args.indexOf("--runtime");
  return at >= 0
    ? args[at + 1]
    : args.find((arg) => arg.startsWith("--runtime="))?.slice("--runtime=".length);
}
