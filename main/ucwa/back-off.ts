import type { Cancel, Clock } from "../platform/ports.ts";

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

/** A wait that time, `end()` or a signal ends; it never rejects. */
export class Pause {
  readonly #clock: Clock;
  #end: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether it is going on. */
  get waiting(): boolean {
    return this.#end !== null;
  }

  end(): void {
    this.#end?.();
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    let cancel: Cancel = () => undefined;
    let onAbort: () => void = () => undefined;
    await new Promise<void>((resolve) => {
      this.#end = resolve;
      cancel = this.#clock.after(ms, resolve);
      onAbort = () => resolve();
      signal.addEventListener("abort", onAbort);
    });
    this.#end = null;
    cancel();
    // The signal of a run lives for weeks, and sees a wait at every loss of the network.
    signal.removeEventListener("abort", onAbort);
  }
}
