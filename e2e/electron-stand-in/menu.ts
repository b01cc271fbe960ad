import { app } from "./app.ts";
import { imageOf, type NativeImage } from "./native-image.ts";
import { NotInStandIn, StandInEmitter, strictClass } from "./strict.ts";

type Options = Omit<Electron.MenuItemConstructorOptions, "icon" | "submenu" | "click"> & {
  icon?: NativeImage | string;
  submenu?: (Options | MenuItem)[] | Menu;
  click?: (item: MenuItem, window: unknown, event: unknown) => void;
};
type Type = Electron.MenuItem["type"];

const TYPES = new Set<string>(["normal", "separator", "submenu", "checkbox", "radio", "header", "palette"]);
/** What the roles are called and do; others are refused. */
const ROLES: Readonly<Record<string, { readonly label: string; readonly run: () => void }>> = {
  quit: { label: "Quit", run: () => app.quit() },
};

let lastCommandId = 0;
let applicationMenu: Menu | null = null;

type ItemParts =
  | "id"
  | "label"
  | "type"
  | "enabled"
  | "visible"
  | "checked"
  | "sublabel"
  | "toolTip"
  | "commandId";

/** One entry of a menu. `click` without arguments is what a person's click does. */
export class MenuItem implements Pick<Electron.MenuItem, ItemParts> {
  readonly id: string;
  readonly type: Type;
  readonly role: string | undefined;
  readonly commandId = ++lastCommandId;
  readonly submenu: Menu | undefined;
  readonly accelerator: string | null;
  readonly icon: NativeImage | undefined;
  readonly click: (event?: unknown, window?: unknown) => void;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  menu: Menu | undefined;

  constructor(options: Options) {
    const role = options.role === undefined ? undefined : ROLES[options.role];
    if (options.role !== undefined && role === undefined)
      throw new NotInStandIn(`menu role "${options.role}"`);
    if (options.submenu !== undefined)
      this.submenu =
        options.submenu instanceof Menu ? options.submenu : Menu.buildFromTemplate(options.submenu);
    this.type = options.type ?? (this.submenu ? "submenu" : "normal");
    if (!TYPES.has(this.type)) throw new Error(`Unknown menu item type: ${this.type}`);
    if (this.type === "submenu" && this.submenu === undefined) throw new Error("Invalid submenu");
    // Electron leaves it null; everything here reads it as text.
    this.id = options.id as string;
    this.role = options.role;
    this.accelerator = options.accelerator ?? null;
    this.icon = options.icon === undefined ? undefined : imageOf(options.icon);
    this.label = options.label ?? role?.label ?? "";
    this.sublabel = options.sublabel ?? "";
    this.toolTip = options.toolTip ?? "";
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = (event = {}, window) => {
      if (this.type === "checkbox") this.checked = !this.checked;
      if (this.type === "radio") for (const other of this.#group()) other.checked = other === this;
      if (role) role.run();
      else options.click?.(this, window, event);
    };
  }

  /** The radio entries next to this one, up to a separator. */
  #group(): MenuItem[] {
    const items = this.menu?.items ?? [];
    const at = items.indexOf(this);
    const before = items.slice(0, at).findLastIndex(({ type }) => type === "separator");
    const after = items.findIndex(({ type }, index) => index > at && type === "separator");
    return items.slice(before + 1, after < 0 ? items.length : after).filter(({ type }) => type === "radio");
  }
}
strictClass(MenuItem);

type MenuParts = "append" | "insert" | "getMenuItemById" | "closePopup";

/** A menu, kept for whoever clicks on it: nothing is drawn. */
export class Menu extends StandInEmitter implements Pick<Record<MenuParts, unknown>, MenuParts> {
  readonly items: MenuItem[] = [];

  constructor() {
    super(["menu-will-show", "menu-will-close"]);
  }

  static buildFromTemplate(template: readonly (Options | MenuItem)[]): Menu {
    if (!Array.isArray(template))
      throw new TypeError("Invalid template for Menu: Menu template must be an array");
    const valid = template.every((item) => "label" in item || "role" in item || item.type === "separator");
    if (!valid)
      throw new TypeError("Invalid template for MenuItem: must have at least one of label, role or type");
    const menu = new Menu();
    for (const item of withoutIdleSeparators(template))
      menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }

  insert(position: number, item: MenuItem): void {
    if (!(item instanceof MenuItem)) throw new TypeError("Invalid item");
    if (position < 0) throw new RangeError(`Position ${position} cannot be less than 0`);
    if (position > this.items.length)
      throw new RangeError(`Position ${position} cannot be greater than the total MenuItem count`);
    item.menu = this;
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found) return found;
    }
    return null;
  }

  closePopup(): void {}

  popup(): never {
    throw new NotInStandIn("Menu.popup");
  }
}

/** Adjacent separators become one; one at an edge disappears. */
function withoutIdleSeparators(template: readonly (Options | MenuItem)[]): (Options | MenuItem)[] {
  const shown = (item: Options | MenuItem | undefined): boolean =>
    item?.visible === false || item?.type !== "separator";
  return template
    .filter((item, index, all) => shown(item) || index === 0 || all[index - 1]?.type !== "separator")
    .filter((item, index, all) => shown(item) || (index !== 0 && index !== all.length - 1));
}
