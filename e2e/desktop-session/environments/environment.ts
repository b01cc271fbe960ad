import type { SessionBus } from "../../../main/platform/bus/session-bus.ts";
import type { ControlBus } from "../control-bus.ts";
import type { Screen } from "../screen.ts";
import type { SessionFolder } from "../session-folder.ts";
import type { SessionProcesses } from "../processes/session-processes.ts";

export type EnvironmentName = "xfce" | "gnome" | "plasma";

/** What a desktop environment is started with, and looks at the screen with. */
export interface EnvironmentParts {
  readonly processes: SessionProcesses;
  readonly screen: Screen;
  readonly folder: SessionFolder;
  /** Of the screen, in pixels. */
  readonly width: number;
  readonly height: number;
  /** The session bus as it is now; throws when there is none. */
  readonly control: () => ControlBus;
  readonly accessibilityBus: () => Promise<SessionBus>;
}

/** The program that draws notifications, as assistive technology names it. Only Xfce's is one of its own. */
export const NOTIFICATION_PROGRAMS: Readonly<Record<EnvironmentName, string>> = {
  xfce: "xfce4-notifyd",
  gnome: "gnome-shell",
  plasma: "plasmashell",
};

/** The names on the session bus that tell that a desktop is ready. */
export const NOTIFICATIONS = "org.freedesktop.Notifications";
export const TRAY_WATCHER = "org.kde.StatusNotifierWatcher";
/** For a whole desktop to come up on a busy machine. */
export const START_MS = 60_000;
