/**
 * Where root runs the program: in a user namespace, as an ordinary user. Chromium has no sandbox for root, and the
 * program insists on one. In the namespace root's files belong to that user, so nothing else changes; what is started
 * there reaches each other, but not root's own session bus, which lets nobody in who is not root. Nothing can be
 * installed from within.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { runToEnd } from "./process-group.mjs";

const userNamespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"];
const probeLimitMs = 10_000;

/** Why nothing that starts the app runs where no namespace is allowed. */
export const noNamespace =
  "Chromium's sandbox does not run for root, and this system allows no user namespace; run this as an ordinary user.";

/** Whether this process has to leave root behind before it starts the program. */
export function isRootOnLinux() {
  return process.platform === "linux" && process.getuid?.() === 0;
}

/**
 * What goes before a command, and its environment.
 * @typedef {{ command: readonly string[], env: NodeJS.ProcessEnv, dispose: () => void }} Namespace
 */

/** @returns {Promise<Namespace | null>} null where the system allows none */
export async function openUserNamespace() {
  const [unshare = "", ...options] = userNamespace;
  const probe = await runToEnd(unshare, [...options, "true"], { limitMs: probeLimitMs, output: "capture" });
  if (probe.status !== 0) return null;
  const runtime = mkdtempSync(join(tmpdir(), "doorbell-runtime-"));
  return {
    command: userNamespace,
    env: environmentWithin(process.env, homedir(), runtime),
    dispose: () => rmSync(runtime, { recursive: true, force: true }),
  };
}

/**
 * @param {NodeJS.ProcessEnv} env root's own
 * @param {string} home root's
 * @param {string} runtime a folder of the run's own
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentWithin(env, home, runtime) {
  const {
    // They name root's session bus and what is found beside it.
    DBUS_SESSION_BUS_ADDRESS: _bus,
    WAYLAND_DISPLAY: _wayland,
    ...rest
  } = env;
  return {
    // Named, because the user inside may be another account of this machine, whose home cannot be written.
    HOME: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_CACHE_HOME: join(home, ".cache"),
    XDG_DATA_HOME: join(home, ".local/share"),
    XDG_STATE_HOME: join(home, ".local/state"),
    ...rest,
    XDG_RUNTIME_DIR: runtime,
  };
}

/**
 * Whether root has a desktop of its own, which is out of reach from the namespace.
 * @param {NodeJS.ProcessEnv} env
 */
export function hasDesktop(env) {
  const runtime = env["XDG_RUNTIME_DIR"];
  return Boolean(env["DBUS_SESSION_BUS_ADDRESS"] || (runtime && existsSync(join(runtime, "bus"))));
}
