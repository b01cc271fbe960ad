import { texts } from "../../../locales/texts.ts";
import type { Clock, Logger } from "../../platform/ports.ts";
import { CookieJar } from "../http/cookie-jar.ts";
import { HttpFailure } from "../http/http.ts";
import type { Http, HttpAnswer, HttpRequest } from "../http/http.ts";
import { SessionProblem, unexpected } from "../session-problem.ts";
import { mayPass, tokenRefusalOf, tokenServerOf } from "./token-refusal.ts";
import type { TokenServer } from "./sign-in-method.ts";
import { waitFor } from "./wait-for-token.ts";
import { SignIn } from "./sign-in-methods.ts";
import type { SignInMeans } from "./sign-in-methods.ts";
import type { Token } from "./token.ts";
import type { Trust } from "./trust.ts";
import { originOf } from "../http/urls.ts";

/** By origin: where its tokens come from, the one in force, the one being fetched. */
interface Issuer {
  server: TokenServer;
  token: Token | null;
  pending: Promise<Token> | null;
}

/**
 * What may be done for a token: the person may be shown a page; or not, as for the last request of a sign-out. `beside`
 * goes with the token that is there, and not without one; a server that refuses it changes nothing: it may be refused at
 * this place alone.
 */
export type Asking = "interactive" | "background" | "beside";

export interface AuthorizedRequest extends HttpRequest {
  /** It leads to an application, and belongs to none yet: it may ask without a token where tokens are to be had. */
  readonly entrance?: boolean;
}

const NO_TOKEN = { sentence: "Nothing is asked beside the sign-in." };
/** A renewal that failed while the old token still holds is tried again after this long. */
const EARLY_RETRY_MS = 5 * 60_000;

/**
 * The bearer tokens and cookies, by origin, in memory only. Sends requests with those of their origin and no other;
 * answers a challenge by signing in, once a request. On-premises there is no refresh token: renewal is the same grant
 * again. All expiry is by the wall clock, so that it holds over sleep.
 *
 * What a refusal means:
 * - The token endpoint looked at the credentials and refuses them: `badCredentials`, at any time, and never repeated.
 * - A token is refused that was fetched a moment ago. Before this sign-in has ever been online that is the server's
 *   last word: `badCredentials`. Afterwards it is the server's own trouble, for minutes or hours: the session backs
 *   off with its credentials kept, and whether those still hold is asked of the token endpoint at each try, which
 *   looks at them again.
 * - Without UCWA's challenge, or with a token of another pool, it says nothing of the credentials: back off.
 *
 * Reference: AuthenticationInUCWA.
 */
export class AuthorizedRequests {
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #trust: Trust;
  readonly #signIn: SignIn;
  readonly #pageLeft: () => void;
  readonly #issuers = new Map<string, Issuer>();
  readonly #cookies = new CookieJar();

  constructor(
    deps: SignInMeans & {
      http: Http;
      clock: Clock;
      logger: Logger;
      trust: Trust;
      /** A federation page that the session did not wait for is done with: it is worth a try. */
      pageLeft?: () => void;
    },
  ) {
    this.#http = deps.http;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
    this.#trust = deps.trust;
    this.#signIn = new SignIn(deps, deps);
    this.#pageLeft = deps.pageLeft ?? (() => undefined);
  }

  /**
   * Sends with the bearer of the origin, which is fetched when the server asks for it. Once it has, nothing but an
   * entrance is sent without. Any answer but a refused token is returned as it is. Throws `HttpFailure`, or
   * `SessionProblem` when no token can be had.
   */
  async send(request: AuthorizedRequest, asking: Asking = "interactive"): Promise<HttpAnswer> {
    const origin = originOf(request.url);
    if (asking === "beside") {
      const token = this.#issuers.get(origin)?.token ?? null;
      if (token === null) throw SessionProblem.retry("tokenRefused", NO_TOKEN);
      return this.#kept(await this.#send(request, token));
    }
    // No detour over a promise while a token is in force: the next event request leaves before anything else happens.
    const current = this.#current(origin, asking);
    let token = current instanceof Promise ? await waitFor(this.#clock, request, current) : current;
    let answer = this.#kept(await this.#send(request, token));
    let refusal = tokenRefusalOf(answer);
    if (token && refusal === "otherPool" && request.entrance === true) {
      // Its own endpoint may be the wrong one: without a token this host says itself where to ask.
      this.#drop(origin, token);
      token = null;
      answer = this.#kept(await this.#send(request, null));
      refusal = tokenRefusalOf(answer);
    }
    if (refusal === null || (token === null && refusal === "otherPool")) return answer;
    if (token === null || !(current instanceof Promise)) {
      token = await waitFor(this.#clock, request, this.#answerRefusal(answer, token, asking));
      answer = this.#kept(await this.#send(request, token));
      refusal = tokenRefusalOf(answer);
      if (refusal === null) return answer;
    }
    const issuer = this.#drop(origin, token);
    // Where the next is to be had, the refusal may say anew.
    if (issuer) issuer.server = tokenServerOf(answer, issuer.server, this.#trust);
    const { host } = new URL(request.url);
    // A request may have been parked so long that its token is no longer the last one.
    if (refusal === "challenged" && issuer && !this.#signIn.proven) {
      const sentence = texts.server.signIn.notLetIn(host);
      throw SessionProblem.stop("badCredentials", { ...unexpected(answer, "fresh token"), sentence });
    }
    throw mayPass(answer, "tokenRefused", unexpected(answer, "fresh token"));
  }

  /** The session is online: from now on these credentials are known to be good. */
  prove(): void {
    this.#signIn.prove();
  }

  /** The person says that it is to be tried again, perhaps with another password. */
  forgetRefusal(): void {
    this.#signIn.forgetRefusal();
  }

  /** Everything is forgotten: sign-out. */
  clear(): void {
    this.#issuers.clear();
    this.#cookies.clear();
    this.#signIn.clear();
  }

  /** Not `async`, and what is done with the answer not in here: each promise on the way holds up what rings. */
  #send(request: HttpRequest, token: Token | null): Promise<HttpAnswer> {
    const cookie = this.#cookies.headerFor(request.url, this.#clock.now());
    const headers: Record<string, string> = { ...request.headers };
    if (token !== null) headers["Authorization"] = token.authorization;
    if (cookie !== null) headers["Cookie"] = cookie;
    return this.#http.request({ ...request, headers });
  }

  #kept(answer: HttpAnswer): HttpAnswer {
    this.#cookies.keep(answer.url, answer.headers, this.#clock.now());
    return answer;
  }

  /** The token in force; a new one when it has run out; an early renewal is left to go on beside. */
  #current(origin: string, asking: Asking): Token | null | Promise<Token> {
    const issuer = this.#issuers.get(origin);
    if (!issuer) return null;
    const now = this.#clock.now();
    if (!issuer.token || now >= issuer.token.expiresAt) return this.#fetch(issuer, asking);
    if (now >= issuer.token.renewAt && !issuer.pending) {
      issuer.token = { ...issuer.token, renewAt: now + EARLY_RETRY_MS };
      this.#fetch(issuer, "background").catch((error: unknown) => {
        const known = error instanceof SessionProblem || error instanceof HttpFailure;
        this.#logger.warn("token not renewed early", { code: known ? codeOf(error) : "unknown" });
      });
    }
    return issuer.token;
  }

  /** `used` is the token that was refused; another request may have replaced it meanwhile. */
  async #answerRefusal(answer: HttpAnswer, used: Token | null, asking: Asking): Promise<Token> {
    const origin = originOf(answer.url);
    const known = this.#issuers.get(origin);
    if (known?.token && !isSame(known.token, used)) return known.token;
    const server = tokenServerOf(answer, known?.server ?? null, this.#trust);
    const issuer = known ?? { server, token: null, pending: null };
    issuer.server = server;
    issuer.token = null;
    this.#issuers.set(origin, issuer);
    return this.#fetch(issuer, asking);
  }

  /** Another request may have fetched a better one meanwhile: then null. */
  #drop(origin: string, token: Token): Issuer | null {
    const issuer = this.#issuers.get(origin);
    if (!issuer || !isSame(issuer.token, token)) return null;
    issuer.token = null;
    return issuer;
  }

  /**
   * One request at a time for each origin, whoever asks. While a sign-in that has been online waits for the person on
   * a page, the session is told at once that it is offline; a first sign-in waits with the person.
   */
  #fetch(issuer: Issuer, asking: Asking): Promise<Token> {
    if (issuer.pending) return issuer.pending;
    const offline = Promise.withResolvers<never>();
    let left = false;
    const pageShown = (problem: SessionProblem): void => {
      if (!this.#signIn.proven) return;
      left = true;
      offline.reject(problem);
    };
    const token = this.#signIn
      .token(issuer.server, { silent: asking === "background", pageShown })
      .then((token) => (issuer.token = token))
      .finally(() => {
        issuer.pending = null;
        if (left) this.#pageLeft();
      });
    issuer.pending = Promise.race([token, offline.promise]);
    return issuer.pending;
  }
}

/** The times of a token change while it is in force. */
function isSame(one: Token | null, other: Token | null): boolean {
  return one?.authorization === other?.authorization;
}

function codeOf(error: SessionProblem | HttpFailure): string {
  return error instanceof SessionProblem ? error.code : error.kind;
}
