import type { Clock, Logger } from "../ports.ts";
import { readChallenges, tokenOffer } from "./challenge.ts";
import type { TokenOffer } from "./challenge.ts";
import { jsonOf, retryAfterMs } from "./http.ts";
import type { Http, HttpAnswer, HttpRequest } from "./http.ts";
import { SessionProblem, unexpected } from "./problem.ts";
import type { Trust } from "./trust.ts";
import { originOf, resolveHref } from "./urls.ts";

export interface Credentials {
  /** As the server knows the person: an address or DOMAIN\name. */
  readonly username: string;
  /** Asked each time it is needed, never kept; null when there is none. */
  password(): Promise<string | null>;
}

interface Token {
  readonly authorization: string;
  readonly renewAt: number;
  readonly expiresAt: number;
}

/** By origin: where its tokens come from, the one in force, the one being fetched. */
interface Issuer {
  readonly origin: string;
  endpoint: string;
  token: Token | null;
  pending: Promise<Token> | null;
}

/** Renewed at this share of its life, so that a parked request is never the one to find out. */
const RENEW_AT = 0.85;
/** When the server does not say how long a token lives: the shortest life of the reference. */
const UNSTATED_LIFE_S = 3600;
const GRANT = "password";

/**
 * The bearer tokens, one per origin, in memory only. Sends requests with the token of their origin and no other;
 * answers a challenge by the password grant, once a request. On-premises there is no refresh token: renewal is the
 * same grant again. All expiry is by the wall clock, so that it holds over sleep.
 * Reference: AuthenticationInUCWA.
 */
export class Tokens {
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #trust: Trust;
  readonly #credentials: Credentials;
  readonly #issuers = new Map<string, Issuer>();
  /** A password that was refused is not sent again: repeating it locks accounts. */
  #refused: SessionProblem | null = null;

  constructor(deps: { http: Http; clock: Clock; logger: Logger; trust: Trust; credentials: Credentials }) {
    this.#http = deps.http;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
    this.#trust = deps.trust;
    this.#credentials = deps.credentials;
  }

  /**
   * Sends with the bearer of the origin, which is fetched when the server asks for it. Any answer but a refused token
   * is returned as it is. Throws `HttpFailure`, or `SessionProblem` when no token can be had.
   */
  async authorized(request: HttpRequest): Promise<HttpAnswer> {
    const origin = originOf(request.url);
    // No detour over a promise while a token is in force: the next event request leaves before anything else happens.
    const current = this.#current(origin);
    let token = current instanceof Promise ? await current : current;
    let answer = await this.#send(request, token);
    if (!refusesToken(answer)) return answer;
    token = await this.#answerChallenge(answer, token);
    answer = await this.#send(request, token);
    if (!refusesToken(answer)) return answer;
    this.#issuers.delete(origin);
    if (answer.status === 401 && tokenOffer(challengesOf(answer))) {
      throw SessionProblem.stop(
        "badCredentials",
        `${new URL(request.url).host} refuses the sign-in although the password is right.`,
      );
    }
    throw SessionProblem.rediscover("tokenRefused", unexpected(answer, "a fresh token"));
  }

  /** The person says that it is to be tried again, perhaps with another password. */
  forgetRefusal(): void {
    this.#refused = null;
  }

  /** Everything is forgotten: sign-out. */
  clear(): void {
    this.#issuers.clear();
    this.#refused = null;
  }

  #send(request: HttpRequest, token: Token | null): Promise<HttpAnswer> {
    if (!token) return this.#http.request(request);
    return this.#http.request({
      ...request,
      headers: { ...request.headers, Authorization: token.authorization },
    });
  }

  /** The token in force; a new one when it has run out; an early renewal is left to go on beside. */
  #current(origin: string): Token | null | Promise<Token> {
    const issuer = this.#issuers.get(origin);
    if (!issuer) return null;
    const now = this.#clock.now();
    if (!issuer.token || now >= issuer.token.expiresAt) return this.#fetch(issuer);
    if (now >= issuer.token.renewAt && !issuer.pending) {
      issuer.token = { ...issuer.token, renewAt: now + EARLY_RETRY_MS };
      this.#fetch(issuer).catch((error: unknown) => {
        const code = error instanceof SessionProblem ? error.code : "unreachable";
        this.#logger.warn("token not renewed early", { code });
      });
    }
    return issuer.token;
  }

  /** `used` is the token that was refused; another request may have replaced it meanwhile. */
  async #answerChallenge(answer: HttpAnswer, used: Token | null): Promise<Token> {
    const origin = originOf(answer.url);
    const known = this.#issuers.get(origin);
    if (known?.token && known.token !== used) return known.token;
    const endpoint = this.#endpoint(answer, challengeOffer(answer));
    const issuer = known ?? { origin, endpoint, token: null, pending: null };
    issuer.endpoint = endpoint;
    issuer.token = null;
    this.#issuers.set(origin, issuer);
    return this.#fetch(issuer);
  }

  /** The address that the password may be sent to, by the trust rule. */
  #endpoint(answer: HttpAnswer, offer: TokenOffer): string {
    const host = new URL(answer.url).host;
    if (!offer.grants.some((grant) => grant.toLowerCase() === GRANT)) {
      throw SessionProblem.stop(
        "signInNotOffered",
        `${host} does not offer sign-in by password. It offers: ${offer.grants.join(", ") || "nothing"}.`,
      );
    }
    const endpoint = resolveHref(offer.href, answer.url);
    if (endpoint === null) {
      throw SessionProblem.rediscover("badChallenge", `${host} names no address for sign-in.`);
    }
    const verdict = this.#trust.vouch(answer.url, endpoint);
    if (verdict !== "trusted") {
      const origin = originOf(endpoint);
      const sentence = `${host} wants the password to be sent to ${origin}, which is not trusted.`;
      throw verdict === "ask"
        ? SessionProblem.unvouched(origin, sentence)
        : SessionProblem.stop("untrustedServer", sentence);
    }
    return endpoint;
  }

  /** One request at a time for each origin, whoever asks. */
  #fetch(issuer: Issuer): Promise<Token> {
    issuer.pending ??= this.#request(issuer)
      .then((token) => (issuer.token = token))
      .finally(() => (issuer.pending = null));
    return issuer.pending;
  }

  async #request(issuer: Issuer): Promise<Token> {
    if (this.#refused) throw this.#refused;
    const password = await this.#credentials.password();
    if (password === null)
      throw SessionProblem.stop("badCredentials", "There is no password to sign in with.");
    const form = new URLSearchParams({ grant_type: GRANT, username: this.#credentials.username, password });
    const askedAt = this.#clock.now();
    const answer = await this.#http.request({
      method: "POST",
      url: issuer.endpoint,
      headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" },
      body: form.toString(),
    });
    try {
      return readToken(answer, askedAt, this.#clock.now());
    } catch (error) {
      if (error instanceof SessionProblem && error.code === "badCredentials") this.#refused = error;
      throw error;
    }
  }
}

/** A renewal that failed while the old token still holds is tried again after this long. */
const EARLY_RETRY_MS = 5 * 60_000;

function challengesOf(answer: HttpAnswer) {
  return readChallenges(answer.headers.get("www-authenticate") ?? "");
}

/** 401, or 403 that challenges: the token is not good, or there is none. */
function refusesToken(answer: HttpAnswer): boolean {
  if (answer.status === 401) return true;
  if (answer.status !== 403) return false;
  return (
    /InvalidToken/i.test(answer.headers.get("warning") ?? "") ||
    challengesOf(answer).some(({ scheme }) => scheme === "msrtcoauth" || scheme === "bearer")
  );
}

function challengeOffer(answer: HttpAnswer): TokenOffer {
  const challenges = challengesOf(answer);
  const offer = tokenOffer(challenges);
  if (offer) return offer;
  if (challenges.length === 0) {
    throw SessionProblem.rediscover("unauthorized", unexpected(answer, "without naming a way to sign in"));
  }
  const schemes = challenges.map(({ scheme }) => scheme).join(", ");
  throw SessionProblem.stop(
    "signInNotOffered",
    `${new URL(answer.url).host} does not offer sign-in by password. It offers: ${schemes}.`,
  );
}

/** Reference: AuthenticationInUCWA (token response and its errors). */
function readToken(answer: HttpAnswer, askedAt: number, now: number): Token {
  const host = new URL(answer.url).host;
  const body = jsonOf(answer);
  if (answer.status === 200 && typeof body?.["access_token"] === "string") {
    const stated = Number(body["expires_in"]);
    const lifeMs = (Number.isFinite(stated) && stated > 0 ? stated : UNSTATED_LIFE_S) * 1000;
    return {
      authorization: `Bearer ${body["access_token"]}`,
      renewAt: askedAt + lifeMs * RENEW_AT,
      expiresAt: askedAt + lifeMs,
    };
  }
  const error = typeof body?.["error"] === "string" ? body["error"] : "";
  if (error === "invalid_grant" && "ms_rtc_passiveauthuri" in (body ?? {})) {
    throw SessionProblem.stop("signInNotOffered", `${host} wants a sign-in through its own web page.`);
  }
  // A refused password is never repeated, so a bare 401 counts as one too: the account could be locked.
  if (error === "invalid_grant" || answer.status === 401) {
    throw SessionProblem.stop("badCredentials", `${host} does not accept this name and password.`);
  }
  if (error === "unsupported_grant_type" || error === "invalid_request" || error === "invalid_scope") {
    throw SessionProblem.stop(
      "signInNotOffered",
      `${host} does not take the sign-in by password (${error}).`,
    );
  }
  throw SessionProblem.rediscover(
    "tokenEndpoint",
    unexpected(answer, "the sign-in"),
    retryAfterMs(answer, now),
  );
}
