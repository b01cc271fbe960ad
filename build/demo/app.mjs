/**
 * The app in the demo: on a display, with a folder for its data that is thrown away, signed in through its own form.
 */
import { launch } from "../../e2e/driver/launch.ts";
import { fillSignIn } from "../../e2e/driver/sign-in-form.ts";
import { root } from "../setup.mjs";

/** @typedef {import("./server.mjs").Server} Server */
/** @typedef {import("./desktop.mjs").Desktop} Desktop */
/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {{ x: number, y: number, width: number, height: number }} Area */

const panelLimitMs = 20_000;
const pollMs = 50;
/** The panel's size, and the room that notifications and the toast take above it, in points. */
const panel = { width: 400, height: 620, least: 360 };
const gap = 12;
const forNotifications = 220;

/**
 * Starts it. The password goes from this process into the form's field and is kept nowhere.
 * @param {Server} server
 * @param {Desktop} desktop
 * @param {AsyncDisposableStack} parts takes what has to be closed in the end
 * @returns {Promise<{ exited: Promise<number>, online: Promise<void>, free: Area }>} `free`: the screen beside it
 */
export async function startApp({ page: url, user }, desktop, parts) {
  const program = await launch({ program: root, env: desktop.env });
  parts.defer(async () => {
    await program.close();
  });
  const page = await panelOf(program);
  const screen = await page.evaluate(() => ({
    width: window.screen.availWidth,
    height: window.screen.availHeight,
  }));
  const { bounds, free } = arrange(screen);
  await program.evaluate(({ BrowserWindow }, place) => {
    const window = BrowserWindow.getAllWindows().find((one) =>
      one.webContents.getURL().endsWith("/panel.html"),
    );
    window?.setBounds(place);
  }, bounds);
  await fillSignIn(page, {
    address: user.address.replace("sip:", ""),
    password: user.password,
    server: url,
    // It may be the user's own keychain.
    remember: false,
  });
  const online = page.getByRole("heading", { name: "Online" }).waitFor();
  // Whoever wants to know that it failed awaits it.
  online.catch(() => undefined);
  return { exited: program.exited.then(({ code }) => code ?? 1), online, free };
}

/**
 * The panel to the right, below where notifications appear; the rest of the screen to its left is free.
 * @param {{ width: number, height: number }} screen
 * @returns {{ bounds: Area, free: Area }}
 */
function arrange({ width, height }) {
  const y = Math.max(gap, Math.min(forNotifications, height - panel.least - gap));
  const size = { width: panel.width, height: Math.min(panel.height, height - y - gap) };
  const x = Math.max(0, width - size.width - gap);
  return {
    bounds: { x, y, ...size },
    free: {
      x: gap,
      y: gap,
      width: Math.max(480, Math.min(1000, x - 2 * gap)),
      height: Math.min(900, height - 2 * gap),
    },
  };
}

/**
 * @param {import("../../e2e/driver/running-program.ts").RunningProgram} program
 * @returns {Promise<Page>}
 */
async function panelOf(program) {
  const deadline = Date.now() + panelLimitMs;
  for (;;) {
    const page = program.pages().find((one) => one.url().endsWith("/panel.html"));
    if (page !== undefined) return page;
    if (Date.now() > deadline)
      throw new Error(`The app opened no window. It wrote: ${program.output().slice(-1_000)}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
