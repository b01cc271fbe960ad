import type { Invitation } from "./invitation.ts";
import type { Entry } from "./machine/entry.ts";
import { changedInvitations } from "./machine/inbox-state.ts";
import type { Inbox } from "./machine/inbox-state.ts";

/** What surfaces see, and what of it they have not seen before. */
export interface Visible {
  /** In the order of their coming. */
  readonly all: readonly Invitation[];
  readonly changed: readonly Invitation[];
}

/**
 * Follows what surfaces see of the inbox, as `visibleInvitations` has it. Of a thousand that ring an event changes one: then
 * one is put in the place of another, and the others are not looked at.
 */
export class VisibleInvitations {
  #all: readonly Invitation[] = [];
  /** The numbers of their entries, which grow in the order of their coming. */
  readonly #numbers: number[] = [];
  #ended: Inbox["endedShown"] = [];

  /** To be told of every inbox that surfaces are told of. */
  update(inbox: Inbox): Visible {
    const all = [...this.#all];
    const changed: Invitation[] = [];
    for (const entry of changedInvitations(inbox)) this.#put(entry, all, changed);
    const { endedShown, unseenEnds } = inbox;
    if (endedShown !== this.#ended) {
      for (const entry of endedShown.slice(endedShown.length - unseenEnds)) this.#put(entry, all, changed);
      // What surfaces have seen the end of is dropped, the earliest end first.
      for (const entry of this.#ended) {
        if (entry === endedShown[0]) break;
        const place = this.#placeOf(entry.number);
        this.#numbers.splice(place, 1);
        all.splice(place, 1);
      }
      this.#ended = endedShown;
    }
    if (changed.length > 0 || all.length !== this.#all.length) this.#all = all;
    return { all: this.#all, changed };
  }

  #put({ number, shown }: Entry, all: Invitation[], changed: Invitation[]): void {
    if (shown === null) return;
    const place = this.#placeOf(number);
    if (this.#numbers[place] !== number) {
      this.#numbers.splice(place, 0, number);
      all.splice(place, 0, shown);
    } else if (all[place] === shown) return;
    else all[place] = shown;
    changed.push(shown);
  }

  /** Where it is, or would be. */
  #placeOf(number: number): number {
    let [from, to] = [0, this.#numbers.length];
    // Most that come are the newest.
    if ((this.#numbers.at(-1) ?? -1) < number) return to;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#numbers[middle] ?? 0) < number) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
