import type { Locator, Page } from "@playwright/test";

import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { CALLER, expect, test, type Bell, type UcwaServerState } from "./support/test.ts";

const SECOND = { name: "Sara Davis", uri: "sip:sara@contoso.example" };
const THIRD = { name: "Amos Krenn", uri: "sip:amos@contoso.example" };
/** As long as what appears or moves takes no click, and a little more. */
const SETTLED_MS = 700;

interface Point {
  readonly x: number;
  readonly y: number;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, SETTLED_MS));

/** Where the middle of an element is on the screen. Both windows stand without a frame here, at their bounds. */
async function onScreen(bell: Bell, role: "panel" | "toast", element: Locator): Promise<Point> {
  const box = await element.boundingBox();
  if (box === null) throw new Error("It is not drawn.");
  const bounds = await bell.app.program.evaluate(({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().endsWith(`/${wanted}.html`),
    );
    if (!window) throw new Error(`No window "${wanted}".`);
    return window.getContentBounds();
  }, role);
  return { x: bounds.x + box.x + box.width / 2, y: bounds.y + box.y + box.height / 2 };
}

const button = (page: Page, label: string, name: string): Locator =>
  page.getByRole("button", { name: `${label} ${name}` });

async function onTheToast(start: () => Promise<Bell>): Promise<Bell> {
  const bell = await (await start()).online();
  await bell.setNotifications(false);
  return bell;
}

async function states(server: { state(): Promise<UcwaServerState> }): Promise<readonly string[]> {
  return (await server.state()).invitations.map(({ state }) => state);
}

async function click(desktop: DesktopSession, { x, y }: Point): Promise<void> {
  await desktop.screen.click(x, y);
}

for (const role of ["toast", "panel"] as const) {
  test(`a double click on Decline in the ${role} declines one of two callers`, async ({
    desktop,
    server,
    bell: start,
    picture,
  }) => {
    const bell = await onTheToast(start);
    const page = await bell.app.window(role);
    await server.invite();
    await server.invite({ from: SECOND });
    await server.invite({ from: THIRD });
    await expect(page.getByRole("article")).toHaveCount(3);
    await settled();
    const first = await onScreen(bell, role, button(page, "Decline", CALLER.name));
    const second = await onScreen(bell, role, button(page, "Decline", SECOND.name));
    await desktop.screen.clickAgain(first.x, first.y, 2, 120);
    await expect(page.getByRole("article")).toHaveCount(2);
    // The others stay where they are, as long as the pointer is over them.
    expect(await onScreen(bell, role, button(page, "Decline", SECOND.name))).toEqual(second);
    await picture("declined");
    // A hurried person presses on, where the button was.
    await desktop.screen.clickAgain(first.x, first.y, 2, 120);
    await settled();
    await click(desktop, first);
    await settled();
    expect(await states(server)).toEqual(["declined", "ringing", "ringing"]);

    // When the pointer has left, there is no gap any more.
    await desktop.screen.movePointer(200, 790);
    await expect
      .poll(async () => (await onScreen(bell, role, button(page, "Decline", SECOND.name))).y)
      .toBeLessThan(second.y);
    await settled();
    await click(desktop, await onScreen(bell, role, button(page, "Decline", SECOND.name)));
    await expect(page.getByRole("article")).toHaveCount(1);
    expect(await states(server)).toEqual(["declined", "declined", "ringing"]);
  });
}

test("a click that lands as the toast appears does nothing, and half a second later it does", async ({
  desktop,
  server,
  bell: start,
}) => {
  const bell = await onTheToast(start);
  const toast = await bell.toast();
  const latest = async () => (await states(server)).at(-1);
  for (const [label, end] of [
    ["Decline", "declined"],
    ["Accept", "connected"],
    ["Hide the invitation of", "ringing"],
  ] as const)
    await test.step(label, async () => {
      const target = toast.getByRole("button", { name: new RegExp(`^${label}`) });
      // Where it comes is known from an earlier one.
      const first = await server.invite();
      await expect(target).toBeVisible();
      await expect(target).toBeEnabled();
      const place = await onScreen(bell, "toast", target);
      await server.control("POST", `invitations/${first}/cancel`);
      await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);

      await toast.evaluate(() => {
        const presses: number[] = [];
        Object.assign(globalThis, { presses });
        addEventListener("mousedown", ({ detail }) => presses.push(detail), true);
      });
      // The pointer is at work there when the toast comes up under it: the first press is a moment after that.
      const clicking = desktop.screen.clickAgain(place.x, place.y, 200, 25);
      await server.invite({ from: SECOND });
      await clicking;
      await settled();
      const presses = await toast.evaluate(() => (globalThis as unknown as { presses: number[] }).presses);
      expect(presses[0], presses.join()).toBe(1);
      expect(await latest()).toBe("ringing");
      expect(await bell.app.visibleWindows()).toEqual(["panel", "toast"]);

      await click(desktop, place);
      await expect.poll(() => bell.app.visibleWindows()).not.toContain("toast");
      await expect.poll(latest).toBe(end);
      if (label !== "Accept") return;
      await bell.app.window("conversation");
      await bell.app.closeWindow("conversation");
    });
});

test("the panel takes no click as it comes up, and every button works by keys afterwards", async ({
  desktop,
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  await server.invite();
  await expect(panel.getByRole("article")).toHaveCount(1);
  await settled();
  const accept = await onScreen(bell, "panel", button(panel, "Accept", CALLER.name));
  await bell.app.closeWindow("panel");
  await expect.poll(() => bell.app.visibleWindows()).toEqual([]);
  await bell.app.clickTray("open");
  await expect(button(panel, "Accept", CALLER.name)).toBeDisabled();
  await click(desktop, accept);
  await settled();
  expect(await states(server)).toEqual(["ringing"]);
  await expect(button(panel, "Accept", CALLER.name)).toBeEnabled();
  const window = (await desktop.windows()).find(({ name }) => name === "Doorbell");
  await desktop.screen.focus(window?.id ?? "");
  await button(panel, "Accept", CALLER.name).focus();
  await desktop.screen.pressKeys("Return");
  await expect.poll(() => states(server)).toEqual(["connected"]);
});

test("a call moves nothing in the settings under the pointer", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  await panel.getByRole("button", { name: "Settings" }).click();
  const checkbox = panel.getByLabel("Use system notifications");
  await expect(checkbox).toBeVisible();
  const before = await onScreen(bell, "panel", checkbox);
  await desktop.screen.movePointer(before.x, before.y);
  await server.invite();
  await expect(panel.getByRole("article")).toHaveCount(1);
  expect(await onScreen(bell, "panel", checkbox)).toEqual(before);
  await expect(button(panel, "Accept", CALLER.name)).toBeInViewport({ ratio: 1 });
  await picture("ringing");
  await click(desktop, before);
  await expect(checkbox).not.toBeChecked();
  expect(await states(server)).toEqual(["ringing"]);
});
