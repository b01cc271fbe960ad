import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

import { expect, test } from "@playwright/test";

import { openSystemFocus } from "../../main/desktop/focus/open-system-focus.ts";
import { openBus, REAL_CLOCK } from "../desktop-session/control-bus.ts";
import { startDesktopSession, type DesktopSessionOptions } from "../desktop-session/desktop-session.ts";
import { programOf } from "../desktop-session/required-programs.ts";

// Each is told by its own means not to disturb, and Doorbell has to learn of it. What that does to a ring,
// `e2e/specs/system-focus.spec.ts` tries on two of them.

interface Service {
  readonly name: string;
  readonly options: DesktopSessionOptions;
  /** As its desktop is called, where that is one whose settings dconf keeps. */
  readonly desktop?: string;
  readonly set: (on: boolean, env: Readonly<Record<string, string>>) => Promise<void>;
}

const run = promisify(execFile);
const NOTIFICATIONS = "org.freedesktop.Notifications";

/** By a program of the service. */
const program =
  (command: (on: boolean) => readonly string[]): Service["set"] =>
  async (on, env) => {
    const [name = "", ...args] = command(on);
    await run(name, args, { env, timeout: 10_000 });
  };

/** As the switch of the desktop does. */
const setting = (schema: string, key: string, quietWhen: boolean) =>
  program((on) => ["gsettings", "set", schema, key, String(on === quietWhen)]);

/** Plasma counts it off the moment that whoever has asked for it is gone. */
function inhibition(): Service["set"] {
  let bus: Awaited<ReturnType<typeof openBus>> | null = null;
  return async (on, env) => {
    bus?.close();
    bus = null;
    if (!on) return;
    bus = await openBus(env["DBUS_SESSION_BUS_ADDRESS"] ?? "");
    const { outcome } = await bus.ask({
      destination: NOTIFICATIONS,
      path: "/org/freedesktop/Notifications",
      interface: NOTIFICATIONS,
      member: "Inhibit",
      signature: "ssa{sv}",
      body: ["presenter", "Presenting", {}],
    });
    expect(outcome).toBe("answered");
  };
}

const SERVICES: readonly Service[] = [
  {
    name: "xfce",
    options: { service: "xfce" },
    set: program((on) => [
      "xfconf-query",
      "-c",
      "xfce4-notifyd",
      "-p",
      "/do-not-disturb",
      "-n",
      "-t",
      "bool",
      "-s",
      String(on),
    ]),
  },
  {
    name: "dunst",
    options: { service: "dunst" },
    set: program((on) => ["dunstctl", "set-paused", String(on)]),
  },
  {
    name: "swaync",
    options: { service: "swaync" },
    set: program((on) => ["swaync-client", on ? "--dnd-on" : "--dnd-off", "--skip-wait"]),
  },
  {
    name: "gnome",
    options: { notifications: false },
    desktop: "ubuntu:GNOME",
    set: setting("org.gnome.desktop.notifications", "show-banners", false),
  },
  {
    name: "mate",
    options: { service: "mate" },
    desktop: "MATE",
    set: setting("org.mate.NotificationDaemon", "do-not-disturb", true),
  },
  { name: "plasma", options: { environment: "plasma" }, set: inhibition() },
];

for (const { name, options, desktop: called, set } of SERVICES) {
  test(`on ${name} it is known when the person is not to be disturbed`, async () => {
    await using desktop = await startDesktopSession({ keyring: false, ...options });
    const kept = called !== undefined && { XDG_CURRENT_DESKTOP: called, GSETTINGS_BACKEND: "dconf" };
    const env = { ...desktop.env, ...kept };
    if (kept) {
      // The bus of this desktop starts nothing of the system's; it ends with the desktop.
      spawn(programOf({ program: "dconf-service", debianPackage: "dconf-service" }), {
        env,
        stdio: "ignore",
      });
      await expect(() => set(false, env)).toPass({ timeout: 10_000 });
    }
    const told: string[] = [];
    const logger = {
      error() {},
      warn() {},
      debug() {},
      info: (_: string, fields = {}) => told.push(JSON.stringify(fields)),
    };
    const focus = openSystemFocus({ platform: "linux", env, clock: REAL_CLOCK, logger });
    try {
      for (const on of [true, false, true]) {
        await set(on, env);
        await expect.poll(() => focus.on, { timeout: 10_000 }).toBe(on);
      }
      await set(false, env);
      await expect.poll(() => focus.on, { timeout: 10_000 }).toBe(false);
      const word = (quiet: boolean) => JSON.stringify({ who: name, quiet });
      expect(told).toEqual([word(true), word(false), word(true), word(false)]);
    } finally {
      focus.dispose();
    }
  });
}
