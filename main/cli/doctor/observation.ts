import { texts } from "../../../locales/texts.ts";
import { readApplication } from "../../ucwa/application/application.ts";
import { readChallenges, tokenOffer } from "../../ucwa/auth/challenge.ts";
import { HttpFailure, jsonOf, type HttpAnswer } from "../../ucwa/http/http.ts";
import { linkOf, readResource } from "../../ucwa/resources/read-resource.ts";
import { representationOf } from "../../ucwa/resources/representation.ts";
import { originOf, resolveHref } from "../../ucwa/http/urls.ts";
import type { ExchangeObserver, SentRequest } from "./recording-fetch.ts";

/** One step of the search for the server. */
export interface Hop {
  readonly origin: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly ok: boolean;
  /** What it led to, or why it led nowhere. */
  readonly led: string;
}

/** The ways to sign in that an origin names; text from outside. */
export interface SignInOffer {
  readonly origin: string;
  readonly kinds: readonly string[];
}

export interface TokenReceipt {
  readonly origin: string;
  /** Null when none was given. `livesUntil` in epoch milliseconds; null when the server does not say. */
  readonly token: { readonly livesUntil: number | null } | null;
}

/**
 * What an onlooker learns from the exchanges of a sign-in, by the documents that pass. It keeps origins, statuses and
 * times; never a body, a token or a password. Reference: RootURL, AuthenticationInUCWA, applications, events.
 */
export class Observation implements ExchangeObserver {
  readonly #onHop: (hop: Hop) => void;
  readonly #origins = new Map<string, "answered" | "certificate" | "unreached">();
  readonly #offers: SignInOffer[] = [];
  readonly #tokens: TokenReceipt[] = [];
  readonly #openEventRequests = new Set<SentRequest>();
  #applications: string | null = null;
  #application: { readonly self: string; readonly events: string } | null = null;
  #eventAnswers = 0;
  #emptyEventAnswers = 0;
  #deleted = false;

  constructor(onHop: (hop: Hop) => void) {
    this.#onHop = onHop;
  }

  /** Every origin that was asked for anything, in order, and whether it could be talked to. */
  get origins(): ReadonlyMap<string, "answered" | "certificate" | "unreached"> {
    return this.#origins;
  }

  get offers(): readonly SignInOffer[] {
    return this.#offers;
  }

  get tokens(): readonly TokenReceipt[] {
    return this.#tokens;
  }

  /** Where applications are created; null until discovery has found it. */
  get applicationsOrigin(): string | null {
    return this.#applications === null ? null : originOf(this.#applications);
  }

  get applicationOrigin(): string | null {
    return this.#application === null ? null : originOf(this.#application.self);
  }

  /** Whether the server has confirmed that the application is gone. */
  get deleted(): boolean {
    return this.#deleted;
  }

  get eventRequests(): { readonly open: number; readonly answered: number; readonly empty: number } {
    return {
      open: this.#openEventRequests.size,
      answered: this.#eventAnswers,
      empty: this.#emptyEventAnswers,
    };
  }

  sent(request: SentRequest): void {
    const origin = originOf(request.url);
    if (!this.#origins.has(origin)) this.#origins.set(origin, "unreached");
    if (this.#isEventRequest(request)) this.#openEventRequests.add(request);
  }

  settled(request: SentRequest, result: HttpAnswer | HttpFailure): void {
    this.#note(originOf(request.url), result);
    if (this.#openEventRequests.delete(request)) {
      this.#eventAnswered(result);
    } else if (request.asksForToken) {
      this.#tokenAnswered(request, result);
    } else if (this.#applications === null) {
      this.#hop(request, result);
    } else if (!(result instanceof HttpFailure)) {
      this.#noteOffer(result);
      if (request.url === this.#applications) this.#created(result);
      if (request.method === "DELETE" && request.url === this.#application?.self)
        this.#deleted = result.status < 300 || result.status === 404;
    }
  }

  #isEventRequest({ method, url }: SentRequest): boolean {
    if (method !== "GET" || this.#application === null) return false;
    const [asked, events] = [new URL(url), new URL(this.#application.events)];
    return asked.origin === events.origin && asked.pathname === events.pathname;
  }

  #note(origin: string, result: HttpAnswer | HttpFailure): void {
    if (!(result instanceof HttpFailure)) this.#origins.set(origin, "answered");
    else if (result.kind === "certificate") this.#origins.set(origin, "certificate");
  }

  #eventAnswered(result: HttpAnswer | HttpFailure): void {
    if (result instanceof HttpFailure) return;
    this.#eventAnswers++;
    const sender = representationOf(result)?.["sender"];
    if (!Array.isArray(sender) || sender.length === 0) this.#emptyEventAnswers++;
  }

  #tokenAnswered(request: SentRequest, result: HttpAnswer | HttpFailure): void {
    const body = result instanceof HttpFailure || result.status !== 200 ? undefined : jsonOf(result);
    const seconds = Number(body?.["expires_in"]);
    const livesUntil = Number.isFinite(seconds) && seconds > 0 ? request.at + seconds * 1000 : null;
    const given = typeof body?.["access_token"] === "string";
    this.#tokens.push({ origin: originOf(request.url), token: given ? { livesUntil } : null });
  }

  #created(answer: HttpAnswer): void {
    try {
      const application = readApplication(answer);
      if (application !== null) this.#application = application;
    } catch {
      // The session says what is wrong with it.
    }
  }

  /** Another round with the same origin says the same. */
  #noteOffer(answer: HttpAnswer): boolean {
    if (answer.status !== 401 && answer.status !== 403) return false;
    const challenges = readChallenges(answer.headers.get("www-authenticate") ?? "");
    if (challenges.length === 0) return false;
    const origin = originOf(answer.url);
    const own = tokenOffer(challenges);
    const others = challenges.map(({ scheme }) => scheme).filter((scheme) => scheme !== "msrtcoauth");
    if (!this.#offers.some((offer) => offer.origin === origin))
      this.#offers.push({ origin, kinds: [...(own?.grants ?? []), ...others] });
    return true;
  }

  #hop(request: SentRequest, result: HttpAnswer | HttpFailure): void {
    const origin = originOf(request.url);
    const tell = (ok: boolean, led: string): void =>
      this.#onHop({ origin, status: result instanceof HttpFailure ? null : result.status, ok, led });
    const { led, failures } = texts.doctor;
    if (result instanceof HttpFailure)
      return tell(false, `${failures[result.kind]}${result.code === "" ? "" : ` (${result.code})`}`);
    if (this.#noteOffer(result)) return tell(true, led.signIn);
    const location = result.status >= 300 && result.status < 400 ? result.headers.get("location") : null;
    if (location !== null) {
      const target = resolveHref(location, request.url);
      return target === null ? tell(false, led.redirectNowhere) : tell(true, led.redirect(originOf(target)));
    }
    const resource = result.status === 200 ? readResource(representationOf(result), request.url) : null;
    const type = result.headers.get("content-type")?.split(";")[0]?.slice(0, 60) ?? led.noType;
    if (resource === null) return tell(false, led.otherAnswer(type));
    const redirect = linkOf(resource, "redirect");
    const applications = linkOf(resource, "applications");
    const user = linkOf(resource, "user");
    if (redirect) return tell(true, led.onward(originOf(redirect.href)));
    if (applications) {
      this.#applications = applications.href;
      return tell(true, led.applications(originOf(applications.href)));
    }
    if (user) return tell(true, led.user(originOf(user.href)));
    tell(false, led.otherJson);
  }
}
