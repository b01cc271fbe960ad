import type { Clock } from "../clock.ts";
import type { Cut, ServerResponse } from "./message.ts";

/** How an answer gets, or does not get, to its client. */
export interface Delivery {
  /** Where nothing comes any more, for so many milliseconds of the server's clock or, with `null`, until released. */
  readonly stall: { readonly at: Cut; readonly forMs: number | null } | null;
  /** The body comes so many bytes at a time. */
  readonly slow: { readonly bytes: number; readonly everyMs: number } | null;
  /** Where the connection dies. */
  readonly cut: Cut | null;
  /** It dies by a reset instead of an orderly end. */
  readonly reset: boolean;
}

/** What is held back now, by the id of the fault that holds it. */
export class Held {
  readonly #clock: Clock;
  readonly #releases = new Map<string, Set<() => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many requests and bodies wait to be released. */
  get count(): number {
    return [...this.#releases.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Waits until the time is over, somebody releases it, or nobody is left to wait for. */
  async wait(id: string, forMs: number | null, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const releases = this.#releases.get(id) ?? new Set<() => void>();
    this.#releases.set(id, releases);
    await new Promise<void>((resolve) => {
      const end = (): void => {
        stopTimer?.();
        signal.removeEventListener("abort", end);
        releases.delete(end);
        if (releases.size === 0) this.#releases.delete(id);
        resolve();
      };
      const stopTimer = forMs === null ? null : this.#clock.after(forMs, end);
      signal.addEventListener("abort", end);
      releases.add(end);
    });
  }

  /** Lets go of what one fault holds, or all of them. */
  release(id?: string): void {
    for (const [held, releases] of this.#releases)
      if (id === undefined || id === held) for (const end of releases) end();
  }
}

/** The response as it leaves under this delivery. The stall before the headers is the caller's to wait for. */
export function delivered(
  response: ServerResponse,
  delivery: Delivery,
  id: string,
  held: Held,
  signal: AbortSignal,
): ServerResponse {
  const { cut, reset, slow, stall } = delivery;
  const ends = { ...response, ...(cut !== null && { cut }), ...(reset && { reset }) };
  if (cut === "beforeHeaders" || (slow === null && stall?.at !== "midBody")) return ends;
  const bytes = typeof response.body === "string" ? new TextEncoder().encode(response.body) : response.body;
  return { ...ends, parts: parts(bytes, delivery, (forMs) => held.wait(id, forMs, signal), signal) };
}

async function* parts(
  bytes: Uint8Array,
  { cut, slow, stall }: Delivery,
  wait: (forMs: number | null) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const half = Math.floor(bytes.length / 2);
  const end = cut === "midBody" ? half : bytes.length;
  const stallsAtHalf = stall?.at === "midBody";
  for (let sent = 0; !signal.aborted;) {
    if (stallsAtHalf && sent === half) await wait(stall.forMs);
    if (sent >= end || signal.aborted) return;
    const limit = stallsAtHalf && sent < half ? half : end;
    const next = Math.min(limit, sent + (slow?.bytes ?? bytes.length));
    yield bytes.subarray(sent, next);
    sent = next;
    if (slow !== null && sent < end) await wait(slow.everyMs);
  }
}
