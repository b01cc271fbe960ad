import { texts } from "../../../locales/texts.ts";
import type { StartAtLoginView } from "../../../preload/contract.ts";
import type { AppSettings } from "../../account/app-settings.ts";
import type { LoginItem } from "../../desktop/start/start-at-login.ts";
import { Refusal } from "../../ipc/router.ts";

export interface StartAtLoginOptions {
  /** Null where it is not to be had. */
  readonly item: LoginItem | null;
  readonly settings: {
    readonly current: Pick<AppSettings, "startAtLoginAnswered">;
    /** Throws when it cannot be written; it holds for this run all the same. */
    note(change: Pick<AppSettings, "startAtLoginAnswered">): void;
  };
  /** `view` is another now. */
  readonly changed: () => void;
}

/**
 * Whether Doorbell starts with the desktop. Off until the person wants it, which they are asked once. What is shown is
 * what the system says, since a file can be removed and a login item switched off without us.
 */
export class StartAtLogin {
  readonly #options: StartAtLoginOptions;
  #on: boolean | null = null;

  constructor(options: StartAtLoginOptions) {
    this.#options = options;
  }

  get view(): StartAtLoginView {
    const { item, settings } = this.#options;
    return {
      possible: item !== null,
      on: this.#on === true,
      offered: this.#on === false && !settings.current.startAtLoginAnswered,
    };
  }

  /** Looks at the system anew. Never rejects. */
  async look(): Promise<void> {
    const { item, changed } = this.#options;
    if (item === null) return;
    const on = await item.isOn();
    if (on === this.#on) return;
    this.#on = on;
    changed();
  }

  /** Also answers the offer. Rejects with `Refusal` when the system does not do as wanted. */
  async want(wanted: boolean): Promise<void> {
    const { item, settings, changed } = this.#options;
    if (item === null) throw new Refusal("failed", texts.program.startAtLogin.notInstalled);
    await this.look();
    // What is as wanted already may have been edited by the person.
    const problem = wanted === this.#on ? null : await item.set(wanted);
    await this.look();
    if (problem !== null) throw new Refusal("failed", problem);
    try {
      settings.note({ startAtLoginAnswered: true });
    } catch {
      // Told beside the other problems of the settings.
    }
    changed();
  }
}
