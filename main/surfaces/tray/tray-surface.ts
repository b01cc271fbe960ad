import { isDeepStrictEqual } from "node:util";

import type { AppState, BellState } from "../../core/app-state.ts";
import { NOT_QUIET, trayModel, type QuietState, type TrayCommand, type TrayModel } from "./tray-model.ts";

/** The icon in the tray of the system. */
export interface TrayPort {
  setImage(bell: BellState): void;
  setToolTip(text: string): void;
  setMenu(items: TrayModel["menu"], choose: (command: TrayCommand) => void): void;
  destroy(): void;
}

export interface TrayOptions {
  /** Null where there is no tray to put an icon in. */
  readonly port: TrayPort | null;
  readonly choose: (command: TrayCommand) => void;
  /** Calls once what it is given; the icon is not what a person waits for. */
  readonly later: (run: () => void) => void;
}

/**
 * Draws the state in the tray: each setter compares, and one render touches only what differs. Changes are gathered
 * until `later` runs, because a new picture and a new menu take milliseconds that belong to what rings.
 */
export class TraySurface {
  readonly #options: TrayOptions;
  readonly #port: TrayPort | null;
  #state: AppState;
  #missed: number;
  #quiet: QuietState = NOT_QUIET;
  #drawn: TrayModel | null = null;
  #scheduled = false;
  #disposed = false;

  /** `missed` as in `bellState`. */
  constructor(options: TrayOptions, state: AppState, missed: number) {
    this.#options = options;
    this.#state = state;
    this.#missed = missed;
    this.#port = options.port;
    this.#render();
  }

  setState(state: AppState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#schedule();
  }

  setMissed(missed: number): void {
    if (missed === this.#missed) return;
    this.#missed = missed;
    this.#schedule();
  }

  setQuiet(quiet: QuietState): void {
    if (isDeepStrictEqual(quiet, this.#quiet)) return;
    this.#quiet = quiet;
    this.#schedule();
  }

  /** The theme, or the wish for a style of icon, has changed. */
  redrawImage(): void {
    if (this.#drawn && !this.#disposed) this.#port?.setImage(this.#drawn.bell);
  }

  dispose(): void {
    this.#disposed = true;
    this.#port?.destroy();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.later(() => {
      this.#scheduled = false;
      if (!this.#disposed) this.#render();
    });
  }

  #render(): void {
    const port = this.#port;
    if (port === null) return;
    const next = trayModel(this.#state, this.#missed, this.#quiet);
    const last = this.#drawn;
    this.#drawn = next;
    if (next.bell !== last?.bell) port.setImage(next.bell);
    if (next.tooltip !== last?.tooltip) port.setToolTip(next.tooltip);
    // Desktops close an open menu that is replaced (Xfce) or lose the place in it: only for other entries. What rings
    // has to get into it, open or not.
    if (!isDeepStrictEqual(next.menu, last?.menu))
      port.setMenu(next.menu, (command) => this.#options.choose(command));
  }
}
