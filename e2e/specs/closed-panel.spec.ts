import { StagedWatcher } from "../../main/surfaces/tray/testing/staged-watcher.ts";
import { expect, test } from "./support/test.ts";

test.use({ ownDesktop: true });

test("closing the window where no tray is says the way back, once", async ({
  desktop,
  bell: start,
  picture,
}) => {
  test.setTimeout(120_000);
  const bell = await start();
  await bell.panel();
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  // Both have the program's name; the box is the lower one.
  const box = async () =>
    (await desktop.windows()).find(({ name, height }) => name === "Doorbell" && height < 300);
  await bell.app.closeWindow("panel");
  await expect.poll(box).toBeDefined();
  expect(await bell.app.visibleWindows()).toEqual([]);
  await picture("no-tray");

  // The way back is the one that it tells; whoever has found it is not told any longer.
  expect((await bell.app.startSecondInstance()).code).toBe(0);
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  await expect.poll(box).toBeUndefined();
  await bell.app.closeWindow("panel");
  await expect.poll(() => bell.app.visibleWindows()).toEqual([]);
  expect(await box()).toBeUndefined();
});

test("an icon without anybody to draw it is there as soon as somebody comes, and comes back with them", async ({
  desktop,
  bell: start,
}) => {
  test.setTimeout(120_000);
  const bell = await start();
  await bell.panel();
  // The icon comes after the window.
  await expect.poll(async () => (await bell.app.tray())?.entries.length ?? 0).toBeGreaterThan(0);
  const before = await bell.app.tray();
  for (let host = 0; host < 2; host++) {
    const watcher = await StagedWatcher.start(desktop.busAddress);
    await expect.poll(() => watcher.items.length, { timeout: 20_000 }).toBe(1);
    expect(await bell.app.tray()).toEqual(before);
    watcher.stop();
  }
  await bell.app.clickTray("open");
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
});
