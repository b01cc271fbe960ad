import { nativeTheme, systemPreferences } from "electron";

import type { AppState } from "../../core/app-state.ts";
import type { Quiet } from "../../core/quiet/quiet.ts";
import { quietLabel } from "../../core/quiet/quiet-label.ts";
import type { HistoryContent } from "../../invitations/history/history.ts";
import { Owned } from "../../platform/owned.ts";
import type { TrayHostWatch } from "../../surfaces/tray/tray-host.ts";
import type { TrayCommand } from "../../surfaces/tray/tray-model.ts";
import { TraySurface } from "../../surfaces/tray/tray-surface.ts";
import { openTray } from "../../surfaces/tray/tray.electron.ts";
import type { Context } from "../context.electron.ts";
import type { Stores } from "../stores.electron.ts";

/** To make a menu anew takes longer than to say what rings: what is drawn on the screen comes first. Milliseconds. */
const BEHIND_WINDOWS_MS = 50;

export interface AppTrayOptions {
  readonly context: Context;
  readonly stores: Stores;
  readonly trayHost: TrayHostWatch;
  /** Brings the panel to the front. */
  readonly open: () => void;
  readonly choose: (command: TrayCommand) => void;
}

/** The icon in the tray, with what it needs of the system. The history is loaded by now. */
export class AppTray {
  readonly #options: AppTrayOptions;
  readonly #surface: TraySurface;
  readonly #owned = new Owned();

  constructor(options: AppTrayOptions, state: AppState) {
    this.#options = options;
    const { context, stores, trayHost, open, choose } = options;
    const { clock, platform, image } = context;
    const icon = openTray({
      images: image("tray"),
      platform,
      style: () => stores.settings.current.trayIcon,
      host: () => trayHost.host,
      open,
    });
    trayHost.follow(() => icon?.hostChanged());
    this.#surface = new TraySurface(
      {
        port: icon,
        choose,
        later: (run) => void clock.after(BEHIND_WINDOWS_MS, run),
        clock,
        isStill: () => systemPreferences.getAnimationSettings().prefersReducedMotion,
      },
      state,
      stores.history.content,
    );
    this.#owned.add(() => this.#surface.dispose());
    this.#owned.listen(nativeTheme, "updated", () => this.redrawImage());
  }

  setState(state: AppState): void {
    this.#surface.setState(state);
  }

  setHistory(content: HistoryContent): void {
    this.#surface.setHistory(content);
  }

  /** As in `quietCauses`. */
  setQuiet(causes: readonly Quiet[]): void {
    const { clock } = this.#options.context;
    const [quiet] = causes;
    this.#surface.setQuiet({
      causes,
      label: quiet === undefined ? "" : quietLabel(quiet.cause, quiet.until, clock.now()),
      doNotDisturb: quiet?.cause === "doNotDisturb",
    });
  }

  /** The wish for a style of icon has changed. */
  redrawImage(): void {
    this.#surface.redrawImage();
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
