import type { Invitation } from "./invitation.ts";
import { changedInvitations, visibleInvitations } from "./machine/inbox-state.ts";
import type { Inbox } from "./machine/inbox-state.ts";

/** What surfaces see, and what of it they have not seen before. */
export interface Visible {
  readonly all: readonly Invitation[];
  readonly changed: readonly Invitation[];
}

/**
 * Follows what surfaces see of the inbox. Of a thousand that ring an event changes one: then one is put in the place of
 * another, and all are gone through only when one comes or goes.
 */
export class VisibleInvitations {
  #all: readonly Invitation[] = [];
  #places: ReadonlyMap<string, number> = new Map();
  #ended: Inbox["endedShown"] = [];

  /** To be told of every inbox that surfaces are told of. */
  update(inbox: Inbox): Visible {
    const shown = changedInvitations(inbox).flatMap((entry) => (entry.shown === null ? [] : [entry.shown]));
    const isSame = inbox.endedShown === this.#ended && shown.every(({ id }) => this.#places.has(id));
    return isSame ? this.#replace(shown) : this.#makeAnew(inbox);
  }

  #replace(shown: readonly Invitation[]): Visible {
    const all = [...this.#all];
    const changed: Invitation[] = [];
    for (const invitation of shown) {
      const place = this.#places.get(invitation.id);
      if (place === undefined || all[place] === invitation) continue;
      all[place] = invitation;
      changed.push(invitation);
    }
    if (changed.length > 0) this.#all = all;
    return { all: this.#all, changed };
  }

  #makeAnew(inbox: Inbox): Visible {
    const before = this.#all;
    const places = this.#places;
    this.#all = visibleInvitations(inbox);
    this.#places = new Map(this.#all.map(({ id }, place) => [id, place]));
    this.#ended = inbox.endedShown;
    const changed = this.#all.filter((invitation) => before[places.get(invitation.id) ?? -1] !== invitation);
    return { all: this.#all, changed };
  }
}
