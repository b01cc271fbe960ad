import { texts } from "../../../locales/texts.ts";
import type { WindowRole } from "../../../preload/contract.ts";
import type { Ask } from "../../desktop/message-box.ts";

export interface FailingWindowsOptions {
  readonly ask: Ask;
  /** Loads the window's page once more. */
  readonly revive: (role: WindowRole) => void;
  readonly quit: () => void;
}

/** Says that a window has given up, and lets the person decide: one box for each window at a time. */
export class FailingWindows {
  readonly #options: FailingWindowsOptions;
  readonly #told = new Set<WindowRole>();

  constructor(options: FailingWindowsOptions) {
    this.#options = options;
  }

  gaveUp(role: WindowRole): void {
    if (this.#told.has(role)) return;
    this.#told.add(role);
    void this.#tell(role);
  }

  async #tell(role: WindowRole): Promise<void> {
    const { ask, revive, quit } = this.#options;
    const { failing, close, tryAgain, quitDoorbell } = texts.program;
    // Whoever closes the box waits for nothing: the window is tried again when it is next wanted.
    const button = await ask({ type: "error", ...failing[role], buttons: [close, tryAgain, quitDoorbell] });
    this.#told.delete(role);
    if (button === 1) revive(role);
    if (button === 2) quit();
  }
}
