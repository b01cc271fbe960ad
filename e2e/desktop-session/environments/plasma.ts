import { plasmaPrograms } from "../required-programs.ts";
import { NOTIFICATIONS, START_MS, TRAY_WATCHER, type EnvironmentParts } from "./environment.ts";
import { startSystemBus } from "./system-bus.ts";

/** KDE Plasma on X11, as it is before anybody has changed a setting. */
export async function startPlasma({ processes, folder, control }: EnvironmentParts): Promise<void> {
  const programs = plasmaPrograms();
  await startSystemBus(folder, processes);
  processes.addToEnvironment({
    XDG_CURRENT_DESKTOP: "KDE",
    XDG_SESSION_DESKTOP: "KDE",
    KDE_FULL_SESSION: "true",
    KDE_SESSION_VERSION: "5",
    // There is no graphics card.
    QT_QUICK_BACKEND: "software",
    QT_LINUX_ACCESSIBILITY_ALWAYS_ON: "1",
  });
  // Its shell waits for the activities, and the watcher of tray icons is a module of the daemon.
  await processes.start(programs.activities, []);
  await processes.start(programs.daemon, []);
  await processes.start(programs.windowManager, []);
  await control().waitForOwner(TRAY_WATCHER, true, START_MS);
  await processes.start(programs.shell, ["--no-respawn"]);
  await control().waitForOwner(NOTIFICATIONS, true, START_MS);
}
