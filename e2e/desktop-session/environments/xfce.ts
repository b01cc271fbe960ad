import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { drawnBy, type DrawnElement } from "../accessibility.ts";
import { poll } from "../processes/poll.ts";
import { xfcePrograms, type XfcePrograms } from "../required-programs.ts";
import type { DrawnWindow } from "../screen.ts";
import type { SessionProcess } from "../processes/session-processes.ts";
import { RegisteredItems, type OfferedEntry, type OfferedItem } from "../status-notifier-host.ts";
import { TRAY_WATCHER, type EnvironmentParts } from "./environment.ts";

const PANEL = "xfce4-panel";
/** The process that draws the tray for the panel; its menus are windows with this name. */
const TRAY_WINDOW = "wrapper-2.0";
const PANEL_HEIGHT = 30;

/** What the theme and the font of this desktop make of a menu, in pixels. */
const MENU = { shadow: 5, border: 1, row: 25, separator: 3 } as const;

/** Xfce's window manager, and its panel with a list of windows and the tray, along the lower edge of the screen. */
export class XfceDesktop {
  readonly #parts: EnvironmentParts;
  readonly #programs: XfcePrograms;
  #panel: SessionProcess | null = null;
  #items: RegisteredItems | null = null;

  private constructor(parts: EnvironmentParts, programs: XfcePrograms) {
    this.#parts = parts;
    this.#programs = programs;
  }

  /** Resolves when the windows have frames and the tray takes icons. */
  static async start(parts: EnvironmentParts): Promise<XfceDesktop> {
    const desktop = new XfceDesktop(parts, xfcePrograms());
    const { folder, processes, height, width } = parts;
    const settings = join(folder.home, ".config/xfce4/xfconf/xfce-perchannel-xml");
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, "xfce4-panel.xml"), panelSettings(width, height));
    await processes.start(desktop.#programs.windowManager, ["--compositor=off"]);
    await desktop.startPanel();
    return desktop;
  }

  async startPanel(): Promise<void> {
    const { processes, control } = this.#parts;
    this.#panel = await processes.start(this.#programs.panel, ["--disable-wm-check"]);
    await control().waitForOwner(TRAY_WATCHER, true);
  }

  /** Afterwards nobody draws icons here. */
  async killPanel(): Promise<void> {
    await this.#panel?.kill();
    await this.#parts.control().waitForOwner(TRAY_WATCHER, false);
  }

  /** Makes the panel dark, or as light as the theme. */
  async setDark(dark: boolean): Promise<void> {
    const property = ["--channel", "xfce4-panel", "--property", "/panels/dark-mode"];
    const value = ["--create", "--type", "bool", "--set", String(dark)];
    await this.#parts.processes.run(this.#programs.settings, [...property, ...value]);
  }

  close(): void {
    this.#items?.close();
    this.#items = null;
  }

  /** Where the tray draws its icons; so narrow that there is room for none when it has none. */
  async tray(): Promise<DrawnElement> {
    return await poll("Xfce's panel did not come up", async () => {
      const [panel] = await drawnBy(PANEL, await this.#parts.accessibilityBus());
      // The panel knows of the tray that another process draws only where it is: the last of its plugins.
      return panel?.children[0]?.children.at(-1);
    });
  }

  /** Waits for the icon of a program, and resolves to it as the panel was told of it. */
  async icon(): Promise<OfferedItem> {
    return await poll("No icon was offered", async () => {
      this.#items ??= await RegisteredItems.open(this.#parts.folder.busAddress);
      return (await this.#items.now()).at(-1);
    });
  }

  /** Presses the first mouse button on the icon. */
  async clickIcon(): Promise<void> {
    const { x, y, width, height } = await this.tray();
    await this.#parts.screen.click(x + width / 2, y + height / 2);
  }

  /** Opens the icon's menu with the second mouse button, and resolves to the window that shows it. */
  async openMenu(): Promise<DrawnWindow> {
    const { x, y, width, height } = await this.tray();
    await this.#parts.screen.clickSecond(x + width / 2, y + height / 2);
    return await poll("No menu came up", async () =>
      (await this.#parts.screen.windows()).find((window) => window.name === TRAY_WINDOW && window.x >= 0),
    );
  }

  /** Moves the pointer onto an entry of the open menu and presses it. */
  async clickInMenu(menu: DrawnWindow, label: string): Promise<void> {
    const entries = await (await this.icon()).menu();
    const index = entries.findIndex((entry) => entry.label === label && entry.enabled);
    if (index < 0) throw new Error(`No entry "${label}" among ${JSON.stringify(entries)}.`);
    const above = entries.slice(0, index).reduce((sum, entry) => sum + heightOf(entry), 0);
    const top = menu.y + MENU.shadow + MENU.border;
    await this.#parts.screen.click(menu.x + menu.width / 2, top + above + MENU.row / 2);
  }
}

function heightOf({ separator }: OfferedEntry): number {
  return separator ? MENU.separator : MENU.row;
}

function panelSettings(width: number, height: number): string {
  const middle = `p=8;x=${width / 2};y=${height - PANEL_HEIGHT / 2}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="${middle}"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="${PANEL_HEIGHT}"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="systray"/>
  </property>
</channel>
`;
}
