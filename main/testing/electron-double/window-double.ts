import { forgetAtStart, pretended } from "./pretended-system.ts";
import { DoubleEmitter, refuseSubclass, strictClass, strictObject } from "./unknown-members.ts";

let lastId = 0;

/** `WebContents` of a window: what was sent to its page. */
export class WebContentsDouble
  extends DoubleEmitter
  implements Pick<Electron.WebContents, "id" | "send" | "forcefullyCrashRenderer">
{
  readonly id: number;
  readonly sent: { readonly channel: string; readonly payload: unknown }[] = [];

  constructor() {
    super("WebContents", ["render-process-gone", "dom-ready"]);
    lastId += 1;
    this.id = lastId;
  }

  send(channel: string, payload: unknown): void {
    this.sent.push({ channel, payload });
  }

  forcefullyCrashRenderer(): void {
    this.emit("render-process-gone", {}, { reason: "killed", exitCode: 1 });
  }
}
strictClass("WebContents", WebContentsDouble);

/** The windows that are there, oldest first. */
export const windows: BrowserWindowDouble[] = [];
/** Whether the program has its icon in the Dock of macOS. */
export const dock = { visible: true };
forgetAtStart(() => {
  windows.length = 0;
  dock.visible = true;
});

/** `BrowserWindow`: how it was made and where it stands. */
export class BrowserWindowDouble
  extends DoubleEmitter
  implements
    Pick<
      Electron.BrowserWindow,
      | "destroy"
      | "focus"
      | "getBounds"
      | "hide"
      | "isDestroyed"
      | "isFocused"
      | "isMinimized"
      | "isVisible"
      | "loadURL"
      | "setAlwaysOnTop"
      | "setBounds"
      | "setVisibleOnAllWorkspaces"
      | "show"
      | "showInactive"
    >
{
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new WebContentsDouble();
  /** Among the windows that lie over one another: `screen-saver` is over everything that is not the system's own. */
  level = "normal";
  /** On every desktop of macOS or Linux, over full-screen programs too. */
  everywhere = false;
  bounds: Partial<Electron.Rectangle>;
  url = "";
  #visible: boolean;
  #focused = false;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super("BrowserWindow", ["unresponsive", "session-end", "show", "restore", "focus", "close", "closed"]);
    refuseSubclass(new.target, BrowserWindowDouble);
    this.options = options;
    const { x, y, width = 800, height = 600 } = options;
    this.bounds = { width, height, ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) };
    this.#visible = options.show ?? true;
    windows.push(this);
  }

  static getAllWindows(): BrowserWindowDouble[] {
    return [...windows];
  }

  async loadURL(url: string): Promise<void> {
    this.url = url;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isMinimized(): boolean {
    return false;
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    this.#visible = true;
  }

  focus(): void {
    this.#focused = true;
    this.emit("focus");
  }

  isFocused(): boolean {
    return this.#focused;
  }

  hide(): void {
    this.#visible = false;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.#destroyed = true;
    this.#visible = false;
    windows.splice(windows.indexOf(this), 1);
    this.emit("closed");
  }

  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 0, height: 0, ...this.bounds };
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
  }

  setAlwaysOnTop(
    flag: boolean,
    level: NonNullable<Parameters<Electron.BrowserWindow["setAlwaysOnTop"]>[1]> = "floating",
  ): void {
    this.level = flag ? level : "normal";
  }

  setVisibleOnAllWorkspaces(visible: boolean, options: Electron.VisibleOnAllWorkspacesOptions = {}): void {
    // Windows has nothing of the kind.
    if (pretended().platform === "win32") return;
    const { visibleOnFullScreen = false, skipTransformProcessType = false } = options;
    this.everywhere = visible && visibleOnFullScreen;
    // A program with a window over full-screen programs is made one without an icon in the Dock, for good.
    if (pretended().platform === "darwin" && !skipTransformProcessType) dock.visible = !visibleOnFullScreen;
  }
}
strictClass("BrowserWindow", BrowserWindowDouble);

/** `screen`: one display, and the pointer at its corner. */
class ScreenDouble extends DoubleEmitter {
  constructor() {
    super("screen", ["display-added", "display-removed", "display-metrics-changed"]);
  }

  getPrimaryDisplay(): Pick<Electron.Display, "id" | "workArea"> {
    return strictObject("Display", { id: 1, workArea: pretended().workArea });
  }

  getAllDisplays(): Pick<Electron.Display, "id" | "workArea">[] {
    return [this.getPrimaryDisplay()];
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
}
strictClass("screen", ScreenDouble);

export const screenDouble = new ScreenDouble();

forgetAtStart(() => screenDouble.removeAllListeners());
