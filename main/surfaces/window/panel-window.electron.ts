import type { PanelState } from "../../../preload/contract.ts";
import { Attention } from "./attention.ts";
import { HardenedWindow, type WindowParts } from "./hardened-window.electron.ts";
import { allScreens, onScreenChange, pointerPoint } from "./screens.electron.ts";
import { boundsOnScreen, firstPlace } from "./window-bounds.ts";

const SIZE = { width: 400, height: 620 } as const;
const LEAST_SIZE = { width: 320, height: 360 } as const;

export interface PanelListener {
  /** The person has closed it; it is hidden. */
  closed(): void;
  shown(): void;
}

/** The window that a person opens. Closing hides it: what rings must find a place at once. */
export class PanelWindow {
  readonly #hardened: HardenedWindow;
  readonly #attention: Attention;
  #leaving = false;

  constructor(parts: WindowParts, listener: PanelListener) {
    this.#hardened = new HardenedWindow("panel", parts, {
      title: "Doorbell",
      ...firstPlace(allScreens(), pointerPoint(), SIZE, LEAST_SIZE),
      fullscreenable: false,
      backgroundColor: "#f4f5f7",
    });
    const { window, owned } = this.#hardened;
    this.#attention = new Attention(window, parts.clock);
    owned.add(() => this.#attention.dispose());
    window.on("close", (event) => {
      if (this.#leaving) return;
      event.preventDefault();
      window.hide();
      listener.closed();
    });
    window.on("show", () => listener.shown());
    onScreenChange(owned, () => {
      if (!window.isDestroyed() && window.isVisible()) this.#bringOnScreen();
    });
    this.revive();
  }

  /** Calls once what it is given, when its page has been loaded. */
  onceLoaded(run: () => void): void {
    this.#hardened.window.webContents.once("did-finish-load", run);
  }

  get contentsId(): number | null {
    return this.#hardened.contentsId;
  }

  /** Whether it is on the screen, though maybe behind others. */
  get isShown(): boolean {
    const { window } = this.#hardened;
    return !window.isDestroyed() && window.isVisible() && !window.isMinimized();
  }

  push(state: PanelState): void {
    this.#hardened.push("panel.state", state);
  }

  /** Brings it to the front; where the desktop does not let it come, it asks for attention. */
  show(): void {
    const { window } = this.#hardened;
    if (window.isDestroyed()) return;
    this.#hardened.revive();
    if (window.isMinimized()) window.restore();
    this.#bringOnScreen();
    window.show();
    window.focus();
    // It may have been behind other windows.
    this.#hardened.placed();
    this.#attention.ask();
  }

  /** Its page is loaded again if it was given up. */
  revive(): void {
    this.#hardened.revive();
  }

  /** From here on it may close. */
  leave(): void {
    this.#leaving = true;
  }

  /** Its screen may have been unplugged or become smaller. */
  #bringOnScreen(): void {
    const { window } = this.#hardened;
    const bounds = boundsOnScreen(allScreens(), window.getBounds());
    if (bounds === null || window.isMaximized()) return;
    const [leastWidth = 0, leastHeight = 0] = window.getMinimumSize();
    window.setMinimumSize(Math.min(leastWidth, bounds.width), Math.min(leastHeight, bounds.height));
    window.setBounds(bounds);
    this.#hardened.placed();
  }
}
