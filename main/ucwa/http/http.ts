import { texts } from "../../../locales/texts.ts";
import { ProxyAuthenticationError, ProxyFailureError } from "../../platform/fetch/fetch-answer.ts";
import type { Cancel, Clock, Fetch, FetchAnswer, FetchInit } from "../../platform/ports.ts";
import { Body } from "./http-body.ts";
import { HttpFailure } from "./http-failure.ts";
import type { HttpFailureKind } from "./http-failure.ts";
import { isRecord } from "../resources/read-resource.ts";

export { HttpFailure } from "./http-failure.ts";
export type { HttpFailureKind } from "./http-failure.ts";

export interface HttpRequest {
  readonly method: FetchInit["method"];
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Until the head of the answer has come, in milliseconds. The body has `BODY_TIMEOUT_MS` more. */
  readonly timeoutMs?: number;
  /** One that lives on serves many requests. One made for this request is to be aborted after it, or is listened to for ever. */
  readonly signal?: AbortSignal;
  /** As in `FetchInit`. */
  readonly asPerson?: boolean;
  /** As in `FetchInit`. */
  readonly once?: boolean;
  /** As in `FetchInit`. */
  readonly urgent?: boolean;
  /** A POST that does no harm when it arrives twice, and is repeated like a GET. */
  readonly repeatable?: boolean;
  /** The body of a 200 is wanted as it is, so many bytes at most, and has no more time than the head. */
  readonly mostBytes?: number;
}

/** A complete answer, whatever its status. */
export interface HttpAnswer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Instead of `body`, where the request says how many it takes. */
  readonly bytes?: Uint8Array;
}

/**
 * Chromium's word for whatever was under way when the addresses of this machine changed: a VPN, the network of a
 * container. It says nothing of the server, and the way is there again at once.
 */
const NETWORK_CHANGED = "ERR_NETWORK_CHANGED";
/** Where addresses go on changing, the network is as good as down. */
const MOST_REPEATS = 3;

const TIMEOUT_MS = 15_000;
const BODY_TIMEOUT_MS = 30_000;

/**
 * One HTTP exchange, bounded in time and size whatever the fetch below does; repeated at once when the network of this
 * machine has changed under it.
 * Rejects with `HttpFailure` only; every status is an answer.
 */
export class Http {
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  /** What each signal ends. One listener for each signal: to add and take away one for each request is dear. */
  readonly #bySignal = new WeakMap<AbortSignal, Set<Exchange>>();

  constructor(fetch: Fetch, clock: Clock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  request(request: HttpRequest): Promise<HttpAnswer> {
    // One promise and no race: this is on the way from the event to the ringing.
    return new Promise((resolve, reject) => {
      const { signal } = request;
      const others = signal && this.#endedBy(signal);
      void new Exchange(this.#clock, request, others, resolve, reject).run(this.#fetch);
    });
  }

  #endedBy(signal: AbortSignal): Set<Exchange> {
    const known = this.#bySignal.get(signal);
    if (known) return known;
    const exchanges = new Set<Exchange>();
    const abort = (): void => {
      for (const exchange of exchanges) exchange.abort();
    };
    signal.addEventListener("abort", abort, { once: true });
    this.#bySignal.set(signal, exchanges);
    return exchanges;
  }
}

/** Over with the first thing that ends it; whatever the fetch does after that is thrown away. */
class Exchange {
  readonly #clock: Clock;
  readonly #request: HttpRequest;
  /** All that its signal ends, and it among them for as long as it goes on. */
  readonly #endedWith: Set<Exchange> | undefined;
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (failure: HttpFailure) => void;
  readonly #abort = new AbortController();
  #cancelTimer: Cancel = () => undefined;
  #reader: BodyReader | null = null;
  #over = false;

  constructor(
    clock: Clock,
    request: HttpRequest,
    endedWith: Set<Exchange> | undefined,
    resolve: (answer: HttpAnswer) => void,
    reject: (failure: HttpFailure) => void,
  ) {
    this.#clock = clock;
    this.#request = request;
    this.#endedWith = endedWith;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  async run(fetch: Fetch): Promise<void> {
    const { signal, timeoutMs = TIMEOUT_MS } = this.#request;
    if (signal?.aborted) return this.#fail("aborted");
    this.#endedWith?.add(this);
    this.#limit(timeoutMs);
    for (let repeats = 0; ; repeats++) {
      let head = false;
      try {
        const response = await fetch(this.#request.url, init(this.#request, this.#abort.signal));
        head = true;
        if (this.#over) return void response.body?.cancel().catch(() => undefined);
        const { status, headers } = response;
        const { url, mostBytes } = this.#request;
        const raw = mostBytes !== undefined && status === 200;
        this.#limit(raw ? timeoutMs : BODY_TIMEOUT_MS);
        const body = new Body(raw ? mostBytes : undefined);
        if (response.body) await this.#read(response.body.getReader(), body, lengthOf(headers));
        this.#end();
        const answer = { url, status, headers };
        this.#resolve(raw ? { ...answer, body: "", bytes: body.bytes() } : { ...answer, body: body.text() });
        return;
      } catch (error) {
        if (this.#over) return;
        if (repeats < MOST_REPEATS && codeOf(error) === NETWORK_CHANGED && mayRepeat(this.#request)) {
          this.#limit(timeoutMs);
          continue;
        }
        return this.#failWith(
          head ? new HttpFailure("interrupted", codeOf(error), this.#host) : failureOf(error, this.#host),
        );
      }
    }
  }

  /** The whole body, of this length where it is known; more than can be an answer ends the exchange. */
  async #read(reader: BodyReader, body: Body, length: number | null): Promise<void> {
    this.#reader = reader;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (!body.add(value)) return this.#fail("tooLarge");
      // What rings need not wait until it is also said that no more comes.
      if (body.length === length) return void reader.read().catch(() => undefined);
    }
  }

  #limit(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ms, () => this.#fail("timeout"));
  }

  /** The caller wants it no more. */
  abort(): void {
    this.#fail("aborted");
  }

  get #host(): string {
    return URL.parse(this.#request.url)?.host ?? texts.server.someServer;
  }

  #fail(kind: HttpFailureKind): void {
    this.#failWith(new HttpFailure(kind, "", this.#host));
  }

  /** Only the first end counts: a promise is settled once. */
  #failWith(failure: HttpFailure): void {
    this.#end();
    this.#reject(failure);
    // A fetch that does not listen to its signal is stopped by its body.
    this.#abort.abort();
    this.#reader?.cancel().catch(() => undefined);
  }

  #end(): void {
    this.#over = true;
    this.#cancelTimer();
    this.#endedWith?.delete(this);
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

function init(request: HttpRequest, signal: AbortSignal): FetchInit {
  const { method, headers, body, asPerson, once, urgent } = request;
  const sent: Writable<FetchInit> = { method, headers: { Accept: "application/json", ...headers }, signal };
  if (body !== undefined) sent.body = body;
  if (asPerson !== undefined) sent.asPerson = asPerson;
  if (once !== undefined) sent.once = once;
  if (urgent !== undefined) sent.urgent = urgent;
  return sent;
}

/**
 * How many bytes the body has, when it is given as it was sent: what came compressed has another length by then. Null where
 * nobody says. Reference: RFC 9110, section 8.6.
 */
function lengthOf(headers: FetchAnswer["headers"]): number | null {
  const sent = headers.get("content-length") ?? "";
  return /^\d+$/.test(sent) && !headers.has("content-encoding") ? Number(sent) : null;
}

/** Whether it is known that a second arrival does no harm: the first one may have come through. */
function mayRepeat({ method, repeatable = method !== "POST" }: HttpRequest): boolean {
  return repeatable;
}

/** What a rejection of the fetch port means, before anybody here gave up. */
export function failureOf(error: unknown, host: string): HttpFailure {
  const { failures, proxies } = texts.server;
  if (error instanceof ProxyAuthenticationError) {
    const { proxy } = error;
    return new HttpFailure("proxy", "", host, proxy === null ? undefined : proxies.asks(proxy));
  }
  if (error instanceof ProxyFailureError) {
    const { code, answered, proxy } = error;
    const sentence = answered
      ? proxy === null
        ? failures.proxyLedNowhere(host)
        : proxies.ledNowhere(proxy, host)
      : proxy === null
        ? proxies.unknownUnreachable
        : proxies.unreachable(proxy);
    return new HttpFailure(kindOf(code), code, host, sentence);
  }
  const code = codeOf(error);
  return new HttpFailure(kindOf(code), code, host);
}

/** The code of the network stack lies at the bottom of a chain of causes. */
function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
    const chromium = /\bERR_[A-Z_]+/.exec(at.message);
    if (chromium) return chromium[0];
  }
  return "";
}

function kindOf(code: string): HttpFailureKind {
  if (/^ENOTFOUND$|NAME_NOT_RESOLVED/.test(code)) return "unknownHost";
  if (/SSL_CLIENT_AUTH|BAD_SSL_CLIENT/.test(code)) return "clientCertificate";
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS_/.test(code)) return "certificate";
  if (/TIMEDOUT|TIMED_OUT|_TIMEOUT/.test(code)) return "timeout";
  return "unreachable";
}

/** The JSON object of an answer, whatever its declared type; undefined when it is none (HTML of a proxy, for one). */
export function jsonOf(answer: HttpAnswer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(answer.body.replace(/^\uFEFF/, ""));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `Retry-After` in milliseconds, by seconds or by date, a day at most; null when absent or odd. */
export function retryAfterMs(answer: HttpAnswer, nowMs: number): number | null {
  const value = answer.headers.get("retry-after") ?? "";
  // Only the form of HTTP: `Date.parse` finds a date in nearly anything.
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : /^[A-Za-z]+, .{1,40} GMT$/.test(value)
      ? Date.parse(value) - (serverTimeMs(answer) ?? nowMs)
      : Number.NaN;
  return Number.isNaN(ms) ? null : Math.min(LONGEST_RETRY_MS, Math.max(0, ms));
}

/** When the server has answered, by its own clock: one of the two may be wrong. */
function serverTimeMs({ headers }: HttpAnswer): number | null {
  const ms = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(ms) ? null : ms;
}

const LONGEST_RETRY_MS = 24 * 3_600_000;
