import { app } from "./app.ts";
import { originOf } from "./browser/origin-map.ts";
import type { PagePlace } from "./browser/page-look.ts";
import { Page, type PageObserver } from "./browser/page.ts";
import { dispatchInvoke, dispatchSend, IpcMain, ipcMain, type PageMessage } from "./ipc.ts";
import { decodeClone, encodeClone } from "./renderer/clone-codec.ts";
import type { Session } from "./session.ts";
import { NotInStandIn, preventable, StandInEmitter, strictObject } from "./strict.ts";
import { EMITTED, levelOf, LOAD_ERRORS, NEVER } from "./web-contents-events.ts";

type WindowOpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse;
type FrameParts =
  | "url"
  | "origin"
  | "processId"
  | "routingId"
  | "frameTreeNodeId"
  | "parent"
  | "detached"
  | "isDestroyed"
  | "send";
type Implemented =
  | "id"
  | "mainFrame"
  | "session"
  | "ipc"
  | "send"
  | "getURL"
  | "getTitle"
  | "isLoading"
  | "isDestroyed"
  | "isCrashed"
  | "isFocused"
  | "focus"
  | "reload"
  | "forcefullyCrashRenderer"
  | "executeJavaScript"
  | "setWindowOpenHandler"
  | "getType"
  | "loadURL"
  | "close"
  | "setBackgroundThrottling"
  | "setAudioMuted"
  | "isDevToolsOpened"
  | "openDevTools";

const all = new Map<number, WebContents>();
let lastId = 0;

/** What draws one window, and the IPC with its preload script. */
export class WebContents extends StandInEmitter implements Pick<Electron.WebContents, Implemented> {
  readonly #page: Page;
  readonly #ipc = new IpcMain();
  readonly #session: Session;
  readonly #isFocused: () => boolean;
  #url = "";
  #title = "";
  #loading = false;
  #crashed = false;
  #destroyed = false;
  #openHandler: WindowOpenHandler | null = null;
  readonly id = ++lastId;
  readonly ipc = this.#ipc as unknown as Electron.IpcMain;
  readonly mainFrame: Electron.WebFrameMain;
  readonly session: Electron.Session;

  constructor(
    { preload, session }: { readonly preload: string | null; readonly session: Session },
    place: PagePlace,
    isFocused: () => boolean,
    closedByUser: () => void,
  ) {
    super(EMITTED, NEVER);
    this.#session = session;
    this.session = this.#session as unknown as Electron.Session;
    this.mainFrame = this.#frame() as unknown as Electron.WebFrameMain;
    this.#isFocused = isFocused;
    this.#page = new Page({ preload, context: session.context }, place, this.#observer(closedByUser));
    all.set(this.id, this);
    app.emit("web-contents-created", preventable({}), this);
  }

  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }

  static getFocusedWebContents(): WebContents | null {
    return WebContents.getAllWebContents().find((one) => one.isFocused()) ?? null;
  }

  /** For the stand-in. */
  get page(): Page {
    return this.#page;
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== "string") throw new TypeError("Missing required channel argument");
    this.#alive();
    this.#page.post({ type: "send", channel, text: encodeClone(args) });
  }

  async loadURL(url: string): Promise<void> {
    this.#alive();
    const { protocol } = new URL(url);
    if (["file:", "javascript:"].includes(protocol)) throw new NotInStandIn(`loadURL with ${protocol}`);
    const known =
      ["http:", "https:", "about:", "data:"].includes(protocol) || this.#session.handlers.handlerOf(url);
    if (!known) throw this.#failed(url, "ERR_UNKNOWN_URL_SCHEME", -302);
    if (protocol.startsWith("http") && this.#session.recorded.permissionHandlers < 2)
      throw new NotInStandIn(
        "page of the web in a session without permission handlers",
        "Electron grants it every permission",
      );
    await this.#page.load(url).catch((error: unknown) => {
      const name = error instanceof Error ? error.message : String(error);
      throw this.#destroyed ? error : this.#failed(url, name, LOAD_ERRORS[name] ?? -2);
    });
  }

  getURL(): string {
    return this.#url;
  }

  getTitle(): string {
    return this.#title;
  }

  getType(): "window" {
    return "window";
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isFocused(): boolean {
    return this.#isFocused();
  }

  focus(): void {
    this.#alive();
    this.#page.focus();
  }

  reload(): void {
    this.#alive();
    if (this.#crashed) this.#page.load(this.#url).catch(() => {});
    else this.#page.reload(this.#url);
    this.#crashed = false;
  }

  forcefullyCrashRenderer(): void {
    this.#alive();
    this.#page.crash();
  }

  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    this.#alive();
    return this.#page.evaluate(code, userGesture);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  setBackgroundThrottling(): void {}

  setAudioMuted(): void {}

  isDevToolsOpened(): boolean {
    return false;
  }

  openDevTools(): never {
    throw new NotInStandIn("webContents.openDevTools", "the program is not to open them");
  }

  close(): void {
    this.destroyPage();
  }

  /** For the stand-in: the window closes. */
  destroyPage(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this.id);
    this.#page.close();
    this.emit("destroyed");
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError("Object has been destroyed");
  }

  #failed(url: string, name: string, code: number): Error {
    this.emit("did-fail-load", preventable({}), code, name, url, true, 0, 0);
    return Object.assign(new Error(`${name} (${code}) loading '${url}'`), { code: name, errno: code, url });
  }

  /** The one frame that a preload script runs in. */
  #frame(): Pick<Electron.WebFrameMain, FrameParts> {
    const url = (): string => this.#url;
    return strictObject("WebFrameMain", {
      get url() {
        return url();
      },
      get origin() {
        return originOf(url());
      },
      processId: this.id,
      routingId: 1,
      frameTreeNodeId: this.id,
      parent: null,
      detached: false,
      isDestroyed: () => this.#destroyed,
      send: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
    });
  }

  #event(): object {
    return preventable({
      type: "frame",
      sender: this,
      senderFrame: this.mainFrame,
      processId: this.mainFrame.processId,
      frameId: this.mainFrame.routingId,
      ports: [],
      reply: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
    });
  }

  #receive(message: PageMessage): void {
    const doors = [this.#ipc, ipcMain];
    switch (message.type) {
      case "send": {
        const event = this.#event();
        if (this.listenerCount("ipc-message") > 0)
          this.emit("ipc-message", event, message.channel, ...(decodeClone(message.args) as unknown[]));
        return dispatchSend(doors, event, message.channel, message.args);
      }
      case "invoke":
        void dispatchInvoke(doors, this.#event(), message.channel, message.args).then((answer) =>
          this.#page.post({ type: "answer", id: message.id, ...answer }),
        );
        return;
      case "preload-error":
        this.emit("preload-error", preventable({}), "", decodeClone(message.text));
        return;
      default:
        message satisfies never;
    }
  }

  #observer(closedByUser: () => void): PageObserver {
    const frame = this.mainFrame;
    return {
      message: (message) => this.#receive(message),
      consoleMessage: (level, message, lineNumber, sourceId) =>
        this.emit(
          "console-message",
          preventable({ message, level: levelOf(level), lineNumber, sourceId, frame }),
        ),
      windowOpened: (url, frameName, features) => {
        const details = {
          url,
          frameName,
          features: features.join(","),
          disposition: "foreground-tab" as const,
        };
        const answer = this.#openHandler?.({ ...details, referrer: { url: this.#url, policy: "default" } });
        if (answer?.action === "deny") return;
        throw new NotInStandIn("second window opened by a page", "setWindowOpenHandler must deny it");
      },
      startedLoading: () => {
        this.#loading = true;
        this.emit("did-start-loading");
      },
      navigated: (url, inPage) => {
        this.#url = url;
        if (inPage) this.emit("did-navigate-in-page", preventable({}), url, true, 0, 0);
        else this.emit("did-navigate", preventable({}), url, 200, "OK");
      },
      domReady: () => this.emit("dom-ready", preventable({})),
      loaded: () => this.emit("did-finish-load"),
      stoppedLoading: () => {
        this.#loading = false;
        this.emit("did-stop-loading");
      },
      titled: (title) => {
        if (title === this.#title) return;
        this.#title = title;
        this.emit("page-title-updated", preventable({}), title, true);
      },
      crashed: (reason, exitCode) => {
        this.#crashed = true;
        const event = preventable({});
        app.emit("render-process-gone", event, this, { reason, exitCode });
        this.emit("render-process-gone", event, { reason, exitCode });
      },
      closedByUser,
      mayNavigate: (url, kind, isMainFrame) => {
        const target = isMainFrame ? frame : null;
        const ask = (name: string): boolean => {
          const members = { url, isSameDocument: false, isMainFrame, frame: target, initiator: target };
          const event = preventable(members);
          this.emit(name, event, url, false, isMainFrame, 0, 0);
          return !event.defaultPrevented;
        };
        if (kind === "redirect") return ask("will-redirect");
        return ask("will-frame-navigate") && (!isMainFrame || ask("will-navigate"));
      },
      notLoaded: (url, name) => void this.#failed(url, name, LOAD_ERRORS[name] ?? -2),
      isCancelled: (url, { request, resourceType }) =>
        this.#session.requestRules.isCancelled(url, request.method, resourceType),
      answer: (url, request) => {
        const handler = this.#session.handlers.handlerOf(url);
        return handler ? Promise.resolve(handler(request)) : null;
      },
    };
  }
}
