/**
 * `npm run demo`: a Skype for Business server on this machine, Doorbell signed in to it, and its page to ring from.
 *
 *     node build/run.mjs demo build/demo.mjs [--for SECONDS]
 *
 * In a desktop session the user's own notification service draws. On a bare display, or without one, a session of its
 * own is started for it. Where even that cannot be had, Doorbell rings in the terminal alone.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { startDesktopSession } from "../e2e/desktop-session/desktop-session.ts";
import { missingPackages, thisSystem } from "./debian-packages.mjs";
import { runToEnd } from "./process-group.mjs";
import { root } from "./setup.mjs";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */
/** @typedef {{ page: string, user: { name: string, address: string, password: string } }} Server */

const buildLimitMs = 120_000;
const serverLimitMs = 15_000;
/** How long a part may take over its farewell before it is killed. */
const farewellMs = 5_000;

const { values } = parseArgs({ options: { for: { type: "string" } } });
const seconds = values.for === undefined ? null : Number(values.for);
if (seconds !== null && !(seconds > 0 && seconds <= 86_400)) {
  process.stderr.write("--for takes a number of seconds, up to a day.\n");
  process.exit(2);
}

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => ending.abort());

process.exitCode = await demonstrate(ending.signal);

/**
 * @param {AbortSignal} ended when the user, or the time that was given, ends it
 * @returns {Promise<number>} the exit status
 */
async function demonstrate(ended) {
  await using parts = new AsyncDisposableStack();
  const bundle = await runToEnd(process.execPath, [join(root, "build/bundle.mjs")], {
    cwd: root,
    limitMs: buildLimitMs,
    output: "capture",
  });
  if (bundle.status !== 0) {
    process.stderr.write(bundle.output);
    return 1;
  }
  if (ended.aborted) return 0;

  const serverProcess = spawn(process.execPath, ["e2e/ucwa-server/main.ts", "--port", "0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    // Ctrl-C in the terminal must not take it away before Doorbell has signed out.
    detached: true,
  });
  parts.defer(() => bidFarewell(serverProcess));
  const server = await readServer(serverProcess);
  if (server === null) {
    process.stderr.write("The server did not start.\n");
    return 1;
  }

  const desktop = await chooseDesktop(parts);
  introduce(server, desktop);
  if (desktop.browser) openPage(server.page);
  if (ended.aborted) return 0;

  const doorbell = startDoorbell(server, desktop);
  parts.defer(() => bidFarewell(doorbell));
  if (seconds !== null) {
    const timer = setTimeout(() => ending.abort(), seconds * 1000);
    parts.defer(() => clearTimeout(timer));
  }
  const over = once(ended, "abort").then(() => 0);
  const left = once(doorbell, "exit").then(([code]) => (code === 130 ? 0 : Number(code ?? 1)));
  // Awaited here: what is returned unawaited would be waited for only after everything has been closed.
  return await Promise.race([over, left]);
}

/**
 * Reads from the server's first lines where it is and who can sign in.
 * @param {ChildProcess} child
 * @returns {Promise<Server | null>}
 */
async function readServer(child) {
  if (child.stdout === null) return null;
  const lines = createInterface({ input: child.stdout });
  const limit = setTimeout(() => lines.close(), serverLimitMs);
  let page = "";
  try {
    for await (const line of lines) {
      page ||= /http:\/\/\S+/.exec(line)?.[0] ?? "";
      const [, name, address, password] = /^\s*(\S.*?)\s{2,}(sip:\S+)\s+password: (\S+)/.exec(line) ?? [];
      if (page !== "" && name !== undefined && address !== undefined && password !== undefined) {
        return { page, user: { name, address, password } };
      }
    }
    return null;
  } finally {
    clearTimeout(limit);
    lines.close();
    // What it prints later would otherwise fill the pipe and stop it.
    child.stdout.resume();
  }
}

/**
 * @typedef {object} Desktop
 * @property {NodeJS.ProcessEnv} env what Doorbell is started with
 * @property {boolean} notifications
 * @property {boolean} browser whether a browser can show the page
 * @property {string} place where notifications appear
 */

/**
 * @param {AsyncDisposableStack} parts takes what has to be closed in the end
 * @returns {Promise<Desktop>}
 */
async function chooseDesktop(parts) {
  const env = process.env;
  const own = "in a notification and in this terminal";
  const display = env["DISPLAY"];
  const seen = Boolean(display || env["WAYLAND_DISPLAY"]);
  const browser = seen && thisSystem.hasProgram("xdg-open");
  const runtime = env["XDG_RUNTIME_DIR"];
  if (env["DBUS_SESSION_BUS_ADDRESS"] || (runtime && existsSync(join(runtime, "bus")))) {
    return { env, notifications: true, browser, place: own };
  }
  if (missingPackages("demo", thisSystem).length > 0) {
    return { env, notifications: false, browser, place: "in this terminal" };
  }
  // A bare display, or none at all: Doorbell gets a session bus and a notification service of its own.
  const session = parts.use(await startDesktopSession(display ? { display } : {}));
  // The private desktop's own, and what a terminal program needs to know about its terminal.
  const { TERM, COLORTERM, NO_COLOR, LANG, LC_ALL } = env;
  const terminal = Object.entries({ TERM, COLORTERM, NO_COLOR, LANG, LC_ALL });
  return {
    env: { ...session.env, ...Object.fromEntries(terminal.filter(([, value]) => value !== undefined)) },
    notifications: true,
    browser,
    place: display
      ? own
      : "in this terminal (there is no display, so notifications are drawn on a private one that nobody sees)",
  };
}

/**
 * @param {Server} server
 * @param {Desktop} desktop
 */
function introduce({ page, user }, { place, browser }) {
  process.stdout.write(
    [
      "",
      "  Doorbell demo",
      "",
      `  A Skype for Business server runs on this machine, and Doorbell signs in to it as ${user.name}.`,
      "",
      `    1. Open ${page}${browser ? " (your browser is opening it)" : ""}`,
      `    2. Press “Invite me”.`,
      `    3. It rings ${place}.`,
      "",
      "  Ctrl-C ends everything.",
      "",
      "",
    ].join("\n"),
  );
}

/** @param {string} page */
function openPage(page) {
  const opener = spawn("xdg-open", [page], { stdio: "ignore", detached: true });
  opener.on("error", () => undefined);
  opener.unref();
}

/**
 * @param {Server} server
 * @param {Desktop} desktop
 */
function startDoorbell({ page, user }, { env, notifications }) {
  const args = ["out/main/cli.js", "watch", "--server", page, "--user", user.address];
  if (notifications) args.push("--notify");
  // On a terminal standard input is for the keys that answer, so the password goes another way.
  if (process.stdin.isTTY) {
    return spawn(process.execPath, args, {
      cwd: root,
      env: { ...env, DOORBELL_PASSWORD: user.password },
      stdio: "inherit",
    });
  }
  const child = spawn(process.execPath, [...args, "--password-stdin"], {
    cwd: root,
    env,
    stdio: ["pipe", "inherit", "inherit"],
    // It is told to end once, by `bidFarewell`; a second signal would keep it from signing out.
    detached: true,
  });
  // Left open: the end of its input would be a reason to quit.
  child.stdin?.on("error", () => undefined).write(`${user.password}\n`);
  return child;
}

/**
 * Lets a part end in good order, which for Doorbell means signing out, and kills it when it does not.
 * @param {ChildProcess} child
 */
async function bidFarewell(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), farewellMs);
  await gone;
  clearTimeout(kill);
}
