import type { PanelState } from "../../../preload/contract.ts";
import { HardenedWindow, type WindowParts } from "./hardened-window.electron.ts";

export interface PanelListener {
  /** The person has closed it; it is hidden. */
  closed(): void;
  shown(): void;
}

/** The window that a person opens. Closing hides it: what rings must find a place at once. */
export class PanelWindow {
  readonly #hardened: HardenedWindow;
  #leaving = false;

  constructor(parts: WindowParts, listener: PanelListener) {
    this.#hardened = new HardenedWindow("panel", parts, {
      title: "Doorbell",
      width: 400,
      height: 620,
      minWidth: 320,
      minHeight: 360,
      fullscreenable: false,
      backgroundColor: "#f4f5f7",
    });
    const { window } = this.#hardened;
    window.on("close", (event) => {
      if (this.#leaving) return;
      event.preventDefault();
      window.hide();
      listener.closed();
    });
    window.on("show", () => listener.shown());
  }

  get contentsId(): number | null {
    return this.#hardened.contentsId;
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
    window.show();
    window.focus();
    if (window.isFocused()) return;
    window.flashFrame(true);
    window.once("focus", () => window.flashFrame(false));
  }

  /** Its page is loaded again if it was given up. */
  revive(): void {
    this.#hardened.revive();
  }

  /** From here on it may close. */
  leave(): void {
    this.#leaving = true;
  }
}
