import type { Cancel, Clock } from "../../platform/ports.ts";

/** What it needs of a window. */
export interface AttentionWindow {
  isDestroyed(): boolean;
  isFocused(): boolean;
  flashFrame(flashing: boolean): void;
  on(event: "focus", listener: () => void): unknown;
}

/** On X11 the focus comes with an answer of the window manager, not with the call that asks for it. Milliseconds. */
const FOCUS_LIMIT_MS = 500;

/** Asks for attention where the desktop did not let a window come to the front, until it gets the focus. */
export class Attention {
  readonly #window: AttentionWindow;
  readonly #clock: Clock;
  #check: Cancel | null = null;
  #flashing = false;

  constructor(window: AttentionWindow, clock: Clock) {
    this.#window = window;
    this.#clock = clock;
    window.on("focus", () => this.#seen());
  }

  /** Called when the window was told to come to the front. */
  ask(): void {
    this.dispose();
    this.#check = this.#clock.after(FOCUS_LIMIT_MS, () => {
      this.#check = null;
      if (this.#window.isDestroyed() || this.#window.isFocused()) return;
      this.#flashing = true;
      this.#window.flashFrame(true);
    });
  }

  /** Asks no more. */
  dispose(): void {
    this.#check?.();
    this.#check = null;
  }

  #seen(): void {
    this.dispose();
    if (!this.#flashing) return;
    this.#flashing = false;
    this.#window.flashFrame(false);
  }
}
