import { app } from "./app.ts";
import { toProgram } from "./browser/origin-map.ts";
import { PlacedWindow } from "./placed-window.ts";
import { getDefaultSession, isSession, type Session } from "./session.ts";
import { NotInStandIn, preventable } from "./strict.ts";
import { WebContents } from "./web-contents.ts";
import { windowList } from "./window-list.ts";

const EMITTED = [
  "ready-to-show",
  "show",
  "hide",
  "close",
  "closed",
  "focus",
  "blur",
  "minimize",
  "restore",
  "page-title-updated",
];
const NEVER = [
  "maximize",
  "unmaximize",
  "unresponsive",
  "responsive",
  "session-end",
  "query-session-end",
  "app-command",
];

type Options = Electron.BrowserWindowConstructorOptions;
type Implemented =
  | "id"
  | "loadURL"
  | "show"
  | "showInactive"
  | "hide"
  | "close"
  | "destroy"
  | "isDestroyed"
  | "isVisible"
  | "focus"
  | "blur"
  | "isFocused"
  | "minimize"
  | "restore"
  | "isMinimized"
  | "isMaximized"
  | "reload";

const windows = new Map<number, BrowserWindow>();
let lastId = 0;
let focused: BrowserWindow | null = null;

/** A window: a page of Chromium, and what the program believes of where it stands and whether it is seen. */
export class BrowserWindow extends PlacedWindow implements Pick<Electron.BrowserWindow, Implemented> {
  readonly #focusable: boolean;
  #visible = false;
  #minimized = false;
  #state: "open" | "closing" | "closed" = "open";
  readonly id = ++lastId;
  readonly webContents: WebContents;

  constructor(options: Options = {}) {
    super(options, EMITTED, NEVER);
    if (!app.isReady()) throw new Error("Cannot create BrowserWindow before app is ready");
    const preferences = preferencesOf(options.webPreferences ?? {});
    this.#focusable = options.focusable ?? true;
    windows.set(this.id, this);
    windowList.add(this);
    this.webContents = new WebContents(
      preferences,
      { bounds: this.getBounds(), shown: false },
      () => this.isFocused(),
      () => this.#closedByUser(),
    );
    this.webContents.on("did-finish-load", () =>
      setImmediate(() => this.#isOpen() && this.emit("ready-to-show")),
    );
    this.webContents.on("page-title-updated", (_: unknown, title: string) => {
      const event = preventable({});
      this.emit("page-title-updated", event, title, true);
      if (!event.defaultPrevented) this.setTitle(title);
    });
    app.emit("browser-window-created", preventable({}), this);
    if (options.show ?? true) this.show();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find(({ webContents }) => webContents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    this.alive();
    await this.webContents.loadURL(url);
  }

  reload(): void {
    this.alive();
    this.webContents.reload();
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    this.alive();
    this.#minimized = false;
    if (this.#visible) return;
    this.#visible = true;
    this.placePage();
    this.emit("show");
  }

  hide(): void {
    this.alive();
    if (!this.#visible) return;
    this.blur();
    this.#visible = false;
    this.placePage();
    this.emit("hide");
  }

  focus(): void {
    this.alive();
    if (!this.#visible || !this.#focusable || focused === this) return;
    focused?.blur();
    // oxlint-disable-next-line typescript/no-this-alias -- of all windows this one is the focused
    focused = this;
    this.drawn.flashing = false;
    this.webContents.page.focus();
    this.emit("focus");
    app.emit("browser-window-focus", preventable({}), this);
  }

  blur(): void {
    this.alive();
    if (focused !== this) return;
    focused = null;
    this.emit("blur");
    app.emit("browser-window-blur", preventable({}), this);
  }

  isFocused(): boolean {
    return focused === this;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  minimize(): void {
    this.alive();
    this.blur();
    this.#minimized = true;
    this.emit("minimize");
  }

  restore(): void {
    this.alive();
    if (!this.#minimized) return;
    this.#minimized = false;
    this.emit("restore");
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  isMaximized(): boolean {
    return false;
  }

  /** Asks first: a listener of `close` may prevent it. What follows comes later, as the page has to go before. */
  close(): void {
    if (this.#state !== "open") return;
    const event = preventable({});
    this.emit("close", event);
    if (event.defaultPrevented) return windowList.onCloseCancelled();
    this.#state = "closing";
    setImmediate(() => this.destroy());
  }

  destroy(): void {
    if (this.#state === "closed") return;
    if (focused === this) focused = null;
    this.#state = "closed";
    this.#visible = false;
    windows.delete(this.id);
    this.webContents.destroyPage();
    this.emit("closed");
    windowList.remove(this);
  }

  override isDestroyed(): boolean {
    return this.#state === "closed";
  }

  #isOpen(): boolean {
    return this.#state === "open";
  }

  protected override placePage(): void {
    this.webContents.page.place({ bounds: this.getBounds(), shown: this.#visible });
  }

  /** A person closed the window on the display: Chromium does not ask, so a prevented close opens the page again. */
  #closedByUser(): void {
    if (this.#state !== "open") return;
    this.close();
    if (!this.#isOpen()) return;
    const url = toProgram(this.webContents.getURL());
    this.webContents.page.reopen(url, { bounds: this.getBounds(), shown: this.#visible });
  }
}

/** The stand-in has one kind of renderer, the hardened one. */
function preferencesOf(preferences: Electron.WebPreferences): {
  readonly preload: string | null;
  readonly session: Session;
} {
  const refuse = (wish: string): never => {
    throw new NotInStandIn(`BrowserWindow with ${wish}`, "every renderer is sandboxed and isolated");
  };
  if (preferences.sandbox === false) refuse("sandbox: false");
  if (preferences.contextIsolation === false) refuse("contextIsolation: false");
  if (preferences.nodeIntegration === true) refuse("nodeIntegration: true");
  if (preferences.webSecurity === false) refuse("webSecurity: false");
  if (preferences.webviewTag === true) refuse("webviewTag: true");
  if (preferences.partition !== undefined) refuse("partition; give it the session itself");
  const given: unknown = preferences.session;
  if (given !== undefined && !isSession(given))
    throw new TypeError("Error processing argument: session is not a Session");
  return { preload: preferences.preload ?? null, session: given ?? getDefaultSession() };
}
