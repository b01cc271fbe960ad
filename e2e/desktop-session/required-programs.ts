import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program of the private desktop and the Debian package that brings it. */
export interface RequiredProgram {
  readonly debianPackage: string;
  /** A name on the PATH, or a path below `/usr/lib/<architecture>` or `/usr/libexec`. */
  readonly program: string;
}

const REQUIRED = {
  displayServer: { program: "Xvfb", debianPackage: "xvfb" },
  messageBus: { program: "dbus-daemon", debianPackage: "dbus" },
  notificationService: { program: "xfce4/notifyd/xfce4-notifyd", debianPackage: "xfce4-notifyd" },
  notificationSettings: { program: "xfce4/xfconf/xfconfd", debianPackage: "xfconf" },
  accessibilityBus: { program: "at-spi-bus-launcher", debianPackage: "at-spi2-core" },
  pointer: { program: "xdotool", debianPackage: "xdotool" },
  screenshot: { program: "import", debianPackage: "imagemagick" },
  background: { program: "display", debianPackage: "imagemagick" },
  comparison: { program: "convert", debianPackage: "imagemagick" },
  keyring: { program: "gnome-keyring-daemon", debianPackage: "gnome-keyring" },
} as const satisfies Record<string, RequiredProgram>;

/** For a display with monitors that can be unplugged; the driver of the card is a file that Xorg finds by itself. */
const REQUIRED_FOR_MONITORS = {
  displayServer: { program: "Xorg", debianPackage: "xserver-xorg-core xserver-xorg-video-dummy" },
  monitorSettings: { program: "xrandr", debianPackage: "x11-xserver-utils" },
} as const satisfies Record<string, RequiredProgram>;

/** For a desktop on which something is heard. */
const REQUIRED_FOR_SOUND = {
  server: { program: "pulseaudio", debianPackage: "pulseaudio" },
  recorder: { program: "parec", debianPackage: "pulseaudio-utils" },
  control: { program: "pactl", debianPackage: "pulseaudio-utils" },
} as const satisfies Record<string, RequiredProgram>;

/** For a desktop with a window manager and a panel. */
const REQUIRED_FOR_XFCE = {
  windowManager: { program: "xfwm4", debianPackage: "xfwm4" },
  panel: { program: "xfce4-panel", debianPackage: "xfce4-panel" },
  settings: { program: "xfconf-query", debianPackage: "xfconf" },
} as const satisfies Record<string, RequiredProgram>;

export type XfcePrograms = Readonly<Record<keyof typeof REQUIRED_FOR_XFCE, string>>;
export type GnomePrograms = Readonly<Record<keyof typeof REQUIRED_FOR_GNOME, string>>;
export type PlasmaPrograms = Readonly<Record<keyof typeof REQUIRED_FOR_PLASMA, string>>;
export type SoundPrograms = Readonly<Record<keyof typeof REQUIRED_FOR_SOUND, string>>;
export type MonitorPrograms = Readonly<Record<keyof typeof REQUIRED_FOR_MONITORS, string>>;
export type Programs = Readonly<Record<keyof typeof REQUIRED, string>>;

/** For the two desktops that most people have. */
const REQUIRED_FOR_GNOME = {
  shell: { program: "gnome-shell", debianPackage: "gnome-shell gnome-shell-extension-appindicator" },
  scripts: { program: "gjs", debianPackage: "gjs" },
} as const satisfies Record<string, RequiredProgram>;
const REQUIRED_FOR_PLASMA = {
  shell: { program: "plasmashell", debianPackage: "plasma-desktop" },
  windowManager: { program: "kwin_x11", debianPackage: "kwin-x11" },
  daemon: { program: "kded5", debianPackage: "kded5" },
  activities: { program: "libexec/kactivitymanagerd", debianPackage: "kactivitymanagerd" },
} as const satisfies Record<string, RequiredProgram>;

const REQUIRED_FOR_WORK = {
  terminal: { program: "xterm", debianPackage: "xterm" },
} as const satisfies Record<string, RequiredProgram>;

/** Finds every program of the desktop; throws one error that names each missing package and how to get them. */
export function requiredPrograms(): Programs {
  return found(REQUIRED);
}

/** The same for a display with monitors that can be unplugged. */
export function monitorPrograms(): MonitorPrograms {
  return found(REQUIRED_FOR_MONITORS);
}

/** The same for a desktop on which something is heard. */
export function soundPrograms(): SoundPrograms {
  return found(REQUIRED_FOR_SOUND);
}

/** The same for Xfce. */
export function xfcePrograms(): XfcePrograms {
  return found(REQUIRED_FOR_XFCE);
}

/** The same for GNOME. */
export function gnomePrograms(): GnomePrograms {
  return found(REQUIRED_FOR_GNOME);
}

/** The same for Plasma. */
export function plasmaPrograms(): PlasmaPrograms {
  return found(REQUIRED_FOR_PLASMA);
}

/** The program that a person works in. */
export function workProgram(): string {
  return found(REQUIRED_FOR_WORK).terminal;
}

/** A single program. */
export function programOf(program: RequiredProgram): string {
  return found({ program }).program;
}

function found<Name extends string>(
  required: Readonly<Record<Name, RequiredProgram>>,
): Readonly<Record<Name, string>> {
  const missing = new Set<string>();
  const entries = Object.entries<RequiredProgram>(required).map(([name, { program, debianPackage }]) => {
    const path = candidates(program).find(executable);
    if (path === undefined) missing.add(debianPackage);
    return [name, path ?? program] as const;
  });
  if (missing.size > 0) {
    const names = [...missing].join(" ");
    throw new Error(
      `The private desktop needs Debian packages that are missing: ${names}. Install them with: apt-get install ${names}`,
    );
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names are those of the table
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** The program that asks a person to unlock a keyring; null where it is not installed, for the demo needs none. */
export function keyringPrompter(): string | null {
  return candidates("gcr-prompter").find(executable) ?? null;
}

function candidates(program: string): string[] {
  const path = (process.env["PATH"] ?? "/usr/bin:/bin").split(delimiter);
  const libraries = existsSync("/usr/lib")
    ? readdirSync("/usr/lib").filter((name) => name.includes("-linux-"))
    : [];
  return [...path, ...libraries.map((name) => join("/usr/lib", name)), "/usr/libexec", "/usr/lib"].map(
    (folder) => join(folder, program),
  );
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
