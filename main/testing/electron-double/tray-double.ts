import { existsSync } from "node:fs";
import { basename } from "node:path";

import { forgetAtStart, pretended, whereItExists } from "./pretended-system.ts";
import { DoubleEmitter, refuseSubclass, strictClass, strictObject } from "./unknown-members.ts";

/** `NativeImage`: a file and whether macOS colours it. One that is not there makes an empty image, as in Electron. */
export class NativeImageDouble implements Pick<
  Electron.NativeImage,
  "isEmpty" | "isTemplateImage" | "setTemplateImage"
> {
  /** The name of its file. */
  readonly file: string;
  readonly #empty: boolean;
  #template = false;

  constructor(path: string) {
    this.file = basename(path);
    this.#empty = !existsSync(path);
  }

  isEmpty(): boolean {
    return this.#empty;
  }

  isTemplateImage(): boolean {
    return this.#template;
  }

  setTemplateImage(option: boolean): void {
    this.#template = option;
  }
}
strictClass("NativeImage", NativeImageDouble);

export const nativeImageDouble = strictObject("nativeImage", {
  createFromPath: (path: string): NativeImageDouble => new NativeImageDouble(path),
});

/** An entry of a menu, as its template says. */
export class MenuItemDouble {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly submenu: MenuDouble | null;
  readonly #click: (() => void) | null;

  constructor({ id = "", label = "", type = "normal", enabled = true, click, submenu }: MenuTemplate) {
    this.id = id;
    this.label = label;
    this.type = type;
    this.enabled = enabled;
    this.submenu = submenu ? MenuDouble.buildFromTemplate(submenu) : null;
    this.#click = click ?? null;
  }

  /** A person chooses it. */
  click(): void {
    if (this.enabled) this.#click?.();
  }
}
strictClass("MenuItem", MenuItemDouble);

type MenuTemplate = Pick<Electron.MenuItemConstructorOptions, "id" | "label" | "type" | "enabled"> & {
  readonly click?: () => void;
  readonly submenu?: readonly MenuTemplate[];
};

export class MenuDouble {
  readonly items: MenuItemDouble[] = [];

  constructor() {
    refuseSubclass(new.target, MenuDouble);
  }

  static buildFromTemplate(template: readonly MenuTemplate[]): MenuDouble {
    const menu = new MenuDouble();
    menu.items.push(...template.map((item) => new MenuItemDouble(item)));
    return menu;
  }
}
strictClass("Menu", MenuDouble);

/** The icons that are in the tray, oldest first. */
export const trays: TrayDouble[] = [];
forgetAtStart(() => {
  trays.length = 0;
  nativeThemeDouble.removeAllListeners();
});

/** `Tray`, with what was last drawn on it. */
export class TrayDouble extends DoubleEmitter {
  image: NativeImageDouble;
  toolTip = "";
  menu: MenuDouble | null = null;
  #destroyed = false;

  constructor(image: NativeImageDouble) {
    super("Tray", ["click"]);
    refuseSubclass(new.target, TrayDouble);
    this.image = image;
    trays.push(this);
  }

  setImage(image: NativeImageDouble): void {
    this.#expectAlive();
    this.image = image;
  }

  setToolTip(toolTip: string): void {
    this.#expectAlive();
    this.toolTip = toolTip;
  }

  setContextMenu(menu: MenuDouble | null): void {
    this.#expectAlive();
    this.menu = menu;
  }

  destroy(): void {
    this.#destroyed = true;
    trays.splice(trays.indexOf(this), 1);
  }

  #expectAlive(): void {
    if (this.#destroyed) throw new TypeError("Tray is destroyed");
  }
}
strictClass("Tray", TrayDouble);

class NativeThemeDouble
  extends DoubleEmitter
  implements Pick<Electron.NativeTheme, "shouldUseDarkColors" | "shouldUseDarkColorsForSystemIntegratedUI">
{
  constructor() {
    super("nativeTheme", ["updated"]);
  }

  get shouldUseDarkColors(): boolean {
    return pretended().darkWindows;
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return whereItExists("nativeTheme.shouldUseDarkColorsForSystemIntegratedUI", pretended().darkTaskbar);
  }
}
strictClass("nativeTheme", NativeThemeDouble);

export const nativeThemeDouble = new NativeThemeDouble();
