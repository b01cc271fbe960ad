import { texts } from "../../../locales/texts.ts";
import type { Clock, Logger } from "../../platform/ports.ts";
import { isEarlyVersion } from "./early-version.ts";
import { HttpFailure, retryAfterMs } from "../http/http.ts";
import type { Http, HttpAnswer, HttpRequest } from "../http/http.ts";
import { problemOf, SessionProblem, unexpected } from "../session-problem.ts";
import type { ProblemCode, Said } from "../session-problem.ts";
import { linkOf, readResource } from "../resources/read-resource.ts";
import { mayBeUcwa, representationOf } from "../resources/representation.ts";
import type { AuthorizedRequests } from "../auth/authorized-requests.ts";
import type { Trust } from "../auth/trust.ts";
import { originOf, resolveHref } from "../http/urls.ts";

/** No limit is documented; a chain that is longer than this goes nowhere. */
const MAX_REDIRECTS = 5;
/** For the whole first answer of each discovery name: the internal ones often do not answer at all from outside. */
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
 * Every address is held against the trust rule before it is followed, and read as it is written.
 *
 * A name fails, and the next is tried, when it does not answer in time, cannot be reached, redirects by HTTP out of
 * the sign-in domain, leads where nobody has approved or a password could be read, or gives no document that leads on.
 * What only a person can mend is told when no other name leads anywhere. A refused password is told at once: at the
 * next name it would be sent again, and accounts are locked for that.
 *
 * Throws `SessionProblem`; the code `notFound` means that no name led anywhere.
 * Reference: RootURL, root, user, redirect.
 */
export class Discovery {
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #requests: AuthorizedRequests;
  readonly #trust: Trust;
  readonly #logger: Logger;
  readonly #domain: string;
  readonly #server: string | null;

  constructor(deps: {
    http: Http;
    clock: Clock;
    requests: AuthorizedRequests;
    trust: Trust;
    logger: Logger;
    domain: string;
    /** A root that is trusted as given, instead of the names. */
    server: string | null;
  }) {
    this.#http = deps.http;
    this.#clock = deps.clock;
    this.#requests = deps.requests;
    this.#trust = deps.trust;
    this.#logger = deps.logger;
    this.#domain = deps.domain;
    this.#server = deps.server === null ? null : (resolveHref(deps.server, deps.server) ?? deps.server);
  }

  /** `onUser` is called when the way goes on to the `user` resource, where a sign-in is asked for. */
  async find(signal: AbortSignal, onUser: () => void): Promise<string> {
    if (this.#server !== null) {
      this.#trust.start(this.#server);
      return this.#walk(this.#server, signal, onUser, false);
    }
    const failures: SessionProblem[] = [];
    /** Of a name that led to a server. */
    let beyond: SessionProblem | null = null;
    for (const url of discoveryNames(this.#domain)) {
      let led = false;
      try {
        this.#trust.start(url);
        return await this.#walk(
          url,
          signal,
          () => {
            led = true;
            onUser();
          },
          true,
        );
      } catch (error) {
        const problem = problemOf(error);
        if (signal.aborted || !isNameFailure(problem)) throw problem;
        // The name holds the domain of the sign-in address, so only its place in the order is told.
        this.#logger.info("discovery name failed", { number: failures.length + 1, code: problem.code });
        failures.push(problem);
        // There is a server: what it answers now is no sign that there is none.
        if (led && beyond === null)
          beyond =
            problem.code === "notFound" ? SessionProblem.rediscover("discovery", problem.said) : problem;
      }
    }
    throw beyond ?? worst(failures, this.#domain);
  }

  /** Follows documents until one names `applications`. `isName`: from one of the discovery names. */
  async #walk(start: string, signal: AbortSignal, onUser: () => void, isName: boolean): Promise<string> {
    const { advice, discovery, unsupported: cannot } = texts.server;
    const visited = new Set<string>();
    let url = start;
    let redirects = 0;
    let atUser = false;
    // The root is public; only `user` and what it redirects to is worth a sign-in.
    let signIn = false;
    while (redirects <= MAX_REDIRECTS) {
      if (visited.has(url)) throw notFound(discovery.circle(new URL(url).host));
      visited.add(url);
      const request = { method: "GET", url, signal } as const;
      const answer = await (signIn
        ? this.#requests.send({ ...request, entrance: true })
        : isName && url === start
          ? this.#first(request)
          : this.#http.request(request));
      const step = readStep(answer);
      switch (step?.to) {
        case "location":
          if (isName && this.#trust.isOwnDomain(url) && !this.#trust.isOwnDomain(step.url)) {
            const sentence = discovery.ledOut(new URL(url).host, originOf(step.url), this.#domain);
            throw notFound({ sentence, advice: advice.openPage });
          }
          url = this.#approved(url, step.url);
          redirects++;
          break;
        case "redirect":
          url = this.#approved(url, step.url);
          redirects++;
          atUser = false;
          break;
        case "applications":
          if (isEarlyVersion(step.url)) {
            throw unsupported(cannot.earlyVersion(new URL(step.url).host));
          }
          return this.#approved(url, step.url);
        case "user":
          // An older server may answer beside a newer one. Reference: RootURL.
          if (atUser) throw unsupported(cannot.noUcwa(new URL(url).host));
          url = this.#approved(url, step.url);
          atUser = true;
          signIn = true;
          onUser();
          break;
        case "nowhere":
          if (signIn || step.isRoot) throw unsupported(cannot.noUcwa(new URL(url).host));
          throw notFound(discovery.noServer(new URL(url).host));
        case undefined:
          throw refusal(answer, signIn, this.#clock.now());
      }
    }
    throw notFound(discovery.tooLong(new URL(start).host));
  }

  /** The first answer of a discovery name, bounded from its first to its last byte. */
  async #first(request: HttpRequest & { readonly signal: AbortSignal }): Promise<HttpAnswer> {
    const limit = new AbortController();
    const cancel = this.#clock.after(NAME_TIMEOUT_MS, () => limit.abort());
    const signal = AbortSignal.any([request.signal, limit.signal]);
    try {
      return await this.#http.request({ ...request, signal });
    } catch (error) {
      if (!limit.signal.aborted || request.signal.aborted) throw error;
      throw new HttpFailure("timeout", "", new URL(request.url).host);
    } finally {
      cancel();
      limit.abort();
    }
  }

  #approved(from: string, target: string): string {
    const verdict = this.#trust.approve(from, target);
    if (verdict === "trusted") return target;
    const origin = originOf(target);
    const led = texts.server.leads.discovery(new URL(from).host, origin);
    throw SessionProblem.untrusted(verdict, origin, led);
  }
}

/** Where an answer leads, absolutely. */
type Step =
  /** By HTTP. */
  | { readonly to: "location"; readonly url: string }
  | { readonly to: "redirect" | "applications" | "user"; readonly url: string }
  /** A document, but without a link that leads on; `isRoot` when it is one of autodiscover all the same. */
  | { readonly to: "nowhere"; readonly isRoot: boolean };

/** Null for an answer that is no document of a server at all. */
function readStep(answer: HttpAnswer): Step | null {
  if (answer.status >= 300 && answer.status < 400) {
    const location = answer.headers.get("location");
    const url = location === null ? null : resolveHref(location, answer.url);
    return url === null ? null : { to: "location", url };
  }
  const body = answer.status === 200 ? readResource(representationOf(answer), answer.url) : null;
  if (!body) return null;
  // A hybrid answer names `redirect` beside the others; it is the one that is meant.
  for (const to of ["redirect", "applications", "user"] as const) {
    const link = linkOf(body, to);
    if (link) return { to, url: link.href };
  }
  return { to: "nowhere", isRoot: linkOf(body, "self") !== null || linkOf(body, "xframe") !== null };
}

function notFound(said: string | Said): SessionProblem {
  return SessionProblem.rediscover("notFound", said);
}

function unsupported(sentence: string): SessionProblem {
  return SessionProblem.stop("unsupportedServer", `${sentence} ${texts.server.unsupported.needed}`);
}

function refusal(answer: HttpAnswer, signIn: boolean, now: number): SessionProblem {
  const said = unexpected(answer, signIn ? "GET user" : "GET root");
  const { host } = new URL(answer.url);
  const { page, noServer, refused } = texts.server.discovery;
  const ofUcwa = mayBeUcwa(answer);
  const busy = answer.status >= 500 || answer.status === 429;
  if (!signIn && !busy) return notFound({ ...said, sentence: (answer.status < 400 ? page : noServer)(host) });
  // A page is no word of UCWA's: somebody in between may be gone in a minute.
  if (REFUSALS.has(answer.status) && ofUcwa) {
    return SessionProblem.rediscover("refused", { ...said, sentence: refused(host) });
  }
  const ofGateway = (answer.status === 502 || answer.status === 504) && !ofUcwa;
  return SessionProblem.rediscover(ofGateway ? "gateway" : "discovery", said, retryAfterMs(answer, now));
}

/** A proxy that finds no server says so, by a page of its own or by refusing the tunnel to it. */
function isOfProxy({ code, cause }: SessionProblem): boolean {
  return code === "gateway" || (cause instanceof HttpFailure && /TUNNEL|^\d{3}$/.test(cause.code));
}

/** Of the user's own resource: asked again, it would be refused again. */
const REFUSALS: ReadonlySet<number> = new Set([400, 404, 405, 406, 410]);

const NAME_FAILURES: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "notFound",
  "discovery",
  "gateway",
  "refused",
  "untrustedServer",
  "unsupportedServer",
]);

/** Whether the next name is to be tried. Reference: RootURL (a candidate fails on …). */
function isNameFailure(problem: SessionProblem): boolean {
  return NAME_FAILURES.has(problem.code) || problem.cause instanceof HttpFailure;
}

/**
 * What to say when every name has failed and none led to a server: what tells most. First what a person can mend, then
 * what a server has answered, in trouble before in vain, then silence, and at last that nothing is there. A proxy that
 * answers for every name knows of none.
 */
function worst(failures: readonly SessionProblem[], domain: string): SessionProblem {
  const isVain = ({ code }: SessionProblem): boolean => code === "notFound" || code === "unknownHost";
  const last = failures.at(-1);
  if (last && failures.every(isOfProxy)) return notFound(last.said);
  const answered = failures.filter(({ cause }) => !(cause instanceof HttpFailure));
  return (
    failures.find(({ advice }) => advice.action === "stop" && advice.origin !== undefined) ??
    failures.find(({ advice }) => advice.action === "stop") ??
    answered.find((failure) => !isVain(failure) && !isOfProxy(failure)) ??
    answered.find((failure) => !isVain(failure)) ??
    answered.findLast(isVain) ??
    failures.findLast((failure) => !isVain(failure)) ??
    notFound(texts.server.discovery.nothing(domain))
  );
}
