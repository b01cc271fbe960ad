import { texts } from "../../locales/texts.ts";

/** An entry as Electron's `Menu.buildFromTemplate` takes it. */
export interface MenuEntry {
  readonly label?: string;
  readonly role?: "about" | "hide" | "hideOthers" | "unhide" | "minimize" | "close" | EditRole;
  readonly type?: "separator";
  readonly accelerator?: string;
  readonly click?: () => void;
  readonly submenu?: readonly MenuEntry[];
}

type EditRole = "undo" | "redo" | "cut" | "copy" | "paste" | "selectAll";

const SEPARATOR: MenuEntry = { type: "separator" };

/**
 * The menu of the program, in place of Electron's own, whose keys reload the pages, zoom, open the developer tools and
 * end the program. On macOS text is edited by keys only where a menu has the roles for it; elsewhere Chromium does it
 * without a menu, so there is none. Pure.
 */
export function applicationMenu(
  platform: NodeJS.Platform,
  name: string,
  quit: () => void,
): readonly MenuEntry[] | null {
  if (platform !== "darwin") return null;
  const { menu } = texts.program;
  return [
    {
      label: name,
      submenu: [
        { role: "about", label: menu.about(name) },
        SEPARATOR,
        { role: "hide", label: menu.hide(name) },
        { role: "hideOthers", label: menu.hideOthers },
        { role: "unhide", label: menu.showAll },
        SEPARATOR,
        { label: menu.quit(name), accelerator: "Command+Q", click: quit },
      ],
    },
    {
      label: menu.edit,
      submenu: [
        { role: "undo", label: menu.undo },
        { role: "redo", label: menu.redo },
        SEPARATOR,
        { role: "cut", label: menu.cut },
        { role: "copy", label: menu.copy },
        { role: "paste", label: menu.paste },
        { role: "selectAll", label: menu.selectAll },
      ],
    },
    {
      label: menu.window,
      submenu: [
        { role: "minimize", label: menu.minimize },
        { role: "close", label: menu.closeWindow },
      ],
    },
  ];
}
