/**
 * `npm run demo`: a Skype for Business server on this machine, Doorbell signed in to it, and its page to ring from.
 *
 *     node build/run.mjs demo build/demo.mjs [--for SECONDS] [--built]
 *
 * `--built` takes what is in out/ as it is. With a display it is the app, without one it is the terminal program. On a
 * bare display a desktop session is added; in the end nothing of all that is left.
 */
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startApp } from "./demo/app.mjs";
import { chooseDesktop } from "./demo/desktop.mjs";
import { openPage } from "./demo/page-window.mjs";
import { startServer } from "./demo/server.mjs";
import { startInTerminal } from "./demo/terminal.mjs";
import { versionOf } from "./electron-binary.mjs";
import { runToEnd } from "./process-group.mjs";
import { root } from "./setup.mjs";

/** @typedef {import("./demo/server.mjs").Server} Server */
/** @typedef {import("./demo/desktop.mjs").Desktop} Desktop */

const buildLimitMs = 120_000;

const { values } = parseArgs({
  options: { for: { type: "string" }, built: { type: "boolean" } },
});
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
  if (values.built !== true && !(await build())) return 1;
  const desktop = await chooseDesktop(parts);
  if (ended.aborted) return 0;
  const server = await startServer(parts);
  if (server === null) {
    process.stderr.write("The server did not start.\n");
    return 1;
  }
  const doorbell = await open(server, desktop, parts);
  if (seconds !== null) {
    const timer = setTimeout(() => ending.abort(), seconds * 1000);
    parts.defer(() => clearTimeout(timer));
  }
  const over = ended.aborted ? 0 : once(ended, "abort").then(() => 0);
  // Awaited here: what is returned unawaited would be waited for only after everything has been closed.
  return await Promise.race([over, doorbell.exited]);
}

/** Says what is wrong when it fails. */
async function build() {
  const bundle = await runToEnd(process.execPath, [join(root, "build/bundle.mjs")], {
    cwd: root,
    limitMs: buildLimitMs,
    output: "capture",
  });
  if (bundle.status !== 0) process.stderr.write(bundle.output);
  return bundle.status === 0;
}

/**
 * Starts Doorbell, opens the server's page and says what to do.
 * @param {Server} server
 * @param {Desktop} desktop
 * @param {AsyncDisposableStack} parts
 * @returns {Promise<{ exited: Promise<number> }>}
 */
async function open(server, desktop, parts) {
  if (!desktop.display) {
    introduce(server, false, inTerminal(desktop));
    return startInTerminal(server, desktop, parts);
  }
  const app = await startApp(server, desktop, parts);
  const opened = await openPage(server.page, desktop, app.free, parts);
  introduce(server, opened, onScreen(desktop), versionOf(process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? ""));
  return app;
}

/**
 * @param {Desktop} desktop
 * @returns {readonly string[]}
 */
function inTerminal({ notifications }) {
  const unseen = notifications
    ? " (there is no display, so notifications are drawn on a private one that nobody sees)"
    : "";
  return [
    `It rings in this terminal${unseen}. Press a to accept, then Enter, and write.`,
    "On the server's page you read it, and answer as the caller.",
  ];
}

/**
 * @param {Desktop} desktop
 * @returns {readonly string[]}
 */
function onScreen({ notifications }) {
  const first = notifications ? "a notification" : "a small window on top";
  return [
    `It rings in ${first}, in Doorbell's window and in the tray. Press Accept on any of them.`,
    "The conversation opens in a window of its own: write there. On the server's page you read it, and answer as the caller.",
    "With “New conversation” in Doorbell's window you call whoever has called you.",
    ...(notifications
      ? [
          "In Doorbell's settings, switch the system's notifications off: then a small window of its own rings.",
        ]
      : []),
  ];
}

/**
 * @param {Server} server
 * @param {boolean} opened whether its page is on the screen already
 * @param {readonly string[]} rings what it does then
 * @param {string | null} [electron] which Electron the app runs on; null for the terminal
 */
function introduce({ page, user }, opened, rings, electron = null) {
  const steps = [
    opened ? `The server's page is on your screen: ${page}` : `Open ${page}`,
    `Press “Invite me”.`,
    ...rings,
  ];
  process.stdout.write(
    [
      "",
      "  Doorbell demo",
      "",
      `  A Skype for Business server runs on this machine, and Doorbell signs in to it as ${user.name}.`,
      ...(electron === null ? [] : [`  It runs on ${electron}.`]),
      "",
      ...steps.map((step, index) => `    ${index + 1}. ${step}`),
      "",
      "  Ctrl-C ends everything.",
      "",
      "",
    ].join("\n"),
  );
}
