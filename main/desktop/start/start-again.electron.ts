import { spawn } from "node:child_process";
import { app } from "electron";

/**
 * Ends this process before it has done anything, and starts the program anew with one more argument. Not by
 * `app.relaunch`: its helper runs from inside an AppImage, which is gone with the process that is to end.
 */
export function startAgain(argument: string): void {
  const image = process.env["APPIMAGE"];
  // Unpacked, the first argument is the folder of the program.
  const args = [...process.argv.slice(1), argument];
  spawn(image ?? process.execPath, args, { detached: true, stdio: "inherit" }).unref();
  app.quit();
}
