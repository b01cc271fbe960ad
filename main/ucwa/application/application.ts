import { texts } from "../../../locales/texts.ts";
import { isEarlyVersion } from "../discovery/early-version.ts";
import { retryAfterMs } from "../http/http.ts";
import { originOf } from "../http/urls.ts";
import type { HttpAnswer } from "../http/http.ts";
import { SessionProblem, unexpected } from "../session-problem.ts";
import type { Said } from "../session-problem.ts";
import { embeddedOf, linkOf, ownHref, readReason, readResource } from "../resources/read-resource.ts";
import { mayBeUcwa, representationOf } from "../resources/representation.ts";
import type { Resource, UcwaReason } from "../resources/resource.ts";
import type { AuthorizedRequests } from "../auth/authorized-requests.ts";

/** How this install and this run name themselves; each at most 100 characters. Reference: applications. */
export interface ApplicationIdentity {
  readonly userAgent: string;
  /** As this computer names its language; sent as a server knows it. */
  readonly culture: string;
  /** Stable for this install and address. */
  readonly endpointId: string;
  /** Its own for each run, so that two of them do not take each other's event channel. Reference: MultiTabSupport. */
  readonly instanceId: string;
}

/** The application as far as it is used here; hrefs are absolute and live as long as it does. */
export interface Application {
  readonly self: string;
  readonly events: string;
  readonly me: Me;
  /** Each with what is offered there; see `Offers`. */
  readonly communication: { readonly self: string | null; readonly startMessaging: string | null };
  readonly people: { readonly self: string | null; readonly search: string | null };
}

export interface Me {
  readonly self: string | null;
  /** Present until the user has been made available. */
  readonly makeMeAvailable: string | null;
  /** Present afterwards. */
  readonly reportMyActivity: string | null;
}

/** Why an application is no longer there. Reference: ApplicationDashboard. */
export type ApplicationLoss =
  | { readonly cause: "gone" }
  | { readonly cause: "inactive" }
  | { readonly cause: "stopped"; readonly problem: SessionProblem };

/**
 * Creates the application; the server answers with the existing one when this instance has one already. `instanceId`
 * belongs to the second revision of the resource. A server that does not have it is given the instance as part of the
 * endpoint, so that this run still has a channel of its own.
 * Throws `SessionProblem` or `HttpFailure`. Reference: applications, MultiTabSupport, Versioning.
 */
export async function createApplication(
  requests: AuthorizedRequests,
  url: string,
  identity: ApplicationIdentity,
  now: () => number,
  signal: AbortSignal,
): Promise<Application> {
  const post = (body: object, headers: Readonly<Record<string, string>>) =>
    requests.send({
      method: "POST",
      url,
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
      signal,
      entrance: true,
      // The server answers the second one with what the first has made.
      repeatable: true,
    });
  const named = { ...identity, culture: cultureOf(identity.culture) };
  let answer = await post(named, { "X-MS-RequiresMinResourceVersion": "2" });
  if (wrongVersion(reasonOf(answer))) {
    const { instanceId, ...first } = named;
    answer = await post({ ...first, endpointId: `${first.endpointId}-${instanceId}`.slice(0, 100) }, {});
  }
  const application = readApplication(answer);
  if (application) return application;
  throw creationProblem(answer, now());
}

/**
 * The culture of an application, which a server knows as `xx` or `xx-XX`, from the language of this computer.
 * Reference: applications.
 */
export function cultureOf(locale: string): string {
  try {
    // A part of private use is nobody else's business, and not all of them can be read.
    const [tag] = locale.replaceAll("_", "-").split("-x-", 1);
    const { language, region = "" } = new Intl.Locale(tag ?? "");
    if (/^[a-z]{2}$/.test(language)) return /^[A-Z]{2}$/.test(region) ? `${language}-${region}` : language;
  } catch {
    // No language that anybody knows.
  }
  return "en-US";
}

function wrongVersion(reason: UcwaReason | null): boolean {
  return reason?.subcode?.endsWith("VersionNotSupported") ?? false;
}

/** The application in an answer of `applications` or of itself; null when the answer holds none. */
export function readApplication(answer: HttpAnswer): Application | null {
  if (answer.status !== 200 && answer.status !== 201) return null;
  const resource = readResource(representationOf(answer), answer.url);
  if (!resource) return null;
  const self = ownHref(resource, "self");
  const events = ownHref(resource, "events");
  if (self === null || events === null) {
    // Told apart here, before anything fails oddly.
    const named = linkOf(resource, "events") ?? linkOf(resource, "self");
    if (resource.rel !== "application" && !named) return null;
    // As behind a reverse proxy that does not know under which name and port it is asked.
    if (named && !named.sameOrigin) throw foreign(answer, named.href);
    throw unsupported(answer, texts.server.unsupported.noEvents);
  }
  if (isEarlyVersion(self)) throw unsupported(answer, texts.server.unsupported.earlyVersion);
  const me = embeddedOf(resource, "me");
  const communication = embeddedOf(resource, "communication");
  const people = embeddedOf(resource, "people");
  return {
    self,
    events,
    me: me ? readMe(me) : { ...NO_ME, self: ownHref(resource, "me") },
    communication: {
      self: (communication && ownHref(communication, "self")) ?? ownHref(resource, "communication"),
      startMessaging: communication && ownHref(communication, "startMessaging"),
    },
    people: {
      self: (people && ownHref(people, "self")) ?? ownHref(resource, "people"),
      search: people && ownHref(people, "search"),
    },
  };
}

/** A bearer token goes to its own origin and no other. */
function foreign(answer: HttpAnswer, href: string): SessionProblem {
  const own = originOf(answer.url);
  return SessionProblem.stop("untrustedServer", texts.server.session.foreign(own, originOf(href)));
}

function unsupported(answer: HttpAnswer, what: (host: string) => string): SessionProblem {
  const { host } = new URL(answer.url);
  return SessionProblem.stop("unsupportedServer", `${what(host)} ${texts.server.unsupported.needed}`);
}

/** Nothing is known of it. */
export const NO_ME: Me = { self: null, makeMeAvailable: null, reportMyActivity: null };

/** Reference: me. */
export function readMe(resource: Resource): Me {
  return {
    self: ownHref(resource, "self"),
    makeMeAvailable: ownHref(resource, "makeMeAvailable"),
    reportMyActivity: ownHref(resource, "reportMyActivity"),
  };
}

/** What UCWA says about a refused request; null for an answer that is not UCWA's own. */
export function reasonOf(answer: HttpAnswer): UcwaReason | null {
  return answer.status < 400 ? null : readReason(representationOf(answer));
}

/**
 * Whether an answer says that the whole application is gone. `ApplicationNotFound` comes for a lapsed subscription
 * too, so only the event channel and the application itself are believed. Reference: ApplicationDashboard.
 */
export function lossOf(answer: HttpAnswer): ApplicationLoss | null {
  return namedLossOf(answer) ?? (answer.status === 410 && mayBeUcwa(answer) ? { cause: "gone" } : null);
}

/** The same where it is the application by its name, and not perhaps the one resource that was asked for. */
export function namedLossOf(answer: HttpAnswer): ApplicationLoss | null {
  const { session } = texts.server;
  const subcode = reasonOf(answer)?.subcode ?? null;
  switch (subcode) {
    case "ApplicationNotFound":
      return { cause: "gone" };
    case "InactiveApplicationExpired":
      return { cause: "inactive" };
    case "TooManyApplications":
      return stopped("tooManyApplications", session.tooManyApplications);
    case "UserAgentNotAllowed":
      return stopped("userAgentNotAllowed", session.doorbellNotAllowed);
    case "MobileApplicationNoLongerAllowed":
      return stopped("mobileNotAllowed", session.noLongerAllowed);
    default:
      return null;
  }
}

function stopped(reason: Parameters<typeof SessionProblem.stop>[0], sentence: string): ApplicationLoss {
  return { cause: "stopped", problem: SessionProblem.stop(reason, sentence) };
}

/** With the code that UCWA gives, where it gives one. */
export function refusedWith(said: Said, reason: UcwaReason | null): Said {
  return reason ? { ...said, technical: `${said.technical ?? ""}, ${reason.subcode ?? reason.code}` } : said;
}

function creationProblem(answer: HttpAnswer, now: number): SessionProblem {
  const loss = lossOf(answer);
  if (loss?.cause === "stopped") return loss.problem;
  const reason = reasonOf(answer);
  if (wrongVersion(reason)) return unsupported(answer, texts.server.unsupported.unknownVersion);
  const said = refusedWith(unexpected(answer, "POST applications"), reason);
  if (answer.status === 403 && reason) {
    const sentence = texts.server.session.notAllowed;
    const stop = { action: "stop", reason: "mobileNotAllowed" } as const;
    return new SessionProblem("forbidden", { ...said, sentence }, stop);
  }
  const wait = retryAfterMs(answer, now);
  // What these say of the address itself stands in `ApplicationsAddress`.
  if (answer.status === 403 || answer.status === 502) {
    return SessionProblem.rediscover("moved", said, wait);
  }
  if (answer.status === 400 && reason) {
    const { host } = new URL(answer.url);
    return SessionProblem.retry("refused", { ...said, sentence: texts.server.answers.refused(host) });
  }
  const known = reason !== null || answer.status >= 500 || answer.status === 408 || answer.status === 429;
  return SessionProblem.retry(known && answer.status !== 404 ? "applications" : "unexpected", said, wait);
}
