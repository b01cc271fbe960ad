import { texts } from "../../../locales/texts.ts";
import type { ConversationsState } from "../../../preload/contract.ts";
import { Attention } from "./attention.ts";
import { HardenedWindow, type WindowParts } from "./hardened-window.electron.ts";
import { allScreens, onScreenChange, pointerPoint } from "./screens.electron.ts";
import { boundsOnScreen, firstPlace } from "./window-bounds.ts";

const SIZE = { width: 680, height: 560 } as const;
const LEAST_SIZE = { width: 320, height: 360 } as const;

export interface ConversationWindowListener {
  /** The person has closed it, and it is gone. */
  closed(): void;
  /** The person has turned to it. */
  focused(): void;
}

/**
 * The window with the conversations. It is made when one is to be shown, and gone when it is closed: what was said and
 * written is kept elsewhere, and a hidden page would cost memory for as long as the bell is on.
 */
export class ConversationWindow {
  readonly #parts: WindowParts;
  readonly #listener: ConversationWindowListener;
  #open: { readonly hardened: HardenedWindow; readonly attention: Attention } | null = null;

  constructor(parts: WindowParts, listener: ConversationWindowListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  /** Null while there is none. */
  get contentsId(): number | null {
    return this.#open?.hardened.contentsId ?? null;
  }

  /** Whether a person who looks at the screen works in it. */
  get isInFront(): boolean {
    const window = this.#open?.hardened.window;
    return window !== undefined && window.isVisible() && !window.isMinimized() && window.isFocused();
  }

  push(state: ConversationsState): void {
    this.#open?.hardened.push("conversations.state", state);
  }

  /** Brings it to the front; where the desktop does not let it come, it asks for attention. */
  show(): void {
    const { hardened, attention } = this.#opened();
    const { window } = hardened;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    // It may have been behind other windows.
    hardened.placed();
    attention.ask();
  }

  /** Asks for attention without taking the keyboard from what the person is doing. */
  call(): void {
    if (this.isInFront) return;
    const { hardened, attention } = this.#opened();
    if (!hardened.window.isVisible()) hardened.window.showInactive();
    attention.ask();
  }

  close(): void {
    this.#open?.hardened.window.close();
  }

  /** Its page is loaded again if it was given up. */
  revive(): void {
    this.#open?.hardened.revive();
  }

  #opened(): { readonly hardened: HardenedWindow; readonly attention: Attention } {
    if (this.#open !== null) {
      this.#open.hardened.revive();
      return this.#open;
    }
    const hardened = new HardenedWindow("conversation", this.#parts, {
      title: texts.program.windows.conversations,
      ...firstPlace(allScreens(), pointerPoint(), SIZE, LEAST_SIZE),
      backgroundColor: "#f4f5f7",
    });
    hardened.revive();
    const { window, owned } = hardened;
    const attention = new Attention(window, this.#parts.clock);
    const open = { hardened, attention };
    this.#open = open;
    owned.add(() => attention.dispose());
    window.on("closed", () => {
      this.#open = null;
      this.#listener.closed();
    });
    window.on("focus", () => this.#listener.focused());
    onScreenChange(owned, () => {
      const bounds = boundsOnScreen(allScreens(), window.getBounds());
      if (bounds === null || window.isMaximized() || !window.isVisible()) return;
      window.setBounds(bounds);
      hardened.placed();
    });
    return open;
  }
}
