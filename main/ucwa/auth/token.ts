import { jsonOf, retryAfterMs } from "../http/http.ts";
import type { HttpAnswer } from "../http/http.ts";
import { SessionProblem, unexpected } from "../session-problem.ts";
import { numberOf } from "../resources/read-resource.ts";

/** A bearer token; times in epoch milliseconds, by the wall, so that they hold over sleep. */
export interface Token {
  /** The value of the header. A secret: it goes into a request and nowhere else. */
  readonly authorization: string;
  readonly renewAt: number;
  readonly expiresAt: number;
}

/** What a server said when it was asked for a token. Reference: AuthenticationInUCWA. */
export type TokenAnswer =
  | { readonly said: "token"; readonly token: Token }
  /** Nobody is signed in on the federation page at `href`, which is relative to `from`. Says nothing of a password. */
  | { readonly said: "page"; readonly href: string; readonly from: string }
  /** The credentials were looked at and are wrong. */
  | { readonly said: "refused" }
  /** The grant itself is not taken; `error` is one of `NOT_TAKEN`. */
  | { readonly said: "notTaken"; readonly error: string }
  /** 401 without a word of the token service: a Windows sign-in that failed, or somebody in between. */
  | { readonly said: "unauthorized"; readonly problem: SessionProblem }
  /** A redirect to an origin that this way of signing in must not go to. */
  | { readonly said: "ledAway"; readonly origin: string }
  /** Says nothing of the credentials: a sick server, a page of a proxy. */
  | { readonly said: "trouble"; readonly problem: SessionProblem };

/** Renewed at this share of its life, so that a parked request is never the one to find out. */
const RENEW_AT = 0.85;
/** When the server does not say how long a token lives: the shortest life of the reference. */
const UNSTATED_LIFE_S = 3600;

const NOT_TAKEN: ReadonlySet<string> = new Set([
  "unsupported_grant_type",
  "invalid_request",
  "invalid_scope",
  "unauthorized_client",
]);

/** The OAuth error of an answer; empty when there is none. */
export function oauthErrorOf(answer: HttpAnswer): string {
  const error = jsonOf(answer)?.["error"];
  return typeof error === "string" ? error : "";
}

/** `askedAt` and `now` in epoch milliseconds. Only the body decides: the diagnostics header is for logs. */
export function readTokenAnswer(answer: HttpAnswer, askedAt: number, now: number): TokenAnswer {
  const body: Record<string, unknown> = jsonOf(answer) ?? {};
  const token = body["access_token"];
  // What a header cannot carry would come back in the error of the HTTP client, quoted.
  if (answer.status === 200 && typeof token === "string" && /^[!-~]+$/.test(token)) {
    const stated = numberOf(body["expires_in"]) ?? 0;
    const lifeMs = (stated > 0 ? stated : UNSTATED_LIFE_S) * 1000;
    const times = { renewAt: askedAt + lifeMs * RENEW_AT, expiresAt: askedAt + lifeMs };
    return { said: "token", token: { authorization: `Bearer ${token}`, ...times } };
  }
  const error = oauthErrorOf(answer);
  if (error === "invalid_grant") {
    const href = body["ms_rtc_passiveauthuri"];
    return typeof href === "string" && href !== ""
      ? { said: "page", href, from: answer.url }
      : { said: "refused" };
  }
  if (NOT_TAKEN.has(error)) return { said: "notTaken", error };
  const sentence = unexpected(answer, "token");
  const problem = SessionProblem.rediscover("tokenEndpoint", sentence, retryAfterMs(answer, now));
  return { said: answer.status === 401 && error === "" ? "unauthorized" : "trouble", problem };
}
