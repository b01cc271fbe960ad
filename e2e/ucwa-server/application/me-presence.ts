import type { Application } from "./served-application.ts";
import type { ShownPresence } from "../people/people-presence.ts";
import { usualInactiveTimeoutMs } from "./me-availability.ts";
import type { Publishable } from "./me-availability.ts";

/** Reference: Availability */
export type Shown = Publishable | ShownPresence["availability"];

/**
 * What one application shows of its user. What the control API says of them, or what they have published, stands until
 * the other is said; otherwise it follows their activity.
 *
 *     active ──(inactiveTimeout)──▶ idle ──(awayMs)──▶ away
 *       ▲                            │                  │
 *       └────────reportMyActivity────┴──────────────────┘
 *
 * Only what concerns being at the machine degrades: Online and Busy. INFERRED: the states' names on the wire; the
 * page that draws the figure calls the middle one Inactive, and the enumeration has IdleOnline and IdleBusy.
 * Reference: MeDashboard, presence
 */
export class OwnPresence {
  readonly #application: Application;
  readonly #changed: () => void;
  /** By the control API. */
  #told: ShownPresence | null = null;
  #published: Publishable | null = null;
  #idleness: "active" | "idle" | "away" = "active";
  #inactiveTimeoutMs = usualInactiveTimeoutMs;
  #stop: () => void = () => {};

  /** `changed` is called whenever what is shown changes by itself. */
  constructor(application: Application, changed: () => void) {
    this.#application = application;
    this.#changed = changed;
    const { context, user } = application;
    const stop = context.presences.watch((uri) => {
      if (application.ended) return stop();
      if (uri !== user.uri || application.availability === null) return;
      this.#told = context.presences.known(uri);
      changed();
    });
  }

  /** Reference: presence */
  get activity(): string {
    return this.#told?.activity ?? this.shown;
  }

  get shown(): Shown {
    if (this.#told) return this.#told.availability;
    const base = this.#published ?? "Online";
    if (base !== "Online" && base !== "Busy") return base;
    switch (this.#idleness) {
      case "active":
        return base;
      case "idle":
        return `Idle${base}`;
      case "away":
        return "Away";
    }
  }

  /** The user has been made available. */
  begin(published: Publishable | null, inactiveTimeoutMs: number | null): void {
    const { context, user } = this.#application;
    this.#told = published === null ? context.presences.known(user.uri) : null;
    this.#published = published;
    this.#inactiveTimeoutMs = inactiveTimeoutMs ?? usualInactiveTimeoutMs;
    this.#arm();
  }

  /** The user publishes something, or with `null` leaves it to the server again. */
  publish(published: Publishable | null): void {
    this.#told = null;
    this.#published = published;
    this.#changed();
  }

  /** The user did something. */
  active(): void {
    const before = this.shown;
    this.#idleness = "active";
    this.#arm();
    if (this.shown !== before) this.#changed();
  }

  #arm(): void {
    const { clock, timings } = this.#application.context;
    this.#stop();
    this.#stop = clock.after(this.#inactiveTimeoutMs, () => {
      this.#become("idle");
      this.#stop = clock.after(timings.awayMs, () => this.#become("away"));
    });
  }

  #become(idleness: "idle" | "away"): void {
    if (this.#application.ended) return;
    const before = this.shown;
    this.#idleness = idleness;
    if (this.shown !== before) this.#changed();
  }
}
