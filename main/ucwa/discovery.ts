import type { Clock, Logger } from "../ports.ts";
import { HttpFailure, jsonOf, retryAfterMs } from "./http.ts";
import type { Http, HttpAnswer } from "./http.ts";
import { problemOf, SessionProblem, unexpected } from "./problem.ts";
import { linkOf, readResource } from "./read-resource.ts";
import type { Tokens } from "./tokens.ts";
import type { Trust } from "./trust.ts";
import { hostOf, originOf, resolveHref } from "./urls.ts";

/** No limit is documented; a chain that is longer than this goes nowhere. */
const MAX_HOPS = 5;
/** For each discovery name: the internal ones often do not answer at all from outside. */
const NAME_TIMEOUT_MS = 5_000;

/** The discovery names of a sign-in domain in their order. Reference: RootURL. */
export function discoveryNames(domain: string): readonly string[] {
  return ["lyncdiscoverinternal", "lyncdiscover"].flatMap((name) => [
    `https://${name}.${domain}/`,
    `http://${name}.${domain}/`,
  ]);
}

/**
 * From a sign-in domain or a given root to the `applications` link: root, its redirects, `user`, its redirects.
 * Every address is held against the trust rule before it is followed.
 * Throws `SessionProblem`; the code `notFound` means that no name led anywhere.
 * Reference: RootURL, root, user, redirect.
 */
export class Discovery {
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #tokens: Tokens;
  readonly #trust: Trust;
  readonly #logger: Logger;
  readonly #domain: string;
  readonly #server: string | null;

  constructor(deps: {
    http: Http;
    clock: Clock;
    tokens: Tokens;
    trust: Trust;
    logger: Logger;
    domain: string;
    /** A root that is trusted as given, instead of the names. */
    server: string | null;
  }) {
    this.#http = deps.http;
    this.#clock = deps.clock;
    this.#tokens = deps.tokens;
    this.#trust = deps.trust;
    this.#logger = deps.logger;
    this.#domain = deps.domain;
    this.#server = deps.server;
  }

  /** `onUser` is called when the way goes on to the `user` resource, where a sign-in is asked for. */
  async find(signal: AbortSignal, onUser: () => void): Promise<string> {
    if (this.#server !== null) {
      this.#trust.start(this.#server);
      return this.#walk(this.#server, signal, onUser, {});
    }
    const failures: SessionProblem[] = [];
    for (const url of discoveryNames(this.#domain)) {
      try {
        this.#trust.start(url);
        return await this.#walk(url, signal, onUser, { timeoutMs: NAME_TIMEOUT_MS, stayInDomain: true });
      } catch (error) {
        const problem = problemOf(error);
        if (signal.aborted || !isNameFailure(problem)) throw problem;
        // The name holds the domain of the sign-in address, so only its place in the order is told.
        this.#logger.info("discovery name failed", { number: failures.length + 1, code: problem.code });
        failures.push(problem);
      }
    }
    throw worst(failures, this.#domain);
  }

  /** Follows documents until one names `applications`. */
  async #walk(
    start: string,
    signal: AbortSignal,
    onUser: () => void,
    first: { timeoutMs?: number; stayInDomain?: boolean },
  ): Promise<string> {
    const visited = new Set<string>();
    let url = start;
    let atUser = false;
    for (let hops = 0; hops <= MAX_HOPS;) {
      if (visited.has(url)) throw notFound(`${new URL(url).host} redirects in a circle.`);
      visited.add(url);
      const limit = visited.size === 1 && first.timeoutMs ? { timeoutMs: first.timeoutMs } : {};
      const answer = await this.#get(url, signal, atUser, limit);
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
      if (location !== null) {
        const target = resolveHref(location, url);
        if (target === null || (first.stayInDomain && !this.#inDomain(target))) {
          throw notFound(`${new URL(url).host} redirects out of ${this.#domain}.`);
        }
        url = this.#vouched(url, target);
        hops++;
        continue;
      }
      const body = answer.status === 200 ? readResource(jsonOf(answer), url) : null;
      if (!body) throw refusal(answer, atUser, this.#clock.now());
      // A hybrid answer names `redirect` beside the others; it is the one that is meant.
      const redirect = linkOf(body, "redirect");
      const applications = linkOf(body, "applications");
      const user = linkOf(body, "user");
      if (redirect) {
        url = this.#vouched(url, redirect.href);
        hops++;
      } else if (applications) {
        return this.#vouched(url, applications.href);
      } else if (user) {
        url = this.#vouched(url, user.href);
        atUser = true;
        onUser();
      } else if (atUser) {
        throw SessionProblem.stop("unsupportedServer", `${new URL(url).host} offers no UCWA applications.`);
      } else {
        throw notFound(`${new URL(url).host} answers, but not as a Skype for Business server.`);
      }
    }
    throw notFound(`${new URL(start).host} redirects too often.`);
  }

  #get(
    url: string,
    signal: AbortSignal,
    atUser: boolean,
    limit: { timeoutMs?: number },
  ): Promise<HttpAnswer> {
    const request = { method: "GET", url, signal, ...limit } as const;
    // The root is public; only `user` is worth a sign-in.
    return atUser ? this.#tokens.authorized(request) : this.#http.request(request);
  }

  #vouched(from: string, target: string): string {
    switch (this.#trust.vouch(from, target)) {
      case "trusted":
        return target;
      case "ask":
        throw SessionProblem.unvouched(
          originOf(target),
          `${new URL(from).host} leads to ${originOf(target)}, which nobody has vouched for.`,
        );
      case "refused":
        throw SessionProblem.stop(
          "untrustedServer",
          `${new URL(from).host} leads to ${originOf(target)}, where a password could be read on the way.`,
        );
    }
  }

  #inDomain(url: string): boolean {
    const host = hostOf(url);
    return host === this.#domain || host.endsWith(`.${this.#domain}`);
  }
}

function notFound(sentence: string): SessionProblem {
  return SessionProblem.rediscover("notFound", sentence);
}

function refusal(answer: HttpAnswer, atUser: boolean, now: number): SessionProblem {
  const sentence = unexpected(answer, atUser ? "the user's address" : "the search for a server");
  const busy = answer.status >= 500 || answer.status === 429;
  if (!atUser && !busy) return notFound(sentence);
  return SessionProblem.rediscover("discovery", sentence, retryAfterMs(answer, now));
}

/** Whether the next name is to be tried. Reference: RootURL (a candidate fails on …). */
function isNameFailure(problem: SessionProblem): boolean {
  return problem.code === "notFound" || problem.code === "discovery" || problem.cause instanceof HttpFailure;
}

/** What to say when every name has failed: what a person can mend first, then what may pass, then that nothing is there. */
function worst(failures: readonly SessionProblem[], domain: string): SessionProblem {
  const certificate = failures.find(({ code }) => code === "certificate");
  if (certificate) return certificate;
  const passing = failures.find(({ code }) => code !== "notFound" && code !== "unknownHost");
  return passing ?? notFound(`No Skype for Business server was found for ${domain}.`);
}
