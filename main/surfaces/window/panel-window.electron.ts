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

/**
 * The window that a person opens. It is made when it is first shown: most starts are hidden ones at login, and a hidden
 * page costs memory for as long as the bell is on. Closing hides it, so that what was typed is there again.
 */
export class PanelWindow {
  readonly #parts: WindowParts;
  readonly #listener: PanelListener;
  #open: { readonly hardened: HardenedWindow; readonly attention: Attention } | null = null;
  #leaving = false;
  readonly #firstDrawn = Promise.withResolvers<void>();

  constructor(parts: WindowParts, listener: PanelListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  /** Null while there is none. */
  get contentsId(): number | null {
    return this.#open?.hardened.contentsId ?? null;
  }

  /** Whether it is on the screen, though maybe behind others. */
  get isShown(): boolean {
    const window = this.#open?.hardened.window;
    return window !== undefined && !window.isDestroyed() && window.isVisible() && !window.isMinimized();
  }

  push(state: PanelState): void {
    this.#open?.hardened.push("panel.state", state);
  }

  /** Brings it to the front; where the desktop does not let it come, it asks for attention. */
  show(): void {
    const { hardened, attention } = this.#opened();
    const { window } = hardened;
    if (window.isDestroyed()) return;
    hardened.revive();
    if (window.isMinimized()) window.restore();
    bringOnScreen(hardened);
    window.show();
    window.focus();
    // It may have been behind other windows.
    hardened.placed();
    attention.ask();
  }

  /** Its page has drawn its first state. */
  drawn(): void {
    this.#firstDrawn.resolve();
  }

  /** Resolves when its page has been drawn, or after `mostMs` without; at once when it has not been shown. */
  async whenDrawn(mostMs: number): Promise<void> {
    if (this.contentsId === null) return;
    const late = Promise.withResolvers<void>();
    const cancel = this.#parts.clock.after(mostMs, late.resolve);
    await Promise.race([this.#firstDrawn.promise, late.promise]);
    cancel();
  }

  /** Its page is loaded again if it was given up. */
  revive(): void {
    this.#open?.hardened.revive();
  }

  /** From here on it may close. */
  leave(): void {
    this.#leaving = true;
  }

  #opened(): { readonly hardened: HardenedWindow; readonly attention: Attention } {
    if (this.#open !== null) return this.#open;
    const hardened = new HardenedWindow("panel", this.#parts, {
      title: "Doorbell",
      ...firstPlace(allScreens(), pointerPoint(), SIZE, LEAST_SIZE),
      fullscreenable: false,
      backgroundColor: "#f4f5f7",
    });
    const { window, owned } = hardened;
    const attention = new Attention(window, this.#parts.clock);
    owned.add(() => attention.dispose());
    window.on("close", (event) => {
      if (this.#leaving) return;
      event.preventDefault();
      window.hide();
      this.#listener.closed();
    });
    window.on("show", () => this.#listener.shown());
    onScreenChange(owned, () => {
      if (!window.isDestroyed() && window.isVisible()) bringOnScreen(hardened);
    });
    this.#open = { hardened, attention };
    return this.#open;
  }
}

/** Its screen may have been unplugged or become smaller. */
function bringOnScreen(hardened: HardenedWindow): void {
  const { window } = hardened;
  const bounds = boundsOnScreen(allScreens(), window.getBounds());
  if (bounds === null || window.isMaximized()) return;
  const [leastWidth = 0, leastHeight = 0] = window.getMinimumSize();
  window.setMinimumSize(Math.min(leastWidth, bounds.width), Math.min(leastHeight, bounds.height));
  window.setBounds(bounds);
  hardened.placed();
}
