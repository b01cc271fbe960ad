import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ControlBus } from "../control-bus.ts";
import { NOTIFICATIONS } from "../environments/environment.ts";
import { poll } from "../processes/poll.ts";
import { programOf, xfcePrograms } from "../required-programs.ts";
import type { SessionFolder } from "../session-folder.ts";
import type { SessionProcess, SessionProcesses } from "../processes/session-processes.ts";

/** Notification services that are programs of their own. Those of GNOME and Plasma come with their desktops. */
export type ServiceName =
  | "xfce"
  | "mate"
  | "lxqt"
  | "notification-daemon"
  | "dunst"
  | "awesome"
  | "mako"
  | "swaync"
  | "notify-osd";

interface ServiceProgram {
  /** A name on the path, or a path below `/usr/lib`. */
  readonly program: string;
  readonly debianPackage: string;
  /** It speaks Wayland alone, or draws on a screen that a compositor puts together. */
  readonly needs?: "wayland" | "compositor";
}

const SERVICES: Readonly<Record<ServiceName, ServiceProgram>> = {
  xfce: { program: "xfce4/notifyd/xfce4-notifyd", debianPackage: "xfce4-notifyd" },
  mate: {
    program: "mate-notification-daemon/mate-notification-daemon",
    debianPackage: "mate-notification-daemon",
  },
  lxqt: { program: "lxqt-notificationd", debianPackage: "lxqt-notificationd" },
  "notification-daemon": {
    program: "notification-daemon/notification-daemon",
    debianPackage: "notification-daemon",
  },
  dunst: { program: "dunst", debianPackage: "dunst suckless-tools" },
  // A window manager, which draws notifications, too.
  awesome: { program: "awesome", debianPackage: "awesome" },
  mako: { program: "mako", debianPackage: "mako-notifier", needs: "wayland" },
  swaync: { program: "swaync", debianPackage: "sway-notification-center", needs: "wayland" },
  "notify-osd": { program: "notify-osd", debianPackage: "notify-osd", needs: "compositor" },
};

export interface ServiceParts {
  readonly processes: SessionProcesses;
  readonly folder: SessionFolder;
  readonly control: ControlBus;
}

/** The program as assistive technology names it, where it tells assistive technology anything. */
export function drawingProgram(name: ServiceName): string {
  const { program } = SERVICES[name];
  return program.slice(program.lastIndexOf("/") + 1);
}

/** Starts a notification service as its package installs it; resolves when it owns its name. */
export async function startService(name: ServiceName, parts: ServiceParts): Promise<SessionProcess> {
  const { program, debianPackage, needs } = SERVICES[name];
  const path = programOf({ program, debianPackage });
  if (needs === "wayland") await startSway(parts);
  if (needs === "compositor") await parts.processes.start(xfcePrograms().windowManager, ["--compositor=on"]);
  parts.processes.addToEnvironment({ QT_LINUX_ACCESSIBILITY_ALWAYS_ON: "1" });
  const started = await parts.processes.start(path, []);
  await parts.control.waitForOwner(NOTIFICATIONS, true);
  return started;
}

const WAYLAND_DISPLAY = "wayland-1";

/** A Wayland compositor in a window that fills the X display: whoever clicks there clicks in Wayland. */
async function startSway({ processes, folder }: ServiceParts): Promise<void> {
  const config = join(folder.root, "sway.conf");
  writeFileSync(config, "output * resolution 1280x800 bg #274b63 solid_color\nxwayland disable\n");
  processes.addToEnvironment({ WLR_BACKENDS: "x11", WLR_RENDERER: "pixman" });
  await processes.start(programOf({ program: "sway", debianPackage: "sway" }), ["--config", config]);
  await poll("Sway did not start", async () =>
    existsSync(join(folder.env["XDG_RUNTIME_DIR"] ?? "", WAYLAND_DISPLAY)) ? true : undefined,
  );
  processes.addToEnvironment({ WAYLAND_DISPLAY });
}
