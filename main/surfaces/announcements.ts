import type { RingingRole } from "../../preload/contract.ts";

/**
 * Which window tells a screen reader of an invitation: the panel if it was on the screen when the invitation came, else
 * the toast, should it come up. It stays with that one, so that nothing is told twice.
 */
export class Announcements {
  readonly #isPanelShown: () => boolean;
  #windows = new Map<string, RingingRole>();

  constructor(isPanelShown: () => boolean) {
    this.#isPanelShown = isPanelShown;
  }

  /** For all that are alive; what is not named is forgotten. */
  of(ids: readonly string[]): ReadonlyMap<string, RingingRole> {
    const window: RingingRole = this.#isPanelShown() ? "panel" : "toast";
    this.#windows = new Map(ids.map((id) => [id, this.#windows.get(id) ?? window]));
    return this.#windows;
  }
}
