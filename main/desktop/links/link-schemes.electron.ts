import { execFile } from "node:child_process";
import { app } from "electron";

/**
 * Links of our own open the program that is installed; the unpacked one would take them away from it. On Linux its
 * menu entry says so, and Electron is not asked: xdg-settings before 1.2.0 makes whatever takes a scheme the browser, too.
 */
export function registerLinkScheme(platform: NodeJS.Platform): void {
  if (app.isPackaged && platform !== "linux") app.setAsDefaultProtocolClient("doorbell");
}

/** What other programs name people by. */
const PERSON_SCHEMES = ["sip", "im"] as const;
const RUN_LIMIT_MS = 5_000;

/** Runs a program of the system; whether it did what it was told. */
export type Run = (file: string, args: readonly string[]) => Promise<boolean>;

/**
 * Whether links that name a person come here, as the person wants it. Resolves with whether the system has done so: on
 * Linux links can be taken and not given back.
 */
export async function takePersonLinks(
  wanted: boolean,
  platform: NodeJS.Platform,
  run: Run = runProgram,
): Promise<boolean> {
  if (platform === "linux") {
    const types = PERSON_SCHEMES.map((scheme) => `x-scheme-handler/${scheme}`);
    return wanted && (await run("xdg-mime", ["default", "doorbell.desktop", ...types]));
  }
  const done = PERSON_SCHEMES.map((scheme) => {
    if (wanted) return app.setAsDefaultProtocolClient(scheme);
    return !app.isDefaultProtocolClient(scheme) || app.removeAsDefaultProtocolClient(scheme);
  });
  return done.every(Boolean);
}

function runProgram(file: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: RUN_LIMIT_MS }, (error) => resolve(error === null));
  });
}
