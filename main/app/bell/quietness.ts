import type { AppSettings, AppSettingsStore } from "../../account/app-settings.ts";
import type { Clock } from "../../platform/ports.ts";
import { doNotDisturbFor, type Quiet, type QuietFacts, type QuietFor } from "../../core/quiet/quiet.ts";
import { QuietWatch } from "../../core/quiet/quiet-watch.ts";

export interface QuietnessOptions {
  readonly settings: Pick<AppSettingsStore, "current" | "note">;
  readonly clock: Clock;
  /** `causes` are others now. */
  readonly changed: () => void;
}

/** Who wants quiet, of all that this program knows: the person's switch and schedule, the system, their presence. */
export class Quietness {
  readonly #options: QuietnessOptions;
  readonly #watch: QuietWatch;
  #systemFocus = false;
  #presence: string | null = null;

  constructor(options: QuietnessOptions) {
    this.#options = options;
    const { clock, changed } = options;
    this.#watch = new QuietWatch({ clock, changed }, this.#facts());
  }

  /** As in `quietCauses`. */
  get causes(): readonly Quiet[] {
    return this.#watch.causes;
  }

  /** For so long, or not any more. Whether it holds over a restart, too: it does not where the settings cannot be written. */
  disturb(wanted: QuietFor | "off"): boolean {
    const { settings, clock } = this.#options;
    const doNotDisturb = wanted === "off" ? null : doNotDisturbFor(wanted, clock.now());
    let kept = true;
    try {
      settings.note({ doNotDisturb });
    } catch {
      kept = false;
    }
    this.settingsChanged();
    return kept;
  }

  settingsChanged(): void {
    this.#watch.setFacts(this.#facts());
  }

  /** The system's own "do not disturb" or focus; false where it does not tell. */
  setSystemFocus(on: boolean): void {
    this.#systemFocus = on;
    this.settingsChanged();
  }

  /** The person's own availability as the server tells it; null where it is not known. Reference: presence. */
  setPresence(availability: string | null): void {
    this.#presence = availability;
    this.settingsChanged();
  }

  /** After sleep it is another time. */
  woke(): void {
    this.#watch.look();
  }

  dispose(): void {
    this.#watch.dispose();
  }

  #facts(): QuietFacts {
    const { quietHours, doNotDisturb, followSystemFocus, followPresence }: AppSettings =
      this.#options.settings.current;
    return {
      quietHours,
      doNotDisturb,
      systemFocus: followSystemFocus && this.#systemFocus,
      presence: followPresence ? this.#presence : null,
    };
  }
}
