import type { Clock } from "../platform/ports.ts";

const FIRST_MS = 1_000;
const CAP_MS = 5 * 60_000;
/** A server may ask for patience, not for silence without end. */
const RETRY_AFTER_CAP_MS = 30 * 60_000;

/**
 * How long to wait before try number `attempt` (from 1): doubling from one second to five minutes, half of it
 * jittered so that a hall of clients does not return at once. What the server asked for is a lower bound.
 */
export function backOffMs(attempt: number, fraction: number, retryAfterMs: number | null): number {
  const full = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20));
  const jittered = full / 2 + (full / 2) * fraction;
  return Math.round(Math.max(jittered, Math.min(retryAfterMs ?? 0, RETRY_AFTER_CAP_MS)));
}

/** Waits that time, `end()` or a signal ends; none rejects. */
export class Pause {
  readonly #clock: Clock;
  readonly #ends = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether one is going on. */
  get waiting(): boolean {
    return this.#ends.size > 0;
  }

  end(): void {
    for (const end of this.#ends) end();
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (): void => resolve();
    const cancel = this.#clock.after(ms, end);
    this.#ends.add(end);
    signal.addEventListener("abort", end);
    await promise;
    this.#ends.delete(end);
    cancel();
    // The signal of a run lives for weeks, and sees a wait at every loss of the network.
    signal.removeEventListener("abort", end);
  }
}
