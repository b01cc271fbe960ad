import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PanelBridge } from "../../preload/contract.ts";
import { CALLER, expect, test, type UcwaServerState } from "./support/test.ts";
import { typeWhile } from "./support/typing.ts";

// Xfce's own window manager and panel, where the other specs have bare windows and a host that they stage.
test.use({ desktopOptions: { environment: "xfce" } });

/** Where the buttons of a toast are, below what is typed into a window that fills the screen. */
const BUTTONS = { x: 900, y: 110, width: 360, height: 40 };

async function states(server: { state(): Promise<UcwaServerState> }): Promise<readonly string[]> {
  return (await server.state()).invitations.map(({ state }) => state);
}

test("the icon rings in the panel, answers from its menu, and comes back with a panel that had gone", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  test.setTimeout(120_000);
  const { xfce, screen } = desktop;
  const corner = { x: 1280 - 24, y: 800 - 30, width: 24, height: 30 };
  const look = async () => {
    await screen.movePointer(640, 400);
    return await screen.pixels(corner);
  };
  const bare = await look();
  // The desktops of the tests want nothing to move; this once it may.
  const toolkit = join(desktop.home, ".config/gtk-3.0/settings.ini");
  const still = readFileSync(toolkit, "utf8");
  writeFileSync(toolkit, still.replace("gtk-enable-animations=0", "gtk-enable-animations=1"));

  const bell = await start();
  await bell.panel();
  await expect.poll(async () => (await xfce.icon()).toolTip()).toBe("Doorbell: Signed out");
  await expect.poll(look).not.toBe(bare);
  const signedOut = await look();
  await bell.online();
  await expect.poll(look).not.toBe(signedOut);
  const online = await look();
  expect(online).not.toBe(bare);

  await server.invite();
  await expect.poll(async () => (await xfce.icon()).toolTip()).toBe(`Doorbell: ${CALLER.name} is ringing`);
  await expect.poll(look).not.toBe(online);
  expect([bare, signedOut]).not.toContain(await look());
  const menu = await xfce.openMenu();
  await picture("menu");
  // The bell swings on, and the menu stays: nothing in it changes.
  for (const frame of [/^ringing2-/, /^ringing-/])
    await expect.poll(async () => (await bell.app.tray())?.image, { intervals: [100] }).toMatch(frame);
  await xfce.clickInMenu(menu, `Accept ${CALLER.name}`);
  await expect.poll(() => states(server)).toEqual(["connected"]);
  await expect.poll(look).toBe(online);
  await bell.app.window("conversation");
  await bell.app.closeWindow("conversation");

  await bell.app.messageBoxes();
  await test.step("closed with the panel there", async () => {
    await bell.app.closeWindow("panel");
    await expect.poll(() => screen.programWindows("Doorbell")).toHaveLength(1);
    await screen.pressKeys("Return");
    await expect.poll(() => screen.programWindows("Doorbell")).toEqual([]);
    await xfce.clickIcon();
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  });
  await test.step("closed when the panel has gone", async () => {
    await xfce.killPanel();
    // The program learns of it a moment later than this test.
    await expect(async () => {
      await bell.app.clickTray("open");
      await bell.app.closeWindow("panel");
      await expect.poll(() => screen.programWindows("Doorbell"), { timeout: 1_000 }).toHaveLength(1);
    }).toPass({ timeout: 15_000 });
    await picture("no-panel");
    await screen.pressKeys("Return");
    expect((await bell.app.messageBoxes()).map(({ detail }) => detail)).toEqual([
      "To open this window again, click the bell in the tray.",
      "No tray was found here. To open this window again, start Doorbell again.",
    ]);
  });
  await test.step("the panel comes back, and the icon with it", async () => {
    await xfce.startPanel();
    await expect.poll(look, { timeout: 15_000 }).toBe(online);
    await xfce.clickIcon();
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  });
});

test("the toast takes no key from the window that is typed into, and is seen above one that fills the screen", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  test.setTimeout(120_000);
  const bell = await (await start()).online();
  await bell.setNotifications(false);
  await bell.app.closeWindow("panel");
  await expect.poll(() => desktop.screen.programWindows("Doorbell")).toHaveLength(1);
  await desktop.screen.pressKeys("Return");

  for (const fullScreen of [false, true]) {
    await using work = await desktop.openWorkWindow({ fullScreen });
    const before = await desktop.screen.pixels(BUTTONS);
    let id = "";
    const typed = await typeWhile(desktop.screen, async () => {
      id = await server.invite();
      await expect.poll(() => bell.app.visibleWindows()).toEqual(["toast"]);
      await expect((await bell.toast()).getByRole("article")).toContainText(CALLER.name);
      await expect.poll(() => desktop.screen.pixels(BUTTONS)).not.toBe(before);
    });
    await expect.poll(() => work.typed()).toBe(typed);
    await picture(fullScreen ? "full-screen" : "window");
    await server.control("POST", `invitations/${id}/cancel`);
    await expect.poll(() => desktop.screen.pixels(BUTTONS)).toBe(before);
  }
});

test("whoever answers a call of the person's takes no key from the window that is typed into by then", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  test.setTimeout(120_000);
  const bell = await (await start()).online();
  await server.control("PUT", "switches", { callees: "ignore" });
  const panel = await bell.panel();
  await panel.evaluate(() =>
    (globalThis as unknown as { doorbell: PanelBridge }).doorbell.call({
      to: "ola@fabrikam.example",
      subject: "",
      message: "Hi",
      importance: "Normal",
    }),
  );
  const call = async () =>
    ((await server.control("GET", "state")) as { readonly outgoing: readonly { readonly id: string }[] })
      .outgoing[0];
  await expect.poll(call).toBeDefined();
  await using work = await desktop.openWorkWindow();
  const typed = await typeWhile(desktop.screen, async () => {
    await server.control("POST", `outgoing/${(await call())?.id ?? ""}/answer`, {});
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["conversation", "panel"]);
  });
  await expect.poll(() => work.typed()).toBe(typed);
  await picture("answered");
});
