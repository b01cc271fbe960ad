import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import type { TrayIconStyle } from "../../../preload/contract.ts";
import {
  changeSystem,
  startSystem,
  type PretendedSystem,
} from "../../testing/electron-double/pretended-system.ts";
import { trays } from "../../testing/electron-double/tray-double.ts";
import type { TrayCommand, TrayImage } from "./tray-model.ts";
import { openTray } from "./tray.electron.ts";

const images = fileURLToPath(new URL("../../../build/icons/tray", import.meta.url));
const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const PICTURES: readonly TrayImage[] = [
  ...(["ringing", "ringing2", "needsYou", "offline", "connecting", "quiet", "available"] as const),
  ...DIGITS.map((count) => `missed${count}` as const),
  "missedMany",
];

function open(
  platform: "win32" | "darwin",
  style: TrayIconStyle = "auto",
  over: Partial<PretendedSystem> = {},
) {
  startSystem({ platform, ...over });
  let opened = 0;
  const port = openTray({
    images,
    platform,
    host: () => "unknown",
    style: () => style,
    open: () => (opened += 1),
  });
  const [icon] = trays;
  if (port === null || icon === undefined) throw new Error("There is no icon.");
  return { port, icon, opened: () => opened };
}

describe("the icon in the tray", () => {
  it.each([
    ["light on a dark taskbar", "win32", "auto", { darkTaskbar: true }, "light"],
    ["dark on a light taskbar", "win32", "auto", {}, "dark"],
    ["dark on a light taskbar below dark windows", "win32", "auto", { darkWindows: true }, "dark"],
    [
      "light with dark windows, where Electron knows only these",
      "win32",
      "auto",
      { electron: 33, darkWindows: true },
      "light",
    ],
    ["dark with light windows, where Electron knows only these", "win32", "auto", { electron: 33 }, "dark"],
    ["dark as wished on a dark taskbar", "win32", "dark", { darkTaskbar: true }, "dark"],
    ["light as wished on a light taskbar", "win32", "light", {}, "light"],
    ["coloured as wished", "win32", "colour", {}, "colour"],
    ["light as wished in any menu bar", "darwin", "light", {}, "light"],
    ["coloured as wished in any menu bar", "darwin", "colour", {}, "colour"],
  ] as const)("is %s (%s)", (_name, platform, style, over, shade) => {
    const { port, icon } = open(platform, style, over);
    port.setImage("available");
    expect([icon.image.file, icon.image.isTemplateImage()]).toEqual([`available-${shade}-16.png`, false]);
  });

  it.each([true, false])(
    "is a template that macOS colours to suit the menu bar, dark or not (%s)",
    (dark) => {
      const { port, icon } = open("darwin", "auto", { darkTaskbar: dark, darkWindows: dark });
      expect([icon.image.file, icon.image.isTemplateImage()]).toEqual(["offline-dark-16.png", true]);
      port.setImage("available");
      expect([icon.image.file, icon.image.isTemplateImage()]).toEqual(["available-dark-16.png", true]);
    },
  );

  it("asks for the colour of the taskbar each time that it is drawn", () => {
    const { port, icon } = open("win32");
    changeSystem({ darkTaskbar: true });
    port.setImage("missed1");
    expect(icon.image.file).toBe("missed1-light-16.png");
  });

  it.each(["win32", "darwin"] as const)("has a picture for everything that it can say on %s", (platform) => {
    for (const style of ["auto", "light", "dark", "colour"] as const) {
      for (const darkTaskbar of [true, false]) {
        const { port, icon } = open(platform, style, { darkTaskbar });
        for (const picture of PICTURES) {
          port.setImage(picture);
          expect(icon.image.isEmpty(), icon.image.file).toBe(false);
        }
      }
    }
  });

  it("opens the program by a click, and is gone when the program is", () => {
    const { port, icon, opened } = open("win32");
    expect(icon.image.file).toBe("offline-dark-16.png");
    icon.emit("click");
    expect(opened()).toBe(1);
    port.destroy();
    expect(trays).toEqual([]);
  });

  it("shows its text and a menu whose entries do what they say", () => {
    const { port, icon } = open("win32");
    const chosen: TrayCommand[] = [];
    port.setToolTip("Doorbell: Lena Park");
    port.setMenu(
      [
        { type: "text", id: "status", label: "Park & Ritter" },
        { type: "separator" },
        {
          type: "menu",
          id: "quietFor",
          label: "Quiet",
          items: [{ type: "command", id: "open", label: "For ever", command: { type: "open" } }],
        },
        { type: "command", id: "quit", label: "Quit", command: { type: "quit" } },
      ],
      (command) => chosen.push(command),
    );
    expect(icon.toolTip).toBe("Doorbell: Lena Park");
    expect(icon.menu?.items.map(({ type, label, enabled }) => [type, label, enabled])).toEqual([
      // One & would be an underline, and text is nothing to choose.
      ["normal", "Park && Ritter", false],
      ["separator", "", true],
      ["normal", "Quiet", true],
      ["normal", "Quit", true],
    ]);
    for (const item of icon.menu?.items ?? []) for (const one of item.submenu?.items ?? [item]) one.click();
    expect(chosen).toEqual([{ type: "open" }, { type: "quit" }]);
  });
});
