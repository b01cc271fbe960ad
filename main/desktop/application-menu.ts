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
  return [
    {
      label: name,
      submenu: [
        { role: "about" },
        SEPARATOR,
        { role: "hide" },
        { role: "hideOthers" },
        { role: "unhide" },
        SEPARATOR,
        { label: `Quit ${name}`, accelerator: "Command+Q", click: quit },
      ],
    },
    {
      label: "Edit",
      submenu: [
        { role: "undo" },
        { role: "redo" },
        SEPARATOR,
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
      ],
    },
    { label: "Window", submenu: [{ role: "minimize" }, { role: "close" }] },
  ];
}
