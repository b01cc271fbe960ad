import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { ADDRESS, expect, test, type Bell } from "./support/test.ts";

// The keys of Electron's default menu, and what else browsers do by keys.
const KEYS = [
  "ctrl+q",
  "ctrl+r",
  "ctrl+shift+r",
  "F5",
  "ctrl+shift+i",
  "F12",
  "F11",
  "ctrl+w",
  "ctrl+plus",
  "ctrl+shift+equal",
  "ctrl+minus",
  "alt+F10",
  "Alt_L",
];

/** What no key may change: the pages are the same documents, at their own size, and no tools are open. */
async function facts(bell: Bell): Promise<unknown> {
  return await bell.app.program.evaluate(async ({ BrowserWindow, Menu }) => ({
    menu: Menu.getApplicationMenu() === null,
    windows: await Promise.all(
      BrowserWindow.getAllWindows().map(async (window) => ({
        url: window.webContents.getURL(),
        since: (await window.webContents.executeJavaScript("performance.timeOrigin")) as number,
        zoom: window.webContents.getZoomFactor(),
        tools: window.webContents.isDevToolsOpened(),
        menuBar: window.isMenuBarVisible(),
        fullScreen: window.isFullScreen(),
        visible: window.isVisible(),
      })),
    ),
  }));
}

async function focusWindow(desktop: DesktopSession, name: RegExp): Promise<void> {
  const window = (await desktop.windows()).find((one) => name.test(one.name));
  if (!window) throw new Error(`No window ${name}.`);
  await desktop.screen.focus(window.id);
}

test("no key ends the bell, reloads a window, opens tools, zooms or shows a menu, and a kept zoom is gone", async ({
  desktop,
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  await bell.setNotifications(false);
  await server.invite();
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel", "toast"]);
  await focusWindow(desktop, /^Doorbell$/);
  const before = await facts(bell);
  expect(before).toMatchObject({ menu: true });
  for (const key of KEYS) {
    await desktop.screen.pressKeys(key);
    expect(await facts(bell), key).toEqual(before);
  }
  // A key that was taken is seen by the page, so the keys did reach it.
  const panel = await bell.panel();
  await panel.evaluate(() => {
    document.addEventListener("keydown", ({ key }) => (document.title = `Pressed ${key}`));
  });
  await desktop.screen.pressKeys("ctrl+r");
  await expect.poll(() => panel.title()).toBe("Pressed r");

  // A zoom that an earlier run has kept.
  await bell.app.program.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) webContents.setZoomFactor(2);
  });
  await bell.app.reloadRenderer("panel");
  const zooms = () =>
    bell.app.program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getZoomFactor()),
    );
  await expect.poll(zooms).toEqual([1, 1]);
  await expect((await bell.toast()).getByRole("button", { name: /^Accept/ })).toBeInViewport({ ratio: 1 });
});

test.describe("on the sign-in page of the organisation", () => {
  test.use({ serverOptions: ["--grant", "urn:microsoft.rtc:passive"] });

  test("text is copied and pasted by keys, and the other keys do nothing", async ({
    desktop,
    bell: start,
  }) => {
    const bell = await start();
    await bell.signIn("");
    const page = await bell.app.webPage("/adfs/ls/");
    await expect.poll(async () => (await bell.app.webWindows())[0]?.visible).toBe(true);
    await focusWindow(desktop, /sign-in page/);
    const name = page.getByLabel("User name");
    await name.fill(ADDRESS);
    await name.focus();
    await desktop.screen.pressKeys("ctrl+a", "ctrl+c", "End", "ctrl+v");
    await expect(name).toHaveValue(`${ADDRESS}${ADDRESS}`);
    const before = await facts(bell);
    for (const key of KEYS) {
      await desktop.screen.pressKeys(key);
      expect(await facts(bell), key).toEqual(before);
    }
    await expect(name).toHaveValue(`${ADDRESS}${ADDRESS}`);
  });
});
