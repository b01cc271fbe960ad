/** A button, checkbox or the like; compared by identity. */
export type Control = object;

/** Where a control is on the page, in CSS pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A click as the page learns of it. Milliseconds of the page's clock. */
export interface Click {
  /** How many presses in a row at one place this is the last of; 0 for a key or a screen reader. */
  readonly detail: number;
  /** When it was made, which may be long before it arrives. */
  readonly at: number;
}

/** What appears or moves takes no click for so long: a person needs that time to see it and to stop a finger. */
export const SETTLE_MS = 500;

/** Half a pixel is no movement: places are fractions where the screen is scaled. */
const TOLERANCE = 0.5;

interface Known {
  readonly place: Place;
  /** Since when it is on the screen. */
  readonly shownAt: number;
  /** Since when it is at that place. */
  readonly placedAt: number;
}

/**
 * Decides whether a click on a control is meant: whoever clicked has seen the control there. A click by pointer is meant
 * when the control has stood still for half a second, and when it is not the second of a double click or one more of a
 * hurried row, which belong to the first. A click by key or screen reader is meant when the control has been there for half a second: it goes to the
 * control, wherever that stands. Pure but for what it remembers; time is handed in.
 */
export class MeantClicks {
  readonly #known = new Map<Control, Known>();
  #pressed: { readonly control: Control | null; readonly at: number } | null = null;
  #firstPressed: Control | null = null;
  /** The last press came so soon after another one on the same control that it belongs to that one. */
  #again = false;

  /** The controls that there are now and where they are. To be called after everything that may change that. */
  look(places: ReadonlyMap<Control, Place>, now: number): void {
    for (const control of this.#known.keys()) if (!places.has(control)) this.#known.delete(control);
    for (const [control, place] of places) {
      const known = this.#known.get(control);
      if (known === undefined) this.#known.set(control, { place, shownAt: now, placedAt: now });
      else if (!isSame(known.place, place)) this.#known.set(control, { ...known, place, placedAt: now });
    }
  }

  /** The whole window came up or moved: nothing in it has been seen there. */
  windowPlaced(now: number): void {
    for (const [control, { place }] of this.#known)
      this.#known.set(control, { place, shownAt: now, placedAt: now });
  }

  /** A button of the mouse, a pen or a finger went down on this control; null for none. */
  pressed(control: Control | null, { detail, at }: Click): void {
    // Not by `detail` alone: after three, browsers begin to count anew.
    const before = this.#pressed;
    this.#again = before !== null && before.control === control && at - before.at < SETTLE_MS;
    this.#pressed = { control, at };
    if (detail <= 1) this.#firstPressed = control;
  }

  /** Whether a click on something that answers, or that cannot be taken back, is meant. */
  isMeant(control: Control, { detail, at }: Click): boolean {
    const known = this.#known.get(control);
    if (known === undefined) return false;
    if (detail === 0) return at - known.shownAt >= SETTLE_MS;
    // The press decides: what came up under a finger that is down was not seen by it.
    const pressedAt = Math.min(at, this.#pressed?.at ?? at);
    return detail === 1 && !this.#again && pressedAt - known.placedAt >= SETTLE_MS;
  }

  /** Whether a press is for this control, or the rest of a double click that began on another. */
  isItsOwn(control: Control | null, detail: number): boolean {
    return detail <= 1 || control === this.#firstPressed;
  }

  /** When a control begins to take every click, of the pointer too, if nothing moves. Milliseconds of the page's clock. */
  settledAt(control: Control): number {
    return (this.#known.get(control)?.placedAt ?? -Infinity) + SETTLE_MS;
  }
}

function isSame(one: Place, other: Place): boolean {
  return (["left", "top", "width", "height"] as const).every(
    (edge) => Math.abs(one[edge] - other[edge]) <= TOLERANCE,
  );
}
