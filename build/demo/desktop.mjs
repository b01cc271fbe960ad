/**
 * The desktop that the demo plays on: the user's own, a bare display to which a session is added, or none.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startDesktopSession } from "../../e2e/desktop-session/desktop-session.ts";
import { missingPackages, thisSystem } from "../setup/debian-packages.mjs";

/**
 * @typedef {object} Desktop
 * @property {Readonly<Record<string, string>>} env what programs on it are started with
 * @property {boolean} display somebody may be looking
 * @property {boolean} own it is the user's own session, with programs of the user's choice
 * @property {boolean} notifications
 */

/** What a terminal program needs to know about its terminal. */
const terminalNames = [
  "TERM",
  "COLORTERM",
  "NO_COLOR",
  "LANG",
  "LANGUAGE",
  "LC_ALL",
  "LC_CTYPE",
  "LC_MESSAGES",
  "LC_TIME",
];

/**
 * @param {AsyncDisposableStack} parts takes what has to be closed in the end
 * @returns {Promise<Desktop>}
 */
export async function chooseDesktop(parts) {
  const env = ownEnvironment();
  const x11 = env["DISPLAY"];
  const display = Boolean(x11 || env["WAYLAND_DISPLAY"]);
  const runtime = env["XDG_RUNTIME_DIR"];
  if (process.platform !== "linux") return { env, display: true, own: true, notifications: false };
  if (env["DBUS_SESSION_BUS_ADDRESS"] || (runtime && existsSync(join(runtime, "bus")))) {
    return { env, display, own: true, notifications: true };
  }
  if (missingPackages("demo", thisSystem).length > 0) {
    return { env, display, own: true, notifications: false };
  }
  // A bare display, or none at all: it gets a session bus, a keyring and a notification service of its own.
  const session = parts.use(await startDesktopSession(x11 ? { display: x11 } : {}));
  const terminal = Object.entries(env).filter(([name]) => terminalNames.includes(name));
  return {
    env: { ...session.env, ...Object.fromEntries(terminal) },
    display: Boolean(x11),
    own: false,
    notifications: true,
  };
}

/** @returns {Record<string, string>} */
function ownEnvironment() {
  /** @type {Record<string, string>} */
  const env = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  return env;
}
