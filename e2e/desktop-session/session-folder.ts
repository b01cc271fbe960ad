import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyringPrompter, type Programs } from "./required-programs.ts";

/** The throw-away folder that is the whole world of one private desktop. */
export interface SessionFolder {
  readonly root: string;
  readonly home: string;
  readonly logs: string;
  readonly busConfig: string;
  readonly busAddress: string;
  /** What programs of this desktop get; without DISPLAY. */
  readonly env: Readonly<Record<string, string>>;
}

/** Who asks a person to unlock a keyring. */
export const KEYRING_PROMPTER = "org.gnome.keyring.SystemPrompter";

/** Every process of the desktop carries this variable, so that all can be found again. */
export const MARK = "DOORBELL_DESKTOP_SESSION";

/**
 * Nothing is heard: neither on the machine's own sound server, nor on one that a library would start, nor on its sound
 * card.
 */
export const NO_SOUND = { PULSE_SERVER: "unix:/nonexistent", ALSA_CONFIG_PATH: "/dev/null" } as const;

/** Makes the folder with the configuration of the bus, the notification service and its looks. */
export function makeSessionFolder(programs: Programs): SessionFolder {
  const root = mkdtempSync(join(tmpdir(), "doorbell-desktop-"));
  const folder = (...names: string[]): string => {
    const path = join(root, ...names);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const home = folder("home");
  const run = folder("run");
  // The session bus's library and the keyring refuse a runtime folder that others can read.
  chmodSync(run, 0o700);
  const config = folder("home", ".config");
  const services = folder("services");
  const busAddress = `unix:path=${join(run, "bus")}`;
  const busConfig = join(root, "session-bus.conf");

  writeFileSync(busConfig, busConfiguration(busAddress, services));
  // Only these start on demand. The notification service does not, so that a test decides whether there is one.
  writeFileSync(
    join(services, "org.xfce.Xfconf.service"),
    activation("org.xfce.Xfconf", programs.notificationSettings),
  );
  writeFileSync(
    join(services, "org.a11y.Bus.service"),
    activation("org.a11y.Bus", programs.accessibilityBus),
  );
  const prompter = keyringPrompter();
  if (prompter !== null)
    writeFileSync(
      join(services, "org.gnome.keyring.SystemPrompter.service"),
      activation(KEYRING_PROMPTER, prompter),
    );
  writeFileSync(
    join(folder("home", ".config", "xfce4", "xfconf", "xfce-perchannel-xml"), "xfce4-notifyd.xml"),
    NOTIFICATION_SETTINGS,
  );
  writeFileSync(join(folder("home", ".config", "gtk-3.0"), "settings.ini"), TOOLKIT_SETTINGS);

  return {
    root,
    home,
    logs: folder("logs"),
    busConfig,
    busAddress,
    env: {
      PATH: process.env["PATH"] ?? "/usr/bin:/bin",
      LANG: "C.UTF-8",
      HOME: home,
      XDG_RUNTIME_DIR: run,
      XDG_CONFIG_HOME: config,
      XDG_CACHE_HOME: folder("home", ".cache"),
      XDG_DATA_HOME: folder("home", ".local", "share"),
      XDG_STATE_HOME: folder("home", ".local", "state"),
      XDG_CURRENT_DESKTOP: "XFCE",
      XDG_SESSION_TYPE: "x11",
      DBUS_SESSION_BUS_ADDRESS: busAddress,
      GSETTINGS_BACKEND: "memory",
      ...NO_SOUND,
      [MARK]: root,
    },
  };
}

/** `services` is the folder of what starts on demand; null for nothing. */
export function busConfiguration(address: string, services: string | null): string {
  const onDemand = services === null ? "" : `\n  <servicedir>${services}</servicedir>`;
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>${onDemand}
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}

function activation(name: string, program: string): string {
  return `[D-BUS Service]\nName=${name}\nExec=${program}\n`;
}

/** Top right, opaque, and without movement, so that a picture or a click never meets half a notification. */
const NOTIFICATION_SETTINGS = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-notifyd" version="1.0">
  <property name="theme" type="string" value="Default"/>
  <property name="notify-location" type="uint" value="2"/>
  <property name="initial-opacity" type="double" value="1.0"/>
  <property name="do-fadeout" type="bool" value="false"/>
  <property name="do-slideout" type="bool" value="false"/>
  <property name="notification-log" type="bool" value="false"/>
</channel>
`;

const TOOLKIT_SETTINGS = `[Settings]
gtk-theme-name=Adwaita
gtk-icon-theme-name=Adwaita
gtk-font-name=DejaVu Sans 10
gtk-enable-animations=0
`;
