import type { WindowRole } from "../../../preload/contract.ts";
import type { Ask } from "../../desktop/message-box.ts";

export interface FailingWindowsOptions {
  readonly ask: Ask;
  /** Loads the window's page once more. */
  readonly revive: (role: WindowRole) => void;
  readonly quit: () => void;
}

const TRY_AGAIN = "Try again";
const QUIT = "Quit Doorbell";
/** Whoever closes the box waits for nothing: the window is tried again when it is next wanted. */
const LATER = "Close";
const BUTTONS: readonly string[] = [LATER, TRY_AGAIN, QUIT];

const TOLD: Readonly<Record<WindowRole, { readonly message: string; readonly detail: string }>> = {
  panel: {
    message: "Doorbell's window cannot be shown.",
    detail: "It failed again and again. Doorbell goes on ringing with notifications and in the tray.",
  },
  toast: {
    message: "Doorbell's pop-up cannot be shown.",
    detail: "It failed again and again. Open Doorbell's window, or quit and start Doorbell again.",
  },
  conversation: {
    message: "Doorbell's conversations cannot be shown.",
    detail:
      "Their window failed again and again. What was said, and what you have written, is kept meanwhile.",
  },
};

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
    const button = BUTTONS[await ask({ type: "error", ...TOLD[role], buttons: BUTTONS })];
    this.#told.delete(role);
    if (button === TRY_AGAIN) revive(role);
    if (button === QUIT) quit();
  }
}
