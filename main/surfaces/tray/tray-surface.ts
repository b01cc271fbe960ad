import { isDeepStrictEqual } from "node:util";

import type { AppState } from "../../core/app-state.ts";
import type { HistoryContent } from "../../invitations/history/history.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import {
  NOT_QUIET,
  trayModel,
  type QuietState,
  type TrayCommand,
  type TrayImage,
  type TrayModel,
} from "./tray-model.ts";

/** The icon in the tray of the system. */
export interface TrayPort {
  setImage(image: TrayImage): void;
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
  readonly clock: Pick<Clock, "after">;
  /** The person wants nothing to move, or the system does not. */
  readonly isStill: () => boolean;
}

/** A bell that swings to and fro once a second is seen from the corner of the eye. */
const FRAME_MS = 500;

/**
 * Draws the state in the tray: each setter compares, and one render touches only what differs. Changes are gathered
 * until `later` runs, because a new picture and a new menu take milliseconds that belong to what rings.
 */
export class TraySurface {
  readonly #options: TrayOptions;
  readonly #port: TrayPort | null;
  #state: AppState;
  #history: HistoryContent;
  #quiet: QuietState = NOT_QUIET;
  #drawn: TrayModel | null = null;
  #frame = 0;
  #moving: Cancel = () => undefined;
  #scheduled = false;
  #disposed = false;

  constructor(options: TrayOptions, state: AppState, history: HistoryContent) {
    this.#options = options;
    this.#state = state;
    this.#history = history;
    this.#port = options.port;
    this.#render();
  }

  setState(state: AppState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#schedule();
  }

  setHistory(history: HistoryContent): void {
    if (history === this.#history) return;
    this.#history = history;
    this.#schedule();
  }

  setQuiet(quiet: QuietState): void {
    if (isDeepStrictEqual(quiet, this.#quiet)) return;
    this.#quiet = quiet;
    this.#schedule();
  }

  /** The theme, or the wish for a style of icon, has changed. */
  redrawImage(): void {
    if (this.#drawn && !this.#disposed) this.#drawFrame(this.#drawn);
  }

  dispose(): void {
    this.#disposed = true;
    this.#moving();
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
    const next = trayModel(this.#state, this.#history, this.#quiet);
    const last = this.#drawn;
    this.#drawn = next;
    if (!isDeepStrictEqual(next.frames, last?.frames)) {
      this.#frame = 0;
      this.#drawFrame(next);
    }
    if (next.tooltip !== last?.tooltip) port.setToolTip(next.tooltip);
    // Desktops close an open menu that is replaced (Xfce) or lose the place in it: only for other entries. What rings
    // has to get into it, open or not.
    if (!isDeepStrictEqual(next.menu, last?.menu))
      port.setMenu(next.menu, (command) => this.#options.choose(command));
  }

  /** Draws the picture whose turn it is, and waits for the next one where there are several. */
  #drawFrame(model: TrayModel): void {
    const { frames } = model;
    const { clock, isStill } = this.#options;
    this.#moving();
    this.#port?.setImage(frames[this.#frame % frames.length] ?? frames[0]);
    if (frames.length === 1 || isStill()) return;
    this.#moving = clock.after(FRAME_MS, () => {
      this.#frame += 1;
      this.#drawFrame(model);
    });
  }
}
