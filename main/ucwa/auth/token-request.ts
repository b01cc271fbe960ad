import { texts } from "../../../locales/texts.ts";
import type { Clock, Logger } from "../../platform/ports.ts";
import type { Http } from "../http/http.ts";
import { SessionProblem } from "../session-problem.ts";
import type { Trust } from "./trust.ts";
import { originOf, resolveHref } from "../http/urls.ts";
import { oauthErrorOf, readTokenAnswer } from "./token.ts";
import type { TokenAnswer } from "./token.ts";

export interface TokenRequestDeps {
  readonly http: Http;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly trust: Trust;
}

export interface TokenRequest {
  /** An approved address. */
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  /** With cookies and Windows session of the person; see `FetchInit`. */
  readonly asPerson?: boolean;
  /** Whether a redirect may lead there, beside the trust rule; without it the trust rule alone decides. */
  readonly may?: (url: string) => boolean | Promise<boolean>;
}

const MAX_REDIRECTS = 3;
/** Those that may keep method and body. A 303 asks for a GET, which is no token request. Reference: RFC 9110, 15.4. */
const REPEATING: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/**
 * Asks for a token; form-encoded, so that a password may hold `+`, `&` and `%`. A redirect is followed a few times
 * with the same form, because the reference says that a Windows sign-in may be redirected and prompted again. A
 * `Location` approves nobody: its target has to be trusted already, be of the sign-in domain, or be approved by
 * the person. So a password goes to no address that only an HTTP redirect has named.
 * Throws `HttpFailure`, or `SessionProblem` for an origin that is not trusted. Reference: AuthenticationInUCWA.
 */
export async function requestToken(deps: TokenRequestDeps, request: TokenRequest): Promise<TokenAnswer> {
  const body = new URLSearchParams(request.form).toString();
  let { url } = request;
  for (let redirects = 0; ; redirects++) {
    const askedAt = deps.clock.now();
    const answer = await deps.http.request({
      method: "POST",
      url,
      headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" },
      body,
      // A wrong password that arrives twice counts twice, and accounts are locked for that.
      ...(request.asPerson === true ? { asPerson: true } : { once: true }),
    });
    const location = REPEATING.has(answer.status) ? answer.headers.get("location") : null;
    const target = location === null ? null : resolveHref(location, url);
    if (target === null || redirects >= MAX_REDIRECTS) {
      const read = readTokenAnswer(answer, askedAt, deps.clock.now());
      if (read.said !== "token") {
        const diagnostics = /^\d{1,9}/.exec(answer.headers.get("x-ms-diagnostics") ?? "")?.[0] ?? null;
        const error = /^\w{1,40}$/.exec(oauthErrorOf(answer))?.[0] ?? null;
        deps.logger.info("no token", { status: answer.status, said: read.said, error, diagnostics });
      }
      return read;
    }
    assertOwnStanding(deps.trust, url, target);
    if (request.may && !(await request.may(target))) return { said: "ledAway", origin: originOf(target) };
    url = target;
  }
}

function assertOwnStanding(trust: Trust, from: string, target: string): void {
  // Approved by nobody but itself: only what is known about the target counts.
  const verdict = trust.approve(target, target);
  if (verdict === "trusted") return;
  const origin = originOf(target);
  const led = texts.server.leads.redirect(new URL(from).host, origin);
  throw SessionProblem.untrusted(verdict, origin, led);
}
