import type { Cancel, Clock } from "../../platform/ports.ts";

export interface PageReloadOptions {
  readonly clock: Clock;
  readonly load: () => void;
  /** It died too often: nothing more is done before `retry`. */
  readonly gaveUp: () => void;
}

const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 10_000;
/** A page that lived longer is loaded again soon when it dies, and its earlier deaths are forgotten. */
const STABLE_MS = 30_000;
/** In a row; the last one comes about half a minute after the first. */
const MOST_DEATHS = 8;

/**
 * When a page that died is loaded again.
 *
 * ```
 * loaded → (died) waiting → loaded …      (died too often) → given up → (retry) loaded
 * ```
 */
type State =
  | { readonly name: "loaded"; readonly at: number }
  | { readonly name: "waiting"; readonly cancel: Cancel }
  | { readonly name: "givenUp" };

export class PageReload {
  readonly #options: PageReloadOptions;
  #state: State = { name: "givenUp" };
  #deaths = 0;

  /** Nothing is loaded before `retry`. */
  constructor(options: PageReloadOptions) {
    this.#options = options;
  }

  /** Loads it now, unless it is loaded or about to be. */
  retry(): void {
    if (this.#state.name !== "givenUp") return;
    this.#deaths = 0;
    this.#load();
  }

  /** The page ended or could not be loaded; one that is told of twice died once. Returns the delay in milliseconds. */
  died(): number | null {
    const { clock, gaveUp } = this.#options;
    if (this.#state.name !== "loaded") return null;
    if (clock.now() - this.#state.at >= STABLE_MS) this.#deaths = 0;
    this.#deaths += 1;
    if (this.#deaths > MOST_DEATHS) {
      this.#state = { name: "givenUp" };
      gaveUp();
      return null;
    }
    const delayMs = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.#deaths - 1));
    this.#state = { name: "waiting", cancel: clock.after(delayMs, () => this.#load()) };
    return delayMs;
  }

  /** The window is gone. */
  dispose(): void {
    if (this.#state.name === "waiting") this.#state.cancel();
  }

  #load(): void {
    this.#state = { name: "loaded", at: this.#options.clock.now() };
    this.#options.load();
  }
}
