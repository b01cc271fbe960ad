import { expect, test } from "@playwright/test";
import { fileURLToPath } from "node:url";
import type { RunningProgram } from "../driver/running-program.ts";
import { privateDesktop, start } from "./support/program.ts";
import { StatusNotifierHost } from "../desktop-session/status-notifier-host.ts";

const IMAGE = fileURLToPath(new URL("../../build/icons/tray/ringing-colour-24.png", import.meta.url));

let host: StatusNotifierHost;
let program: RunningProgram;
test.beforeAll(async () => {
  host = await StatusNotifierHost.open((await privateDesktop()).busAddress);
  program = await start("idle.mjs");
  await program.evaluate(({ app }) => app.whenReady());
});
test.afterAll(async () => {
  await program.close();
  host.close();
});
test.afterEach(async () => {
  await program.evaluate(() => (globalThis as unknown as { tray?: Electron.Tray }).tray?.destroy());
  // The next test would take it for its own.
  await host.waitForNoItem();
});

/** Draws an icon with a menu, and notes what is chosen. */
async function draw(labels: readonly string[]): Promise<void> {
  await program.evaluate(
    ({ Menu, nativeImage, Tray }, { image, entries }) => {
      const main = globalThis as unknown as { tray?: Electron.Tray; chosen: string[] };
      main.chosen ??= [];
      if (main.tray === undefined || main.tray.isDestroyed()) {
        main.tray = new Tray(nativeImage.createFromPath(image));
        main.tray.on("click", () => main.chosen.push("icon"));
      }
      main.tray.setToolTip("Doorbell: 1 call");
      main.tray.setContextMenu(
        Menu.buildFromTemplate(
          entries.map((label) =>
            label === "-"
              ? { type: "separator" as const }
              : { label, enabled: label !== "Nobody rings", click: () => void main.chosen.push(label) },
          ),
        ),
      );
    },
    { image: IMAGE, entries: labels },
  );
}

const chosen = (): Promise<string[]> =>
  program.evaluate(() => (globalThis as unknown as { chosen: string[] }).chosen.splice(0));

test("the panel of a desktop is offered the icon with its picture, its tooltip and its menu", async () => {
  // docs/api/tray.md; shell/browser/ui/tray_icon_linux.cc; specifications.freedesktop.org/status-notifier-item-spec
  await draw(["Nobody rings", "-", "Accept Åsa && Bo", "Quit"]);
  const item = await host.waitForItem();
  // docs/api/native-image.md#high-resolution-image: the one with @2x beside the file is found, and the densest is offered
  expect(await item.picture()).toEqual({ width: 48, height: 48 });
  expect(await item.toolTip()).toBe("Doorbell: 1 call");
  await expect
    .poll(() => item.menu())
    .toEqual([
      { label: "Nobody rings", enabled: false, separator: false },
      { label: "", enabled: true, separator: true },
      { label: "Accept Åsa & Bo", enabled: true, separator: false },
      { label: "Quit", enabled: true, separator: false },
    ]);
});

test("a choice in the panel's menu runs that entry's function, and a click on the icon is told", async () => {
  // docs/api/menu-item.md#menuitemclick; docs/api/tray.md#event-click
  await draw(["Accept", "Decline"]);
  const item = await host.waitForItem();
  await item.choose("Decline");
  await expect.poll(chosen).toEqual(["Decline"]);
  await item.click();
  await expect.poll(chosen).toEqual(["icon"]);
});

test("a menu that is set anew, and after another picture, is the one that the panel shows", async () => {
  // docs/api/tray.md: "On Linux in order for changes made to individual MenuItems to take effect, you have to call
  // setContextMenu again"
  await draw(["Accept"]);
  const item = await host.waitForItem();
  await expect.poll(async () => (await item.menu()).map(({ label }) => label)).toEqual(["Accept"]);
  await program.evaluate(
    ({ nativeImage }, image) =>
      (globalThis as unknown as { tray: Electron.Tray }).tray.setImage(nativeImage.createFromPath(image)),
    IMAGE.replace("ringing", "available"),
  );
  await draw(["Open", "Quit"]);
  await expect.poll(async () => (await item.menu()).map(({ label }) => label)).toEqual(["Open", "Quit"]);
  await item.choose("Quit");
  await expect.poll(chosen).toEqual(["Quit"]);
});

test("a destroyed icon leaves the panel", async () => {
  // docs/api/tray.md#traydestroy
  await draw(["Quit"]);
  await host.waitForItem();
  await program.evaluate(() => (globalThis as unknown as { tray: Electron.Tray }).tray.destroy());
  await host.waitForNoItem();
});
