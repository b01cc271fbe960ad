/**
 * `npm run pictures`: every picture in docs/pictures, made anew from what is built anew. What a picture shows is real;
 * on the sheet of all windows only the states are written down. A problem on a page fails.
 *
 *     node build/run.mjs test build/pictures.mjs
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { startDesktopSession } from "../e2e/desktop-session/desktop-session.ts";
import { startApp } from "./demo/app.mjs";
import { openPage } from "./demo/page-window.mjs";
import { startServer } from "./demo/server.mjs";
import { missingPackages, thisSystem } from "./setup/debian-packages.mjs";
import { runToEnd } from "./process-group.mjs";
import { root } from "./setup.mjs";

const limitMs = 5 * 60_000;
/** For a page to be drawn, and for the ring to be seen as one that lasts. */
const seenMs = 3_000;
const pictures = join(root, "docs/pictures");
const windows = join(root, "out/pictures");

await run(process.execPath, ["build/bundle.mjs"]);
await run(process.execPath, ["e2e/pictures/windows.ts", windows]);
await shrink(join(windows, "all.png"), "windows.png", ["-resize", "2400x", "+dither", "-colors", "96"]);
await pictureOfApp();
await pictureOfTray();
await run(process.execPath, ["e2e/pictures/conversation-steps.ts", join(pictures, "steps.png")]);
await run(process.execPath, ["e2e/pictures/readme.ts"]);
await pictureOfDesktops();
await picturesOfServices();

/** The demo on a display of its own while somebody calls, as `npm run demo` arranges it. */
async function pictureOfApp() {
  await using parts = new AsyncDisposableStack();
  const session = parts.use(await startDesktopSession());
  const desktop = { env: session.env, display: true, own: false, notifications: true };
  const server = await startServer(parts);
  if (server === null) throw new Error("The server did not start.");
  const app = await startApp(server, desktop, parts);
  await openPage(server.page, desktop, app.free, parts);
  await app.online;
  await pause();
  const response = await fetch(new URL("_control/invitations", server.page), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      to: server.user.address,
      from: { name: "Lene Aaling", uri: "sip:lene@contoso.example" },
      subject: "Strategy for next quarter",
      message: "Hi Ada, do you have a minute?",
    }),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  await session.waitForNotification({ text: "Lene Aaling" });
  await pause();
  const file = join(windows, "app.png");
  await session.screenshot(file);
  await shrink(file, "app.png", ["+dither", "-colors", "255"]);
}

/** The icon in every state, on a light panel and below on a dark one, from the spec that tells them apart. */
async function pictureOfTray() {
  const suite = ["test", "--project=e2e", "e2e/specs/tray-states.spec.ts"];
  await run(process.execPath, ["node_modules/@playwright/test/cli.js", ...suite]);
  const folder = join(root, "test-results/pictures/tray");
  const icons = (/** @type {string} */ panel) =>
    readdirSync(folder)
      .toSorted()
      .filter((name) => name.startsWith(`${panel}-`))
      .map((name) => join(folder, name));
  const file = join(windows, "tray.png");
  const sheet = ["-filter", "point", "-resize", "300%", "-tile", "7x", "-geometry", "+6+6"];
  await run("montage", [...icons("light"), ...icons("dark"), ...sheet, "-background", "#8a929c", file]);
  await shrink(file, "tray.png", ["+dither", "-colors", "64"]);
}

/** What each whole desktop draws while somebody calls: a column for each, from the spec that checks it. */
async function pictureOfDesktops() {
  const missing = missingPackages("desktops", thisSystem).map(({ name }) => name);
  if (missing.length > 0) {
    process.stderr.write(
      `desktops.png stays as it is: it needs ${missing.join(", ")} (npm run setup -- desktops).\n`,
    );
    return;
  }
  const suite = ["test", "--config", "playwright.soak.config.ts", "--project=desktops"];
  await run(process.execPath, ["node_modules/@playwright/test/cli.js", ...suite]);
  const folder = join(root, "test-results/pictures");
  const seen = readdirSync(folder).toSorted();
  const kinds = ["window-notification", "full-screen-notification", "window-toast", "full-screen-toast"];
  const files = kinds.flatMap((kind) =>
    seen.filter((name) => /^on-(gnome|plasma|xfce)-/.test(name) && name.endsWith(`--${kind}.png`)),
  );
  const file = join(windows, "desktops.png");
  const sheet = ["-tile", "3x", "-geometry", "640x400+8+8", "-background", "#8a929c"];
  await run("montage", [...files.map((name) => join(folder, name)), ...sheet, file]);
  await shrink(file, "desktops.png", ["+dither", "-colors", "128"]);
}

/** What each notification service draws while somebody calls who has much to say, from the spec that checks them. */
async function picturesOfServices() {
  const missing = missingPackages("services", thisSystem).map(({ name }) => name);
  if (missing.length > 0) {
    process.stderr.write(
      `services/ stays as it is: it needs ${missing.join(", ")} (npm run setup -- services).\n`,
    );
    return;
  }
  const suite = ["test", "--config", "playwright.soak.config.ts", "--project=services"];
  await run(process.execPath, ["node_modules/@playwright/test/cli.js", ...suite], 4 * limitMs);
  const folder = join(root, "test-results/pictures/services");
  for (const name of readdirSync(folder).filter((one) => one.endsWith("-ring.png")))
    await shrink(join(folder, name), `services/${name.replace("-ring", "")}`, ["+dither", "-colors", "64"]);
}

/**
 * Writes a picture into docs/pictures with few colours, so that it can be kept in the repository.
 * @param {string} from
 * @param {string} name
 * @param {readonly string[]} how what ImageMagick is to do with it
 */
async function shrink(from, name, how) {
  await run("convert", [from, ...how, "-strip", `PNG8:${join(pictures, name)}`]);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
async function run(program, args, withinMs = limitMs) {
  const end = await runToEnd(program, args, { cwd: root, limitMs: withinMs, output: "stderr" });
  if (end.status === 0) return;
  process.stderr.write(`${args[0]} failed.\n`);
  process.exit(1);
}

async function pause() {
  await new Promise((resolve) => setTimeout(resolve, seenMs));
}
