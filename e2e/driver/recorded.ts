/// <reference types="electron" />
import { fileURLToPath } from "node:url";

/** What recorder.cjs keeps in the main process, as `globalThis.__recorded`. */
export interface Recorded {
  /** The icon in the tray with what was last drawn on it; null where there is none. */
  readonly tray: {
    readonly icon: Electron.Tray;
    /** The file name of the image; empty when it came from no file. */
    readonly image: string;
    readonly toolTip: string;
    readonly menu: Electron.Menu | null;
  } | null;
}

declare global {
  var __recorded: Recorded | undefined;
}

/** The script that Electron has to load before the program. */
export const RECORDER = fileURLToPath(new URL("recorder.cjs", import.meta.url));
