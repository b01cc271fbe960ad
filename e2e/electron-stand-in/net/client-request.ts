import type * as http from "node:http";
import { Writable } from "node:stream";
import { app } from "../app.ts";
import { NotInStandIn } from "../strict.ts";
import type { ConnectionPool } from "./connection-pool.ts";
import type { CookieJar } from "./cookie-jar.ts";
import { IncomingMessage, valuesOf } from "./incoming-message.ts";
import { integratedAnswer } from "./integrated.ts";
import { netError } from "./net-error.ts";

type Options = Electron.ClientRequestConstructorOptions;
type Implemented =
  | "abort"
  | "followRedirect"
  | "getHeader"
  | "setHeader"
  | "removeHeader"
  | "chunkedEncoding";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const UNCACHED = new Set(["no-store", "no-cache", "reload"]);

/** What a request needs of its session. */
export interface RequestSession {
  readonly connections: ConnectionPool;
  readonly cookieJar: CookieJar;
  readonly recorded: { readonly ntlmDomains: string | null };
  getUserAgent(): string;
}

/**
 * Electron's request, on Node's own HTTP. As in Electron a redirect is never an answer: with `redirect: "manual"` it is an
 * event, after which the request dies unless `followRedirect` was called during it; and a GET that may be answered from the
 * cache waits behind an earlier one of the same address, so that only `cache: "no-store"` lets a second one through.
 */
export class ClientRequest extends Writable implements Pick<Electron.ClientRequest, Implemented> {
  readonly #options: Options;
  readonly #session: RequestSession;
  readonly #headers = new Map<string, { readonly name: string; readonly value: string }>();
  readonly #body: Buffer[] = [];
  readonly #redirect: "follow" | "error" | "manual";
  #url: URL;
  #method: string;
  #started = false;
  #ended = false;
  #follow: (() => void) | null = null;
  #sent: http.ClientRequest | null = null;
  #answer: IncomingMessage | null = null;
  #unlock: (() => void) | null = null;
  chunkedEncoding = false;

  constructor(options: Options, session: RequestSession) {
    // Only the end of the answer ends a request, not the end of what is written.
    super({ autoDestroy: false });
    if (!app.isReady()) throw new Error("net module can only be used after app is ready");
    if (options.url === undefined) throw new NotInStandIn("net.request without url");
    if (options.useSessionCookies && options.credentials === undefined)
      throw new NotInStandIn("net.request with useSessionCookies", "credentials says it too");
    if (options.credentials === "same-origin")
      throw new NotInStandIn('net.request with credentials "same-origin"');
    this.#options = options;
    this.#url = new URL(options.url);
    if (!["http:", "https:"].includes(this.#url.protocol))
      throw new Error("ClientRequest only supports http: and https: protocols");
    this.#method = (options.method ?? "GET").toUpperCase();
    this.#redirect = redirectPolicy(options.redirect);
    this.#session = session;
    for (const [name, value] of Object.entries(options.headers ?? {})) this.setHeader(name, String(value));
  }

  setHeader(name: string, value: string): void {
    if (this.#started || this.#body.length > 0) throw new Error("Can't set headers after they are sent");
    if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) throw new Error(`Invalid header name: '${name}'`);
    if (/[\r\n\0]/.test(value)) throw new Error(`Invalid value for header '${name}': '${value}'`);
    this.#headers.set(name.toLowerCase(), { name, value });
  }

  getHeader(name: string): string {
    return this.#headers.get(name.toLowerCase())?.value as string;
  }

  removeHeader(name: string): void {
    if (this.#started) throw new Error("Can't remove headers after they are sent");
    this.#headers.delete(name.toLowerCase());
  }

  abort(): void {
    if (this.#ended) return;
    this.#finish();
    this.#sent?.destroy();
    this.#answer?.destroy(new Error("Request aborted"));
    process.nextTick(() => {
      this.emit("abort");
      this.emit("close");
    });
    this.destroy();
  }

  followRedirect(): void {
    if (this.#follow === null) throw new Error("followRedirect() called, but was not waiting for a redirect");
    this.#follow();
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, callback: () => void): void {
    this.#body.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk);
    callback();
  }

  override _final(callback: () => void): void {
    this.#started = true;
    void this.#start();
    callback();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    callback(error);
  }

  /** Cookies are sent and kept. docs/api/client-request.md: without `credentials` they are not. */
  get #hasCookies(): boolean {
    return this.#options.credentials === "include";
  }

  /** `authorization` is what answers the challenge of a first try. */
  async #start(authorization: string | null = null): Promise<void> {
    const mayBeCached = this.#method === "GET" && !UNCACHED.has(this.#options.cache ?? "default");
    if (mayBeCached) this.#unlock = await this.#session.connections.cacheLock(this.#url.href);
    if (this.#ended) return this.#unlock?.();
    const cookies = this.#hasCookies ? await this.#session.cookieJar.headerFor(this.#url) : null;
    if (this.#ended) return this.#unlock?.();
    const sent = this.#session.connections.request(this.#url, {
      method: this.#method,
      headers: {
        ...this.#head(),
        ...(cookies === null ? {} : { cookie: cookies }),
        ...(authorization === null ? {} : { authorization }),
      },
    });
    this.#sent = sent;
    sent.on("error", (error) => this.#die(netError(error)));
    sent.on("response", (answer) => void this.#receive(answer, authorization !== null));
    for (const chunk of this.#body) sent.write(chunk);
    sent.end();
  }

  #head(): http.OutgoingHttpHeaders {
    const head: http.OutgoingHttpHeaders = {
      "user-agent": this.#session.getUserAgent(),
      accept: "*/*",
      "accept-encoding": "gzip, deflate, br",
      "accept-language": app.getLocale(),
    };
    if (this.#body.length > 0) head["content-length"] = Buffer.concat(this.#body).length;
    else if (this.#method === "POST" || this.#method === "PUT") head["content-length"] = 0;
    for (const [key, { value }] of this.#headers) head[key] = value;
    return head;
  }

  async #receive(answer: http.IncomingMessage, isAnswered: boolean): Promise<void> {
    const { location, "set-cookie": cookies } = answer.headers;
    if (this.#hasCookies && cookies !== undefined) await this.#session.cookieJar.store(this.#url, cookies);
    if (this.#ended) return;
    if (answer.statusCode === 401 && this.#options.credentials !== "omit") {
      if (this.listenerCount("login") > 0) throw new NotInStandIn('event "login" of ClientRequest');
      const challenges = answer.headers["www-authenticate"] ?? "";
      const ticket = isAnswered
        ? null
        : integratedAnswer(this.#url, this.#session.recorded.ntlmDomains, challenges);
      if (ticket !== null) {
        answer.resume();
        this.#unlock?.();
        return await this.#start(ticket);
      }
    }
    if (REDIRECTS.has(answer.statusCode ?? 0) && location !== undefined)
      return this.#redirected(answer, location);
    const message = new IncomingMessage(answer);
    this.#answer = message;
    message.onBodyError((error) => {
      const failure = netError(error);
      message.destroy(failure);
      this.#die(failure);
    });
    message.once("end", () => this.#finish());
    if (!this.emit("response", message)) message.resume();
  }

  #redirected(answer: http.IncomingMessage, location: string): void {
    answer.resume();
    const status = answer.statusCode ?? 0;
    const target = new URL(location, this.#url);
    const method = status === 303 || (status < 303 && this.#method === "POST") ? "GET" : this.#method;
    if (this.#redirect === "error")
      return this.#die(new Error("Attempted to redirect, but redirect policy was 'error'"));
    let follow = this.#redirect === "follow";
    const tell = (): boolean =>
      this.emit("redirect", status, method, target.href, valuesOf(answer.headersDistinct, true));
    if (this.#redirect === "manual") {
      this.#follow = () => (follow = true);
      try {
        tell();
      } finally {
        this.#follow = null;
      }
      if (this.#ended) return;
      if (!follow) return this.#die(new Error("Redirect was cancelled"));
    }
    this.#unlock?.();
    this.#url = target;
    this.#method = method;
    if (method === "GET") this.#body.length = 0;
    void this.#start();
    if (this.#redirect === "follow") tell();
  }

  #die(error: Error): void {
    if (this.#ended) return;
    this.#finish();
    this.#sent?.destroy();
    this.destroy(error);
  }

  #finish(): void {
    this.#ended = true;
    this.#unlock?.();
  }
}

function redirectPolicy(policy: string | undefined): "follow" | "error" | "manual" {
  if (policy === undefined || policy === "follow") return "follow";
  if (policy === "error" || policy === "manual") return policy;
  throw new Error("redirect mode should be one of follow, error or manual");
}
