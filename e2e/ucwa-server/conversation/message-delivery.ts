import type { Delivery } from "../application/event-queue.ts";
import type { Clock } from "../clock.ts";

/**
 * One message on its way to one application. Reference: message
 *
 *     waiting ──a response carries it──▶ handed out ──acknowledged, or time is up──▶ fetched
 *        └──time is up, or its reader is gone──▶ lost
 *
 * INFERRED: when time is up, what a response has carried counts as fetched, because the channel serves that response
 * again until it is acknowledged. Otherwise its sender would be told of a failure and its reader would still read it.
 */
export class MessageDelivery implements Delivery {
  readonly #settled: (fetched: boolean) => void;
  readonly #expiresAt: number;
  readonly #stopWaiting: () => void;
  #state: "waiting" | "handedOut" | "fetched" | "lost" = "waiting";

  constructor(clock: Clock, limitMs: number, settled: (fetched: boolean) => void) {
    this.#settled = settled;
    this.#expiresAt = clock.now() + limitMs;
    this.#stopWaiting = clock.after(limitMs + 1, () => this.end());
  }

  isLate(now: number): boolean {
    return this.#state === "lost" || now > this.#expiresAt;
  }

  handedOut(): void {
    if (this.#state === "waiting") this.#state = "handedOut";
  }

  acknowledged(): void {
    this.#become("fetched");
  }

  /** Nothing more comes of it: time is up, or its reader has gone. */
  end(): void {
    this.#become(this.#state === "waiting" ? "lost" : "fetched");
  }

  #become(state: "fetched" | "lost"): void {
    if (this.#state === "fetched" || this.#state === "lost") return;
    this.#state = state;
    this.#stopWaiting();
    this.#settled(state === "fetched");
  }
}
