import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program of the private desktop and the Debian package that brings it. */
interface RequiredProgram {
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
  keyring: { program: "gnome-keyring-daemon", debianPackage: "gnome-keyring" },
} as const satisfies Record<string, RequiredProgram>;

export type Programs = Readonly<Record<keyof typeof REQUIRED, string>>;

/** Finds every program of the desktop; throws one error that names each missing package and how to get them. */
export function requiredPrograms(): Programs {
  const missing = new Set<string>();
  const find = ({ program, debianPackage }: RequiredProgram): string => {
    const path = candidates(program).find(executable);
    if (path === undefined) missing.add(debianPackage);
    return path ?? program;
  };
  const programs: Programs = {
    displayServer: find(REQUIRED.displayServer),
    messageBus: find(REQUIRED.messageBus),
    notificationService: find(REQUIRED.notificationService),
    notificationSettings: find(REQUIRED.notificationSettings),
    accessibilityBus: find(REQUIRED.accessibilityBus),
    pointer: find(REQUIRED.pointer),
    screenshot: find(REQUIRED.screenshot),
    background: find(REQUIRED.background),
    keyring: find(REQUIRED.keyring),
  };
  if (missing.size > 0) {
    const names = [...missing].join(" ");
    throw new Error(
      `The private desktop needs Debian packages that are missing: ${names}. Install them with: apt-get install ${names}`,
    );
  }
  return programs;
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
