/// <reference types="electron" />
import { fileURLToPath } from "node:url";

/** What lock-watch.cjs keeps in the main process, as `globalThis.__watched`. */
export interface Watched {
  /** How many pages were looked at so far. */
  readonly pages: number;
  /** Every session that was made so far. */
  readonly sessions: readonly Electron.Session[];
  /** What a session would grant to a page. */
  readonly ofSession: (session: Electron.Session) => readonly string[];
}

declare global {
  var __watched: Watched | undefined;
}

/** The script that Electron has to load before the program. */
export const LOCK_WATCH = fileURLToPath(new URL("lock-watch.cjs", import.meta.url));
