import { BrowserWindow, type BrowserWindowConstructorOptions } from "electron";

import { locale, texts } from "../../../locales/texts.ts";
import type { PushChannel, PushChannels, WindowRole } from "../../../preload/contract.ts";
import type { Clock, Logger } from "../../platform/ports.ts";
import { Owned } from "../../platform/owned.ts";
import { PageReload } from "./page-reload.ts";
import { HARDENED_PREFERENCES } from "./web-preferences.electron.ts";
import { errorCode } from "../../platform/fault.ts";

export interface WindowParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly preloadOf: (role: WindowRole) => string;
  readonly pageOf: (role: WindowRole) => string;
  readonly icon: string;
  /** Its page died again and again, and is not loaded any more before somebody wants it. */
  readonly gaveUp: (role: WindowRole) => void;
  /** Whether the developer tools can be opened: never in an installed program. */
  readonly devTools: boolean;
}

/** Of a load that another one has replaced. */
const ERR_ABORTED = "ERR_ABORTED";

/** A window of one role with everything closed that a page could escape through; a page that dies is loaded again. */
export class HardenedWindow {
  readonly window: BrowserWindow;
  readonly role: WindowRole;
  /** What ends with the window. */
  readonly owned = new Owned();
  readonly #parts: WindowParts;
  readonly #reload: PageReload;

  /** Nothing is loaded before `revive`. */
  constructor(role: WindowRole, parts: WindowParts, options: BrowserWindowConstructorOptions) {
    this.role = role;
    this.#parts = parts;
    const { language, region } = locale;
    this.window = new BrowserWindow({
      ...options,
      show: false,
      icon: parts.icon,
      webPreferences: {
        ...HARDENED_PREFERENCES,
        preload: parts.preloadOf(role),
        devTools: parts.devTools,
        additionalArguments: [
          `--doorbell-locale=${language},${region}`,
          `--doorbell-unanswered=${encodeURIComponent(texts.program.refused.unanswered)}`,
        ],
        // What rings has to be drawn while the window is still hidden.
        backgroundThrottling: false,
      },
    });
    this.#reload = new PageReload({
      clock: parts.clock,
      load: () => this.#load(),
      gaveUp: () => {
        parts.logger.error("window.gaveUp", { role });
        parts.gaveUp(role);
      },
    });
    const { webContents } = this.window;
    webContents.on("render-process-gone", (_event, { reason }) => {
      if (reason !== "clean-exit") this.#died(reason);
    });
    // All windows show pages of one origin, for which Chromium keeps one zoom, also over restarts: a panel that was
    // once made larger would cut off the buttons of the toast.
    webContents.on("dom-ready", () => webContents.setZoomFactor(1));
    this.window.on("unresponsive", () => {
      parts.logger.warn("window.unresponsive", { role });
      webContents.forcefullyCrashRenderer();
    });
    this.window.on("show", () => this.placed());
    this.window.on("restore", () => this.placed());
    this.owned.add(() => this.#reload.dispose());
    this.window.on("closed", () => this.owned.dispose());
  }

  /** Loads its page, unless it is there: at first, and once more after it was given up. */
  revive(): void {
    if (!this.window.isDestroyed()) this.#reload.retry();
  }

  get contentsId(): number | null {
    return this.window.isDestroyed() ? null : this.window.webContents.id;
  }

  push<Name extends PushChannel>(channel: Name, payload: PushChannels[Name]["payload"]): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(channel, payload);
  }

  /** Tells the page that it is seen anew, or elsewhere: by itself when the window comes up. */
  placed(): void {
    this.push("window.placed", null);
  }

  #load(): void {
    if (this.window.isDestroyed()) return;
    const { pageOf } = this.#parts;
    this.window.loadURL(pageOf(this.role)).catch((error: unknown) => {
      // Its message quotes the URL, which says nothing.
      const code = errorCode(error);
      if (code !== ERR_ABORTED) this.#died(code);
    });
  }

  #died(reason: string): void {
    const delayMs = this.#reload.died();
    this.#parts.logger.warn("window.died", { role: this.role, reason, delayMs });
  }
}
