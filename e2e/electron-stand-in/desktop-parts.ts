import { app } from "./app.ts";
import { NotInStandIn, StandInEmitter, strictObject } from "./strict.ts";

/** For the driver: what the program asked the desktop for. Nothing of it is done. */
export const asked = {
  opened: [] as string[],
  dialogs: [] as { readonly kind: string; readonly text: string }[],
  /** The button that the next message box answers. */
  nextButton: 0,
  shortcuts: new Map<string, () => void>(),
  clipboard: "",
};

export const shell = strictObject("shell", {
  openExternal: async (url: string): Promise<void> => void asked.opened.push(url),
  openPath: async (path: string): Promise<string> => {
    asked.opened.push(path);
    return "";
  },
  showItemInFolder: (path: string): void => void asked.opened.push(path),
  beep: (): void => {},
}) satisfies Pick<Electron.Shell, "openExternal" | "openPath" | "showItemInFolder" | "beep">;

type MessageBox = [Electron.MessageBoxOptions] | [unknown, Electron.MessageBoxOptions];

const record = (kind: string, args: MessageBox): number => {
  const options = args.length === 2 ? args[1] : args[0];
  asked.dialogs.push({ kind, text: options.message });
  return asked.nextButton;
};

export const dialog = strictObject("dialog", {
  showMessageBox: async (...args: MessageBox) => ({
    response: record("message", args),
    checkboxChecked: false,
  }),
  showMessageBoxSync: (...args: MessageBox) => record("message", args),
  showErrorBox: (title: string, content: string): void =>
    void asked.dialogs.push({ kind: "error", text: `${title}: ${content}` }),
});

export const clipboard = strictObject("clipboard", {
  writeText: async (text: string): Promise<void> => void (asked.clipboard = text),
  readText: async (): Promise<string> => asked.clipboard,
  clear: (): void => void (asked.clipboard = ""),
}) satisfies Pick<Electron.Clipboard, "writeText" | "readText" | "clear">;

function mustBeReady(part: string): void {
  if (!app.isReady()) throw new Error(`${part} cannot be used before the app is ready`);
}

export const globalShortcut = strictObject("globalShortcut", {
  register: (accelerator: string, callback: () => void): boolean => {
    mustBeReady("globalShortcut");
    if (asked.shortcuts.has(accelerator)) return false;
    asked.shortcuts.set(accelerator, callback);
    return true;
  },
  isRegistered: (accelerator: string): boolean => asked.shortcuts.has(accelerator),
  unregister: (accelerator: string): void => void asked.shortcuts.delete(accelerator),
  unregisterAll: (): void => asked.shortcuts.clear(),
}) satisfies Pick<Electron.GlobalShortcut, "register" | "isRegistered" | "unregister" | "unregisterAll">;

const DISPLAY = { x: 0, y: 0, width: 1280, height: 800 };

/** Windows stand on a real display, and this is it. In points. */
export function setDisplay(area: Electron.Rectangle): void {
  Object.assign(DISPLAY, area);
}

/** One display: of 1280 × 800 points, unless windows stand on a real one. */
export class Screen
  extends StandInEmitter
  implements
    Pick<
      Electron.Screen,
      | "getPrimaryDisplay"
      | "getAllDisplays"
      | "getDisplayNearestPoint"
      | "getDisplayMatching"
      | "getCursorScreenPoint"
    >
{
  constructor() {
    super(["display-metrics-changed", "display-added", "display-removed"]);
  }

  getPrimaryDisplay(): Electron.Display {
    mustBeReady("screen");
    const size = { width: DISPLAY.width, height: DISPLAY.height };
    const display: Partial<Electron.Display> = {
      id: 1,
      bounds: { ...DISPLAY },
      workArea: { ...DISPLAY },
      size,
      workAreaSize: size,
      scaleFactor: 1,
      rotation: 0,
      internal: false,
    };
    return strictObject("Display", display) as Electron.Display;
  }

  getAllDisplays(): Electron.Display[] {
    return [this.getPrimaryDisplay()];
  }

  getDisplayNearestPoint(): Electron.Display {
    return this.getPrimaryDisplay();
  }

  getDisplayMatching(): Electron.Display {
    return this.getPrimaryDisplay();
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
}

export const screen = new Screen();

/** On Linux the program has a notification client of its own; Electron's blocks, so it must not be touched there. */
export class Notification {
  constructor() {
    throw new NotInStandIn("Notification", "on Linux the program speaks to the notification service itself");
  }

  static isSupported(): boolean {
    throw new NotInStandIn(
      "Notification.isSupported",
      "on Linux the program speaks to the notification service itself",
    );
  }
}
