import { app } from "electron";

/** By these Chromium opens its pages to a debugger. Electron has a fuse for Node.js's switches and none for them. */
const SWITCHES = ["remote-debugging-port", "remote-debugging-pipe"];

/**
 * Takes away the switches that would let another program into the pages, where what they show and what they may ask for
 * can be read and used. Called before Electron is ready, because Chromium looks at them then.
 */
export function refuseDebugging(): void {
  for (const name of SWITCHES) app.commandLine.removeSwitch(name);
}
