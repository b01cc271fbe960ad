import type { Clock, Fetch, FetchInit } from "../ports.ts";
import { isRecord } from "./read-resource.ts";

export interface HttpRequest {
  readonly method: FetchInit["method"];
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Until the head of the answer has come, in milliseconds. The body has `BODY_TIMEOUT_MS` more. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A complete answer, whatever its status. */
export interface HttpAnswer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export type HttpFailureKind =
  | "unreachable"
  /** No name server knows the host. */
  | "unknownHost"
  | "certificate"
  /** We gave up waiting. */
  | "timeout"
  /** The answer broke off or could not be decoded. */
  | "interrupted"
  | "tooLarge"
  /** The caller's own signal. */
  | "aborted";

/** No complete answer came. The message is fit for people: it holds a host name and a code, no path and no header. */
export class HttpFailure extends Error {
  readonly kind: HttpFailureKind;
  /** Of the network stack, such as ECONNREFUSED; empty when there is none. */
  readonly code: string;

  constructor(kind: HttpFailureKind, code: string, host: string, options?: ErrorOptions) {
    super(`${SENTENCES[kind](host)}${code === "" ? "" : ` (${code})`}`, options);
    this.name = "HttpFailure";
    this.kind = kind;
    this.code = code;
  }
}

const SENTENCES: Readonly<Record<HttpFailureKind, (host: string) => string>> = {
  unreachable: (host) => `${host} cannot be reached`,
  unknownHost: (host) => `${host} is not known to the name server`,
  certificate: (host) => `${host} does not show a certificate that this computer trusts`,
  timeout: (host) => `${host} did not answer in time`,
  interrupted: (host) => `${host} broke off its answer`,
  tooLarge: (host) => `${host} sent more than can be an answer`,
  aborted: (host) => `The request to ${host} was given up`,
};

const TIMEOUT_MS = 15_000;
const BODY_TIMEOUT_MS = 30_000;
/** An event package with hundreds of invitations stays far below; a decompressed bomb does not. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * One HTTP exchange, bounded in time and size whatever the fetch below does.
 * Rejects with `HttpFailure` only; every status is an answer.
 */
export class Http {
  readonly #fetch: Fetch;
  readonly #clock: Clock;

  constructor(fetch: Fetch, clock: Clock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const host = new URL(request.url).host;
    const abort = new AbortController();
    let failure: HttpFailureKind | null = null;
    const give = (kind: HttpFailureKind) => {
      failure ??= kind;
      abort.abort();
    };
    const onAbort = () => give("aborted");
    if (request.signal?.aborted) onAbort();
    request.signal?.addEventListener("abort", onAbort, { once: true });
    let cancelTimer = this.#clock.after(request.timeoutMs ?? TIMEOUT_MS, () => give("timeout"));
    // A fetch that ignores its signal must not hold us: the abort itself ends the wait.
    const aborted = new Promise<never>((_, reject) => {
      if (abort.signal.aborted) reject(abort.signal.reason);
      abort.signal.addEventListener("abort", () => reject(abort.signal.reason), { once: true });
    });
    aborted.catch(() => undefined);
    let head = false;
    try {
      const response = await Promise.race([this.#fetch(request.url, init(request, abort.signal)), aborted]);
      head = true;
      cancelTimer();
      cancelTimer = this.#clock.after(BODY_TIMEOUT_MS, () => give("timeout"));
      const body = await Promise.race([readBody(response, () => give("tooLarge")), aborted]);
      return { url: request.url, status: response.status, headers: response.headers, body };
    } catch (error) {
      const code = codeOf(error);
      throw new HttpFailure(failure ?? (head ? "interrupted" : kindOf(code)), failure ? "" : code, host, {
        cause: error,
      });
    } finally {
      cancelTimer();
      request.signal?.removeEventListener("abort", onAbort);
    }
  }
}

function init(request: HttpRequest, signal: AbortSignal): FetchInit {
  return {
    method: request.method,
    headers: { Accept: "application/json", ...request.headers },
    ...(request.body === undefined ? {} : { body: request.body }),
    signal,
  };
}

async function readBody(response: Response, tooLarge: () => void): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      tooLarge();
      await reader.cancel();
      return "";
    }
    chunks.push(value);
  }
  return UTF_8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
}

/** Made once: making one costs more than decoding an answer. */
const UTF_8 = new TextDecoder();

/** What a rejection of the fetch port means, before anybody here gave up. */
export function failureOf(error: unknown, host: string): HttpFailure {
  const code = codeOf(error);
  return new HttpFailure(kindOf(code), code, host, { cause: error });
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

/** `Retry-After` in milliseconds, by seconds or by date; null when absent or odd. */
export function retryAfterMs(answer: HttpAnswer, nowMs: number): number | null {
  const value = answer.headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
