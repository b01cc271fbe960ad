/**
 * What the program needs from outside, as types only. Every part is handed these instead of reaching for globals,
 * so that each wait can be tested in virtual time and each fault can be injected.
 */

export type Cancel = () => void;
export type Unsubscribe = () => void;

/** The wall clock and one-shot timers. */
export interface Clock {
  /** Milliseconds since the epoch, by the wall: it jumps over sleep and when somebody sets the clock. */
  now(): number;
  /** Calls `run` once after at least `delayMs`; the returned function cancels and may be called at any time. */
  after(delayMs: number, run: () => void): Cancel;
}

export interface Random {
  /** A fresh RFC 4122 version 4 UUID. */
  uuid(): string;
  /** Uniform in [0, 1), for jitter; not for secrets. */
  fraction(): number;
}

export type LogLevel = "error" | "warn" | "info" | "debug";
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Fields hold ids, codes and lengths; never a name, an address, a message text, a password or a token. */
export interface Logger {
  error(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  debug(event: string, fields?: LogFields): void;
}

export interface FetchInit {
  readonly method: "GET" | "POST" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /**
   * With what the network stack knows of the person: the cookies of a federation page and the Windows session of the
   * computer. For token requests only; a stack that knows nothing of the person ignores it.
   */
  readonly asPerson?: boolean;
  /**
   * Arrives once at most: a network stack that sends a request again, when an old connection turns out to be closed,
   * gives this one a new connection. Not together with `asPerson`, whose connections are the person's.
   */
  readonly once?: boolean;
  /** A person waits for it: it goes before others where only so many may be under way. A hint. */
  readonly urgent?: boolean;
}

/** What is read of an answer: what the `Response` of Node.js and that of any version of undici have in common. */
export type FetchAnswer = Pick<Response, "status" | "statusText" | "headers" | "body" | "text" | "json">;

/**
 * The one door to HTTP. Redirects are never followed (a 3xx is answered as it is), nothing is cached, no cookie is
 * sent or kept unless `asPerson` says so, and no time limit is set: limits are the caller's, by `signal`.
 *
 * Rejects when no complete response head came, and with `ProxyAuthenticationError` for 407. A status from 600 on is answered as 500. A body that breaks off is an
 * error of its stream, whatever broke it.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>;

/**
 * Shows the person the sign-in page of their organisation, in a window whose cookies are those of `Fetch` with
 * `asPerson`. Reference: AuthenticationInUCWA (passive federation).
 */
export interface FederationPages {
  /** `loaded` after every page that has come, the first included; `closed` once, when the person has closed it. */
  open(url: string, on: { loaded(): void; closed(): void }): { close(): void };
}
