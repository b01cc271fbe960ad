import { join } from "node:path";
import {
  Menu,
  nativeImage,
  nativeTheme,
  Tray,
  type MenuItemConstructorOptions,
  type NativeImage,
  type NativeTheme,
} from "electron";

import type { TrayIconStyle } from "../../../preload/contract.ts";
import type { TrayHost } from "./tray-host.ts";
import type { TrayCommand, TrayImage, TrayItem } from "./tray-model.ts";
import type { TrayPort } from "./tray-surface.ts";

export interface ElectronTrayOptions {
  /** The folder of the tray images. */
  readonly images: string;
  readonly platform: NodeJS.Platform;
  readonly style: () => TrayIconStyle;
  /** Whether anybody would draw an icon that is made now. */
  readonly host: () => TrayHost;
  /** A click on the icon, where the system tells it apart from opening the menu. */
  readonly open: () => void;
}

export interface ElectronTrayPort extends TrayPort {
  /** To be called when the host of icons has changed. */
  hostChanged(): void;
}

/** The icon in the tray, or null where the system has none to offer. */
export function openTray(options: ElectronTrayOptions): ElectronTrayPort | null {
  let drawn: TrayImage = "offline";
  let hadHost = false;
  const make = (): Tray => {
    hadHost = options.host() === "present";
    const made = new Tray(imageOf(drawn, options));
    made.on("click", options.open);
    return made;
  };
  let tray: Tray;
  try {
    tray = make();
  } catch {
    return null;
  }
  let drawnToolTip = "";
  let drawnMenu = new Menu();
  return {
    setImage: (image) => {
      drawn = image;
      tray.setImage(imageOf(image, options));
    },
    setToolTip: (toolTip) => {
      drawnToolTip = toolTip;
      tray.setToolTip(toolTip);
    },
    setMenu: (items, choose) => {
      // A menu of its own each time: on Linux a change within one is not seen.
      const menu = Menu.buildFromTemplate(items.map((item) => templateOf(item, choose)));
      drawnMenu = menu;
      tray.setContextMenu(menu);
    },
    hostChanged: () => {
      // Electron looks for a host once. Only an icon that found one then finds the next one by itself.
      if (hadHost || options.host() !== "present") return;
      tray.destroy();
      tray = make();
      tray.setToolTip(drawnToolTip);
      tray.setContextMenu(drawnMenu);
    },
    destroy: () => tray.destroy(),
  };
}

function templateOf(item: TrayItem, choose: (command: TrayCommand) => void): MenuItemConstructorOptions {
  if (item.type === "separator") return { type: "separator" };
  // A single & would underline what follows it.
  const named = { id: item.id, label: item.label.replaceAll("&", "&&") };
  switch (item.type) {
    case "text":
      return { ...named, enabled: false };
    case "menu":
      return { ...named, submenu: item.items.map((one) => templateOf(one, choose)) };
    case "command":
      return { ...named, click: () => choose(item.command) };
  }
}

function imageOf(name: TrayImage, options: ElectronTrayOptions): NativeImage {
  const image = nativeImage.createFromPath(join(options.images, fileName(name, options)));
  // macOS colours a template itself, to suit the menu bar.
  if (options.platform === "darwin" && options.style() === "auto") image.setTemplateImage(true);
  return image;
}

function fileName(name: TrayImage, { platform, style }: ElectronTrayOptions): string {
  return `${name}-${shadeOf(style(), platform)}-${platform === "linux" ? 24 : 16}.png`;
}

function shadeOf(style: TrayIconStyle, platform: NodeJS.Platform): Exclude<TrayIconStyle, "auto"> {
  if (style !== "auto") return style;
  if (platform === "darwin") return "dark";
  if (platform === "win32") return taskbarIsDark() ? "light" : "dark";
  // Linux does not tell the colour of a panel.
  return "colour";
}

/** Before Electron 35 only the colour of windows is known, which most people set together with that of the taskbar. */
function taskbarIsDark(): boolean {
  const { shouldUseDarkColorsForSystemIntegratedUI: isDark }: Partial<NativeTheme> = nativeTheme;
  return isDark ?? nativeTheme.shouldUseDarkColors;
}
