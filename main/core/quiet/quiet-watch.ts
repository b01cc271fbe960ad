import { isDeepStrictEqual } from "node:util";

import type { Cancel, Clock } from "../../platform/ports.ts";
import { type Quiet, quietCauses, quietChangesAt, type QuietFacts } from "./quiet.ts";

export interface QuietWatchOptions {
  readonly clock: Clock;
  /** Called once a change of `causes`. */
  readonly changed: (causes: readonly Quiet[]) => void;
}

/** A timer that was set for longer may be late: the machine sleeps, and clocks are set. */
const LOOKS_AGAIN_MS = 60_000;

/** Knows at every moment who wants quiet: from what it is told, and from the clock. */
export class QuietWatch {
  readonly #options: QuietWatchOptions;
  #facts: QuietFacts;
  #causes: readonly Quiet[];
  #cancel: Cancel = () => undefined;

  constructor(options: QuietWatchOptions, facts: QuietFacts) {
    this.#options = options;
    this.#facts = facts;
    this.#causes = quietCauses(facts, options.clock.now());
    this.#wait();
  }

  /** As in `quietCauses`. */
  get causes(): readonly Quiet[] {
    return this.#causes;
  }

  /** What has changed of them. */
  setFacts(change: Partial<QuietFacts>): void {
    this.#facts = { ...this.#facts, ...change };
    this.look();
  }

  /** Looks at the clock: after sleep it is another time. */
  look(): void {
    const causes = quietCauses(this.#facts, this.#options.clock.now());
    this.#wait();
    if (isDeepStrictEqual(causes, this.#causes)) return;
    this.#causes = causes;
    this.#options.changed(causes);
  }

  dispose(): void {
    this.#cancel();
  }

  #wait(): void {
    const { clock } = this.#options;
    this.#cancel();
    const now = clock.now();
    const at = quietChangesAt(this.#facts, now);
    if (at === null) return;
    this.#cancel = clock.after(Math.min(at - now, LOOKS_AGAIN_MS), () => this.look());
  }
}
