import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import type { StatusNotifierHost } from "../desktop-session/status-notifier-host.ts";
import type { UcwaServer } from "../specs/support/ucwa-server.ts";
import type { BusMonitor } from "./bus-monitor.ts";
import type { Doors } from "./doors.ts";
import type { DrawnPanel } from "./drawn-panel.ts";
import type { LoadedFiles } from "./loaded-files.ts";
import type { PackedProgram } from "./packed-program.ts";

/** A packed program that is to be started. */
export interface PackedToRing {
  /** The command that starts the program on that desktop, without its arguments. */
  readonly command: (desktop: DesktopSession) => readonly string[];
  /** The folder of its archive, which is taken away at the end; null where it has to stay. */
  readonly resources: string | null;
  /** Where the program sees another root than the desktop does. */
  readonly elsewhere?: {
    readonly root: string;
    /** A person's home there, as the program sees it. */
    readonly home: string;
  };
  /** A picture of the screen while it rings, to be written. */
  readonly picture?: string;
}

/** A packed program that runs on a desktop, with everything that it is looked at by. */
export interface Scene {
  readonly desktop: DesktopSession;
  readonly server: UcwaServer;
  readonly program: PackedProgram;
  readonly doors: Doors;
  readonly loaded: LoadedFiles;
  readonly monitor: BusMonitor;
  readonly host: StatusNotifierHost;
  readonly panel: DrawnPanel;
  readonly packed: PackedToRing;
  /** The folder of the program's settings, as it is seen from here. */
  readonly settings: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The longest that a start may take here, in milliseconds. */
export const START_MS = 30_000;
/** The longest that a person would wait for anything that follows from what they did. */
export const CHANGE_MS = 10_000;
