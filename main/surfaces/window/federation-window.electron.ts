import { BrowserWindow, dialog, type Session } from "electron";

import { texts } from "../../../locales/texts.ts";
import type { Cancel, Clock, Logger } from "../../platform/ports.ts";
import { Attention } from "./attention.ts";
import { allScreens, pointerPoint } from "./screens.electron.ts";
import { HARDENED_PREFERENCES } from "./web-preferences.electron.ts";
import { firstPlace } from "./window-bounds.ts";

export interface FederationWindowParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Shared with HTTP, so that the cookies of the page sign in; in memory, so that they never reach the disk. */
  readonly session: Session;
  readonly icon: string;
  /** Whether the person waits for this window. */
  readonly attended: () => boolean;
  /** Another address is shown. */
  readonly changed: () => void;
  /** The page of this address wants to know who the person is: whether it will be told when it is loaded again. */
  readonly unauthorized: (url: string) => Promise<boolean>;
}

/** Its end, unless the program itself closed it. */
export interface FederationWindowListener {
  loaded(): void;
  closed(): void;
}

const SIZE = { width: 520, height: 680 } as const;
const LEAST_SIZE = { width: 360, height: 400 } as const;
/** A page that signs in by itself, with the Windows session, is gone before anybody has seen it. */
const QUIET_MS = 700;
/** A page that hangs is shown as far as it came. */
const SHOW_LATEST_MS = 4_000;
/** Chromium's number for a load that another one replaced. */
const ERR_ABORTED = -3;
/** For an answer that is an error and has no body. */
const ERR_NOTHING_TO_SHOW = -379;

/**
 * A window on a page of the web, for the person to sign in on: without a preload script, and without a title of the
 * page's own, because the title says where it comes from. Where it may go is the lock of its session.
 * Reference: AuthenticationInUCWA (passive federation).
 */
export class FederationWindow {
  readonly #window: BrowserWindow;
  /** Where the sign-in begins. */
  readonly #url: string;
  readonly #parts: FederationWindowParts;
  readonly #listener: FederationWindowListener;
  readonly #attention: Attention;
  #cancelShow: Cancel;
  #host: string;
  #asking = false;
  /** Takes a message box along when the window goes: Electron would leave it there, and never answer. */
  readonly #gone = new AbortController();

  constructor(url: string, parts: FederationWindowParts, listener: FederationWindowListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#url = url;
    this.#host = hostOf(url);
    this.#window = new BrowserWindow({
      title: titleOf(this.#host),
      ...firstPlace(allScreens(), pointerPoint(), SIZE, LEAST_SIZE),
      show: false,
      fullscreenable: false,
      icon: parts.icon,
      webPreferences: {
        ...HARDENED_PREFERENCES,
        session: parts.session,
        devTools: false,
        disableDialogs: true,
      },
    });
    this.#attention = new Attention(this.#window, parts.clock);
    this.#cancelShow = parts.clock.after(SHOW_LATEST_MS, () => this.show());
    this.#listen();
    this.#load(url);
  }

  /** Host and port of the page that is shown. */
  get host(): string {
    return this.#host;
  }

  /** Brings it to the front if the person waits for it; else it asks for attention. */
  show(): void {
    this.#cancelShow();
    const window = this.#window;
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    if (this.#parts.attended()) {
      window.show();
      window.focus();
    } else {
      window.showInactive();
    }
    this.#attention.ask();
  }

  /** Without a word to the listener. */
  close(): void {
    this.#cancelShow();
    this.#gone.abort();
    this.#attention.dispose();
    this.#window.removeAllListeners("closed");
    if (!this.#window.isDestroyed()) this.#window.destroy();
  }

  #listen(): void {
    const { logger, changed } = this.#parts;
    const window = this.#window;
    const { webContents } = window;
    window.on("page-title-updated", (event) => event.preventDefault());
    window.on("closed", () => {
      this.#cancelShow();
      this.#attention.dispose();
      this.#listener.closed();
    });
    webContents.on("destroyed", () => this.#gone.abort());
    webContents.on("did-navigate", (_event, url, status) => {
      this.#host = hostOf(url);
      window.setTitle(titleOf(this.#host));
      changed();
      if (status === 401) void this.#tellWho(url).then((again) => again || this.#showAfter(QUIET_MS));
    });
    webContents.on("did-finish-load", () => {
      if (!window.isVisible() && !this.#asking) this.#showAfter(QUIET_MS);
      this.#listener.loaded();
    });
    webContents.on("did-fail-load", (_event, code, name, url, isMainFrame) => {
      if (!isMainFrame || code === ERR_ABORTED) return;
      logger.warn("federation.notLoaded", { code });
      const say = (): void => void this.#ask(notLoaded(url, name), url);
      // Who wants the Windows session may answer 401 and nothing else.
      if (code !== ERR_NOTHING_TO_SHOW) say();
      else void this.#tellWho(url).then((again) => again || say());
    });
    // The lock of the session has been asked before.
    webContents.on("will-redirect", (event) => {
      if (!event.isMainFrame || !event.defaultPrevented) return;
      logger.warn("federation.ledAway", { protocol: URL.parse(event.url)?.protocol ?? "" });
      void this.#ask(ledAway(this.#host, event.url));
    });
    // A page must not keep the window open that it is shown in.
    webContents.on("will-prevent-unload", (event) => event.preventDefault());
    webContents.on("render-process-gone", (_event, { reason }) => {
      logger.warn("federation.died", { reason });
      if (!window.isDestroyed()) window.destroy();
    });
  }

  #load(url: string): void {
    // A failure comes as `did-fail-load`; the message of this one quotes the address.
    this.#window.loadURL(url).catch(() => undefined);
  }

  #showAfter(ms: number): void {
    this.#cancelShow();
    if (!this.#gone.signal.aborted) this.#cancelShow = this.#parts.clock.after(ms, () => this.show());
  }

  /** The window stays away while the person is asked. Resolves to whether the page is loaded again. */
  async #tellWho(url: string): Promise<boolean> {
    this.#cancelShow();
    this.#asking = true;
    const isTold = await this.#parts.unauthorized(url);
    this.#asking = false;
    if (!isTold || this.#gone.signal.aborted) return false;
    this.#showAfter(SHOW_LATEST_MS);
    this.#load(url);
    return true;
  }

  /** An empty window says nothing, and closing it for the person looks like a crash. */
  async #ask(trouble: Trouble, again = this.#url): Promise<void> {
    const { signal } = this.#gone;
    if (this.#asking || signal.aborted) return;
    this.#asking = true;
    this.show();
    const { response } = await dialog.showMessageBox(this.#window, {
      type: "warning",
      ...trouble,
      buttons: [texts.program.close, texts.program.tryAgain],
      cancelId: 0,
      defaultId: 1,
      signal,
    });
    this.#asking = false;
    if (signal.aborted) return;
    if (response === 1) this.#load(again);
    else this.#window.close();
  }
}

/** What is said of a page that cannot be shown. */
interface Trouble {
  readonly message: string;
  readonly detail: string;
}

function notLoaded(url: string, name: string): Trouble {
  const { page } = texts.signIn;
  return { message: page.notLoaded(hostOf(url)), detail: page.notLoadedDetail(name) };
}

/** The path of an address may hold a token; its origin does not. */
function ledAway(host: string, target: string): Trouble {
  const { protocol, origin } = URL.parse(target) ?? { protocol: "", origin: "" };
  const { notShown, leadsInTheClear, leadsNowhere } = texts.signIn.page;
  const detail = protocol === "http:" ? leadsInTheClear(origin) : leadsNowhere;
  return { message: notShown(host), detail };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}

/** The host first, in the letters of an address: that is what is left of a long title, and nothing looks like it. */
function titleOf(host: string): string {
  return texts.signIn.page.title(host);
}
