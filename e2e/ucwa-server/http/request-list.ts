import { shownAddress } from "./breaches.ts";
import type { Clock } from "../clock.ts";
import type { ServerRequest } from "./message.ts";

/** One request as it is shown: no header, no body, no query but an event channel's. */
export interface SeenRequest {
  readonly number: number;
  readonly at: number;
  readonly method: string;
  readonly address: string;
  readonly endpoint: string;
  /** `null` while it waits for its answer; 0 when the client went away or the connection was cut. */
  status: number | null;
  durationMs: number | null;
  user: string | null;
}

/** The last requests, oldest first. */
export class RequestList {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #requests: SeenRequest[] = [];
  #count = 0;

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get list(): readonly SeenRequest[] {
    return this.#requests;
  }

  /** Notes a request that has come in; the answer is noted with `finish`. */
  begin(request: ServerRequest, endpoint: string): SeenRequest {
    const seen: SeenRequest = {
      number: ++this.#count,
      at: this.#clock.now(),
      method: request.method,
      address: shownAddress(request.url),
      endpoint,
      status: null,
      durationMs: null,
      user: null,
    };
    this.#requests.push(seen);
    if (this.#requests.length > 200) this.#requests.shift();
    this.#changed();
    return seen;
  }

  finish(seen: SeenRequest, status: number): void {
    seen.status = status;
    seen.durationMs = this.#clock.now() - seen.at;
    this.#changed();
  }
}
