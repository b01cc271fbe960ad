import { texts } from "../../../locales/texts.ts";
import { readChallenges, tokenOffer } from "./challenge.ts";
import type { Challenge } from "./challenge.ts";
import { inARow } from "./grant-labels.ts";
import type { HttpAnswer } from "../http/http.ts";
import { SessionProblem, unexpected } from "../session-problem.ts";
import type { ProblemCode, Said } from "../session-problem.ts";
import type { Trust } from "./trust.ts";
import { originOf, resolveHref } from "../http/urls.ts";
import type { TokenServer } from "./sign-in-method.ts";

/**
 * What an answer says of the token that went along.
 * - `challenged`: it is not good, or there was none, by UCWA's own challenge or warning.
 * - `unauthorized`: 401 without UCWA's challenge; somebody in between, perhaps.
 * - `otherPool`: it is of another pool, which is a server's failure and comes without a challenge.
 */
export type TokenRefusal = "challenged" | "unauthorized" | "otherPool";

/** The web ticket was issued by, or for, another pool. Comes as 500. */
const OTHER_POOL = /^\s*28032\b/;

/** Null when the answer does not refuse the token. Reference: AuthenticationInUCWA. */
export function tokenRefusalOf({ status, headers }: HttpAnswer): TokenRefusal | null {
  if (status === 500) return OTHER_POOL.test(headers.get("x-ms-diagnostics") ?? "") ? "otherPool" : null;
  if (status !== 401 && status !== 403) return null;
  const known = challengesIn(headers).some(({ scheme }) => scheme === "msrtcoauth" || scheme === "bearer");
  if (known || /InvalidToken/i.test(headers.get("warning") ?? "")) return "challenged";
  return status === 401 ? "unauthorized" : null;
}

/**
 * Where a token is to be asked for, by the challenge of an answer, else by the one known before. Throws
 * `SessionProblem` when the answer names none, or one that the trust rule does not let a credential go to.
 */
export function tokenServerOf(answer: HttpAnswer, known: TokenServer | null, trust: Trust): TokenServer {
  const { host } = new URL(answer.url);
  const challenges = challengesIn(answer.headers);
  const offer = tokenOffer(challenges);
  if (!offer) {
    if (known) return known;
    throw noOffer(answer, challenges);
  }
  const url = resolveHref(offer.href, answer.url);
  if (url === null) {
    throw SessionProblem.rediscover("badChallenge", texts.server.signIn.noAddress(host));
  }
  const verdict = trust.approve(answer.url, url);
  if (verdict === "trusted") return { url, grants: offer.grants, host };
  const origin = originOf(url);
  throw SessionProblem.untrusted(verdict, origin, texts.server.leads.challenge(host, origin));
}

/** Reference: RootURL names 403 among what justifies a new discovery; 401 is not. */
export function mayPass(answer: HttpAnswer, code: ProblemCode, said: Said): SessionProblem {
  return answer.status === 403 ? SessionProblem.rediscover(code, said) : SessionProblem.retry(code, said);
}

function noOffer(answer: HttpAnswer, challenges: readonly Challenge[]): SessionProblem {
  const { signIn } = texts.server;
  const { host } = new URL(answer.url);
  if (challenges.length === 0) {
    const sentence = signIn.noWay(host);
    return mayPass(answer, "unauthorized", { ...unexpected(answer, "no challenge"), sentence });
  }
  const schemes = inARow(challenges.map(({ scheme }) => scheme));
  return SessionProblem.stop("signInNotOffered", `${signIn.noKnownWay(host)} ${signIn.accepts(schemes)}`);
}

function challengesIn(headers: Headers): readonly Challenge[] {
  return readChallenges(headers.get("www-authenticate") ?? "");
}
