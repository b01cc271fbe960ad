import { net, type IncomingMessage, type Session } from "electron";

import { answerHeaders, answerStatus, ProxyAuthenticationError } from "./fetch-answer.ts";
import type { Fetch, FetchInit } from "../ports.ts";
import type { ProxyAddress, ProxyCredentials } from "./proxy-credentials.ts";

/** Statuses whose answer has no body. Reference: RFC 9110, section 6.4.1. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** The sessions that requests are made in. Both are in memory. */
export interface NetSessions {
  readonly session: Session;
  /** For what must not arrive twice: nobody else uses it, because its connections are closed before each request. */
  readonly once: Session;
}

/** What a proxy that asks is told; null for nothing. */
export type AnswerProxy = (proxy: ProxyAddress) => ProxyCredentials | null;

/**
 * The `Fetch` port on Electron's `net`: proxies, certificates and integrated sign-in are those of the system.
 * `net.request`, because a `fetch` with manual redirects rejects and never shows the 302. Always `no-store`: Chromium
 * otherwise lets a second GET of an URL that is still open wait for its cache.
 */
export function createNetFetch({ session, once }: NetSessions, answerProxy: AnswerProxy): Fetch {
  let turn: Promise<void> = Promise.resolve();
  return (url, init) => {
    if (init.once !== true || init.asPerson === true)
      return send(session, url, init, { answerProxy, over: () => undefined });
    // Chromium sends a request again, a POST too, when the connection that it took had been used before and is closed
    // or answers 408. One after the other, because closing the connections would end another that is being made.
    const over = Promise.withResolvers<void>();
    init.signal.addEventListener("abort", () => over.resolve(), { once: true });
    const before = turn;
    turn = over.promise;
    return before
      .then(() => once.closeAllConnections())
      .then(() => send(once, url, init, { answerProxy, over: () => over.resolve() }))
      .catch((error: unknown) => {
        over.resolve();
        throw error;
      });
  };
}

interface Sending {
  readonly answerProxy: AnswerProxy;
  /** The connection is not used for it any more. */
  readonly over: () => void;
}

function send(
  session: Session,
  url: string,
  { method, headers, body, signal, asPerson = false, urgent = false }: FetchInit,
  { answerProxy, over }: Sending,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const request = net.request({
      url,
      method,
      session,
      redirect: "manual",
      // `include` sends and keeps the session's cookies, and shows the Windows session to the hosts that may see it.
      // Another challenge stays a 401: the listener of "login" below has a password for proxies alone.
      credentials: asPerson ? "include" : "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      priority: urgent ? "highest" : "medium",
    });
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
    let asked = 0;
    request.on("login", ({ isProxy, host, port }, tell) => {
      asked += 1;
      // Asked again, it has refused them.
      const credentials = isProxy && asked === 1 ? answerProxy({ host, port }) : null;
      if (credentials === null) tell();
      else tell(credentials.username, credentials.password);
    });
    const abort = (): void => {
      request.abort();
      reject(reasonOf(signal));
    };
    signal.addEventListener("abort", abort, { once: true });
    const settle = (): void => {
      signal.removeEventListener("abort", abort);
      over();
    };
    /** What is thrown in a listener of Electron's reaches nobody: the request would wait for its limit. */
    const answer = (make: () => Response): void => {
      try {
        resolve(make());
      } catch (error) {
        settle();
        request.abort();
        reject(error instanceof Error ? error : new Error("The answer could not be read."));
      }
    };
    request.on("redirect", (status, _method, target, responseHeaders) => {
      // Not followed, so the request ends here; what Electron says about that comes too late to matter.
      settle();
      answer(() => redirectOf(status, target, responseHeaders));
    });
    request.on("response", (message) => {
      if (message.statusCode === PROXY_AUTHENTICATION) {
        settle();
        request.abort();
        proxyOf(session, url).then((proxy) => reject(new ProxyAuthenticationError(proxy)), reject);
        return;
      }
      answer(() => answerOf(message, { signal, settle, giveUp: () => request.abort() }));
    });
    request.on("error", (error) => {
      settle();
      // A 407 where the system knows of no proxy.
      const unknown = error.message.includes("ERR_UNEXPECTED_PROXY_AUTH");
      reject(unknown ? new ProxyAuthenticationError(null) : error);
    });
    request.on("abort", () => {
      settle();
      // Given up by nobody but this file, which has said why.
      if (signal.aborted) reject(reasonOf(signal));
    });
    if (body !== undefined) request.write(body);
    request.end();
  });
}

const PROXY_AUTHENTICATION = 407;

/** Host and port of the proxy on the way to `url`, as far as the system tells. Never rejects. */
async function proxyOf(session: Session, url: string): Promise<string | null> {
  const rules = await session.resolveProxy(url).catch(() => "");
  return /^(?:PROXY|HTTPS) ([^;\s]+)/.exec(rules)?.[1] ?? null;
}

function redirectOf(status: number, target: string, headers: Record<string, string[]>): Response {
  const pairs = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() !== "location")
    .flatMap(([name, values]) => values.map((value) => [name, value] as const));
  return new Response(null, { status, headers: answerHeaders([["Location", target], ...pairs]) });
}

/** The request behind an answer. */
interface Underway {
  readonly signal: AbortSignal;
  /** It is over. */
  readonly settle: () => void;
  readonly giveUp: () => void;
}

function answerOf(message: IncomingMessage, { signal, settle, giveUp }: Underway): Response {
  const status = answerStatus(message.statusCode);
  const { rawHeaders } = message;
  const headers = answerHeaders(
    rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : [])),
  );
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      let open = true;
      const end = (how: () => void): void => {
        settle();
        if (open) how();
        open = false;
      };
      message.on("data", (chunk) => {
        if (open) controller.enqueue(new Uint8Array(chunk));
      });
      message.on("end", () => end(() => controller.close()));
      message.on("error", (error: unknown) => end(() => controller.error(error)));
      message.on("aborted", () => end(() => controller.error(reasonOf(signal))));
      // The last event of all, and the only one when the request is given up in the middle of a body.
      (message as NodeJS.EventEmitter).on("close", () => end(() => controller.error(reasonOf(signal))));
    },
    cancel: () => {
      settle();
      giveUp();
    },
  });
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("The request was given up.");
}
