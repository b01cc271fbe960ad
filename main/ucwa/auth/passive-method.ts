import { texts } from "../../../locales/texts.ts";
import type { Clock, FederationPages } from "../../platform/ports.ts";
import { SessionProblem } from "../session-problem.ts";
import type { Trust } from "./trust.ts";
import { originOf, resolveHref } from "../http/urls.ts";
import { visitPage } from "./federation-visit.ts";
import type { Attempt, Circumstances, Method, TokenServer } from "./sign-in-method.ts";
import type { Token, TokenAnswer } from "./token.ts";
import type { TokenRequest } from "./token-request.ts";

/**
 * Sign-in on the web page of the organisation (AD FS). The token request is made with the cookies of that page; a
 * server without a valid one names the page, which says nothing of a password. The page is then shown to the person,
 * and the same request repeated at each page that has come, until there is a token. One window at a time, and none in
 * an early renewal.
 * Reference: AuthenticationInUCWA (passive authentication).
 */
export class PassiveMethod implements Method {
  readonly grant = "urn:microsoft.rtc:passive";
  readonly #pages: FederationPages;
  readonly #clock: Clock;
  readonly #trust: Trust;
  readonly #request: (request: TokenRequest) => Promise<TokenAnswer>;
  #turn: Promise<void> = Promise.resolve();
  /** Whoever has just closed one page is not shown the next. */
  #closed: SessionProblem | null = null;

  constructor(deps: {
    pages: FederationPages;
    clock: Clock;
    trust: Trust;
    request: (request: TokenRequest) => Promise<TokenAnswer>;
  }) {
    this.#pages = deps.pages;
    this.#clock = deps.clock;
    this.#trust = deps.trust;
    this.#request = deps.request;
  }

  async attempt(server: TokenServer, circumstances: Circumstances): Promise<Attempt> {
    const { url, host } = server;
    const form = { grant_type: this.grant };
    const ask = () => this.#request({ url, form, asPerson: true });
    const answer = await ask();
    const { signIn } = texts.server;
    switch (answer.said) {
      case "token":
        return { got: "token", token: answer.token };
      case "page": {
        const page = this.#approved(host, answer.from, answer.href);
        const waiting = SessionProblem.retry("signInPage", signIn.pageWaits(host));
        if (circumstances.silent) throw waiting;
        circumstances.pageShown(waiting);
        return { got: "token", token: await this.#inTurn(host, page, ask, circumstances.signal) };
      }
      case "refused":
        return declined(signIn.noPage(host));
      case "notTaken":
        return declined(signIn.noPages(host));
      case "ledAway":
        return declined(signIn.ledAway(host, answer.origin));
      case "unauthorized":
      case "trouble":
        throw answer.problem;
    }
  }

  forget(): void {
    this.#closed = null;
  }

  #inTurn(host: string, url: string, ask: () => Promise<TokenAnswer>, signal: AbortSignal): Promise<Token> {
    const visit = this.#turn.then(() => {
      if (this.#closed) throw this.#closed;
      return visitPage({ pages: this.#pages, clock: this.#clock, host, url, ask, signal });
    });
    this.#turn = visit.then(
      () => undefined,
      (error: unknown) => {
        if (!signal.aborted && error instanceof SessionProblem) this.#closed = error;
      },
    );
    return visit;
  }

  #approved(host: string, from: string, href: string): string {
    const page = resolveHref(href, from);
    if (page === null) {
      throw SessionProblem.rediscover("tokenEndpoint", texts.server.signIn.pageWithoutAddress(host));
    }
    const verdict = this.#trust.approve(from, page);
    if (verdict === "trusted") return page;
    const origin = originOf(page);
    throw SessionProblem.untrusted(verdict, origin, texts.server.leads.page(host, origin));
  }
}

function declined(sentence: string): Attempt {
  return { got: "declined", sentence, mayPass: false };
}
