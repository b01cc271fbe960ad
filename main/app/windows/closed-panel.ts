import { texts } from "../../../locales/texts.ts";
import type { AppSettings } from "../../account/app-settings.ts";
import type { Ask, Question } from "../../desktop/message-box.ts";
import type { Logger } from "../../platform/ports.ts";
import type { TrayHost } from "../../surfaces/tray/tray-host.ts";

type Told = AppSettings["closeTold"];

export interface ClosedPanelOptions {
  readonly settings: {
    readonly current: Pick<AppSettings, "closeTold">;
    note(change: Pick<AppSettings, "closeTold">): void;
  };
  readonly platform: NodeJS.Platform;
  readonly trayHost: () => TrayHost;
  readonly ask: Ask;
  readonly quit: () => void;
  readonly logger: Logger;
}

/**
 * Says where Doorbell is when its window has been closed: once where there is a tray, and once more where there turns
 * out to be none, since the way back is another one then.
 */
export class ClosedPanel {
  readonly #options: ClosedPanelOptions;
  #box: AbortController | null = null;

  constructor(options: ClosedPanelOptions) {
    this.#options = options;
  }

  /** The person has closed the panel. */
  closed(): void {
    const { settings, platform, trayHost, logger } = this.#options;
    const told = whatToTell(settings.current.closeTold, platform, trayHost());
    if (told === null || this.#box !== null) return;
    try {
      settings.note({ closeTold: told });
    } catch {
      logger.warn("panel.closeToldNotWritten");
    }
    void this.#tell(detailOf(told, platform));
  }

  /** The panel is there again: nobody has to be told how to get it back. */
  shown(): void {
    this.#box?.abort();
  }

  async #tell(detail: string): Promise<void> {
    const box = new AbortController();
    this.#box = box;
    const { closed, ok, quitDoorbell } = texts.program;
    const question: Question = {
      type: "info",
      message: closed.message,
      detail,
      buttons: [ok, quitDoorbell],
    };
    const button = await this.#options.ask({ ...question, signal: box.signal });
    this.#box = null;
    if (button === 1 && !box.signal.aborted) this.#options.quit();
  }
}

/** Null when the person knows already. */
function whatToTell(told: Told, platform: NodeJS.Platform, host: TrayHost): Exclude<Told, "nothing"> | null {
  // Elsewhere the system itself shows the icon.
  const tray = platform !== "linux" || host === "present";
  // Whoever was told how it goes without a tray can do the same with one.
  if (told === "noTray" || (tray && told === "tray")) return null;
  return tray ? "tray" : "noTray";
}

function detailOf(told: Exclude<Told, "nothing">, platform: NodeJS.Platform): string {
  const { noTray, tray, menuBar } = texts.program.closed;
  if (told === "noTray") return noTray;
  return platform === "darwin" ? menuBar : tray;
}
