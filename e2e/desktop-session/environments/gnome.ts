import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { drawnBy, flat } from "../accessibility.ts";
import { poll } from "../processes/poll.ts";
import { gnomePrograms } from "../required-programs.ts";
import type { SessionFolder } from "../session-folder.ts";
import {
  NOTIFICATION_PROGRAMS,
  NOTIFICATIONS,
  START_MS,
  TRAY_WATCHER,
  type EnvironmentParts,
} from "./environment.ts";
import { startSystemBus } from "./system-bus.ts";

/** The script that takes notifications from the session bus for the shell, which draws them. */
const NOTIFICATION_SCRIPT = "/usr/share/gnome-shell/org.gnome.Shell.Notifications";
const LOOK_AGAIN_MS = 500;

/** GNOME Shell on X11, with the extension that most distributions draw tray icons with. */
export async function startGnome(parts: EnvironmentParts): Promise<void> {
  const { processes, folder, control } = parts;
  const programs = gnomePrograms();
  writeSettings(folder);
  await startSystemBus(folder, processes);
  processes.addToEnvironment({
    XDG_CURRENT_DESKTOP: "GNOME",
    XDG_SESSION_DESKTOP: "gnome",
    // The settings are a file in the throw-away home folder.
    GSETTINGS_BACKEND: "keyfile",
    LIBGL_ALWAYS_SOFTWARE: "1",
  });
  await processes.start(programs.shell, ["--x11"]);
  await control().waitForOwner(TRAY_WATCHER, true, START_MS);
  await processes.start(programs.scripts, [NOTIFICATION_SCRIPT]);
  await control().waitForOwner(NOTIFICATIONS, true, START_MS);
  await leaveOverview(parts);
}

/** It starts with an overview of its windows, which Escape leaves as soon as keys are heard. */
async function leaveOverview({ screen, accessibilityBus }: EnvironmentParts): Promise<void> {
  const look = async () => {
    const drawn = (await drawnBy(NOTIFICATION_PROGRAMS.gnome, await accessibilityBus())).flatMap(flat);
    if (drawn.length > 0 && !drawn.some(({ name }) => name === "Overview")) return true;
    await screen.pressKeys("Escape");
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    return undefined;
  };
  await poll("GNOME's overview stayed", look, { timeoutMs: START_MS });
}

function writeSettings({ home }: SessionFolder): void {
  const write = (name: string, text: string, ...path: readonly string[]) => {
    const folder = join(home, ...path);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  write("keyfile", SETTINGS, ".config/glib-2.0/settings");
  // It tells once that there is no login manager to lock the screen with; this file says that it has been told.
  write("lock-warning-shown", "", ".local/share/gnome-shell");
}

/** The newest version's greeting has been seen; nothing moves; the background is ours. */
const SETTINGS = `[org/gnome/desktop/interface]
toolkit-accessibility=true
enable-animations=false

[org/gnome/desktop/background]
picture-options='none'
color-shading-type='vertical'
primary-color='#274b63'
secondary-color='#4f7f96'

[org/gnome/shell]
welcome-dialog-last-shown-version='999'
enabled-extensions=['ubuntu-appindicators@ubuntu.com']
`;
