import type { Clock } from "../../platform/ports.ts";
import type { ReadyService } from "./freedesktop/freedesktop-presence.ts";
import { busCall, type SessionBus } from "../../platform/bus/session-bus.ts";

/** The notifications that one process has on the screen, as another has to know them to close them. */
export interface ShownIds {
  /** The bus's own id. A bus that was restarted at the same address has another, and gives its names out anew. */
  readonly busId: string;
  /** Unique name of the service's connection: to another owner the ids mean nothing. */
  readonly owner: string;
  readonly ids: readonly number[];
}

/** What a process left that ended without closing its notifications. */
export interface LeftIds {
  readonly shown: ShownIds;
  /** Nothing is known of it any more. Never rejects. */
  forget(): Promise<void>;
}

/** Where the ids outlive the process. Neither method rejects: what cannot be kept is not kept. */
export interface ShownStore {
  /** Replaces what this process has kept; null when nothing is on the screen. */
  keep(shown: ShownIds | null): Promise<void>;
  /** What processes that have ended left behind. What belongs to one that lives is not among it. */
  left(): Promise<readonly LeftIds[]>;
}

/**
 * Closes at the start what a killed process left on the screen, and keeps the ids of this one's notifications for the
 * next. Many services never let a critical notification expire, so that without this its buttons would stay for good
 * with nobody behind them. Everything happens beside the notifications: nothing here is waited for before one is drawn.
 */
export class ShownRecord {
  readonly #store: ShownStore;
  readonly #close: (at: ReadyService, id: number) => Promise<void>;
  #busId: { readonly bus: SessionBus; readonly id: Promise<string | null> } | null = null;
  #cleared = false;
  #at: ReadyService | null = null;
  #ids: readonly number[] = [];
  #kept = "null";
  #work: Promise<void> = Promise.resolve();

  /** `close` takes what has this id off the screen. */
  constructor(store: ShownStore, close: (at: ReadyService, id: number) => Promise<void>) {
    this.#store = store;
    this.#close = close;
  }

  /** A service is ready. The first one gets what was left on it closed. */
  found(at: ReadyService): void {
    // Asked for now, so that it is at hand when something rings.
    void this.#idOf(at.bus);
    if (this.#cleared) return;
    this.#cleared = true;
    this.#then(() => this.#closeLeft(at));
  }

  /** These are on the screen now. */
  changed(at: ReadyService | null, ids: readonly number[]): void {
    this.#at = at;
    this.#ids = ids;
    this.#then(() => this.#keep());
  }

  /** Resolves when the last change has been kept, or after `limitMs`. */
  settled(clock: Clock, limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(limitMs, resolve);
      void this.#work.then(() => {
        cancel();
        resolve();
      });
    });
  }

  /** One step after the other; `#keep` reads what is current when its turn has come. */
  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(step);
  }

  async #closeLeft(at: ReadyService): Promise<void> {
    const left = await this.#store.left();
    if (left.length === 0) return;
    const busId = await this.#idOf(at.bus);
    for (const one of left) {
      const { shown } = one;
      const closing = shown.busId === busId && shown.owner === at.owner ? shown.ids : [];
      // Whether they were still there is the same to us.
      await Promise.all(closing.map((id) => this.#close(at, id)));
      await one.forget();
    }
  }

  async #keep(): Promise<void> {
    const at = this.#at;
    const ids = this.#ids;
    const busId = at === null || ids.length === 0 ? null : await this.#idOf(at.bus);
    const shown = at === null || busId === null ? null : { busId, owner: at.owner, ids };
    const kept = JSON.stringify(shown);
    if (kept === this.#kept) return;
    this.#kept = kept;
    await this.#store.keep(shown);
  }

  #idOf(bus: SessionBus): Promise<string | null> {
    if (this.#busId?.bus !== bus) {
      const id = bus.ask(busCall("GetId")).then((result) => {
        const [text] = result.outcome === "answered" ? result.body : [];
        return typeof text === "string" ? text : null;
      });
      this.#busId = { bus, id };
    }
    return this.#busId.id;
  }
}
