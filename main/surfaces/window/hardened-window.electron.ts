import { BrowserWindow, type BrowserWindowConstructorOptions } from "electron";

import type { PushChannel, PushChannels, WindowRole } from "../../../preload/contract.ts";
import type { Clock, Logger } from "../../ports.ts";
import { HARDENED_PREFERENCES } from "./web-preferences.electron.ts";

export interface WindowParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly preloadOf: (role: WindowRole) => string;
  readonly pageOf: (role: WindowRole) => string;
  readonly icon: string;
}

const FIRST_RELOAD_MS = 100;
const LAST_RELOAD_MS = 10_000;
/** A page that lived longer is loaded again soon when it dies. */
const STABLE_MS = 30_000;

/** A window of one role with everything closed that a page could escape through; a page that dies is loaded again. */
export class HardenedWindow {
  readonly window: BrowserWindow;
  readonly role: WindowRole;
  readonly #parts: WindowParts;
  #deaths = 0;
  #loadedAt = 0;

  constructor(role: WindowRole, parts: WindowParts, options: BrowserWindowConstructorOptions) {
    this.role = role;
    this.#parts = parts;
    this.window = new BrowserWindow({
      ...options,
      show: false,
      icon: parts.icon,
      webPreferences: {
        ...HARDENED_PREFERENCES,
        preload: parts.preloadOf(role),
        // What rings has to be drawn while the window is still hidden.
        backgroundThrottling: false,
      },
    });
    const { webContents } = this.window;
    webContents.on("render-process-gone", (_event, { reason }) => {
      if (reason !== "clean-exit") this.#died(reason);
    });
    this.window.on("unresponsive", () => {
      parts.logger.warn("window.unresponsive", { role });
      webContents.forcefullyCrashRenderer();
    });
    this.#load();
  }

  get contentsId(): number | null {
    return this.window.isDestroyed() ? null : this.window.webContents.id;
  }

  push<Name extends PushChannel>(channel: Name, payload: PushChannels[Name]["payload"]): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(channel, payload);
  }

  #load(): void {
    const { clock, logger, pageOf } = this.#parts;
    this.#loadedAt = clock.now();
    this.window.loadURL(pageOf(this.role)).catch((error: unknown) => {
      // Its message quotes the URL, which says nothing.
      logger.error("window.notLoaded", {
        role: this.role,
        error: error instanceof Error ? error.name : "unknown",
      });
    });
  }

  #died(reason: string): void {
    const { clock, logger } = this.#parts;
    if (clock.now() - this.#loadedAt >= STABLE_MS) this.#deaths = 0;
    const delayMs = Math.min(LAST_RELOAD_MS, FIRST_RELOAD_MS * 2 ** this.#deaths);
    this.#deaths += 1;
    logger.warn("window.died", { role: this.role, reason, delayMs });
    clock.after(delayMs, () => {
      if (!this.window.isDestroyed()) this.#load();
    });
  }
}
