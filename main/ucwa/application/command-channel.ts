import { texts } from "../../../locales/texts.ts";
import type { Clock } from "../../platform/ports.ts";
import { lossOf, namedLossOf, reasonOf } from "./application.ts";
import { HttpFailure } from "../http/http.ts";
import type { HttpAnswer, HttpRequest } from "../http/http.ts";
import { SessionProblem, unexpected } from "../session-problem.ts";
import type { Life } from "./application-life.ts";
import { isInvitationRel, readInvitation } from "../resources/read-invitation.ts";
import { readResource } from "../resources/read-resource.ts";
import { representationOf } from "../resources/representation.ts";
import type { UcwaReason } from "../resources/resource.ts";
import { REFUSAL_STATUSES } from "../session-port.ts";
import type {
  CommandOutcome,
  FailedLookup,
  InvitationLookup,
  PhotoLookup,
  RefusalStatus,
  ResourceLookup,
} from "../session-port.ts";
import type { Asking, AuthorizedRequests } from "../auth/authorized-requests.ts";
import { Turns } from "../http/turns.ts";
import { originOf, resolveHref, withParameters } from "../http/urls.ts";

/** Whether somebody waits for the answer. */
type Hurry = "now" | "beside";

/** What is asked of the application in whose name a request is made. */
export type Living = Pick<Life, "generation" | "application" | "ended" | "tryNow" | "suspect">;

/** Longer, and the invitation is over anyway. */
const COMMAND_TIMEOUT_MS = 10_000;
/**
 * Browsers, and with them Electron, open six connections to a host, of which the parked event request has one. So many
 * may be kept by questions, however slowly they are answered: an answer of the person always finds a free one.
 */
const LOOK_UPS_AT_ONCE = 3;
/** Beside those, so that what nobody waits for keeps no question and no answer waiting. */
const BESIDE_AT_ONCE = 1;

/** Sharp in a round picture of 40 px, on a screen with two pixels for one. Reference: contactPhoto. */
const PHOTO_SIZE = "HR96X96";
/** Real ones are 2 to 100 kB. Reference: photo. */
const MOST_PHOTO_BYTES = 256 * 1024;

/**
 * Requests beside the event channel, on behalf of the person. They go to links of the living application alone: not
 * to those of an earlier one, and not to another origin, which would see the bearer.
 */
export class CommandChannel {
  readonly #requests: Pick<AuthorizedRequests, "send">;
  readonly #life: () => Living | null;
  readonly #clock: Clock;
  readonly #lookUps: Turns;
  readonly #beside: Turns;

  constructor(requests: Pick<AuthorizedRequests, "send">, life: () => Living | null, clock: Clock) {
    this.#requests = requests;
    this.#life = life;
    this.#clock = clock;
    this.#lookUps = new Turns(LOOK_UPS_AT_ONCE, clock);
    this.#beside = new Turns(BESIDE_AT_ONCE, clock);
  }

  async post(
    generation: number,
    href: string,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<CommandOutcome> {
    const result = await this.#send(generation, {
      method: "POST",
      url: href,
      urgent: true,
      // What begins something must not begin twice.
      ...(body && "operationId" in body ? { once: true } : {}),
      ...(body ? { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {}),
    });
    return outcomeOf(result);
  }

  async sendMessage(
    generation: number,
    href: string,
    { text, operationId }: { readonly text: string; readonly operationId: string },
  ): Promise<CommandOutcome> {
    const url = withParameters(href, { operationId });
    const headers = { "Content-Type": "text/plain; charset=utf-8" };
    // Nobody is to read a message twice because a connection was closed under the first.
    const request = { method: "POST", url, urgent: true, once: true, headers, body: text } as const;
    return outcomeOf(await this.#send(generation, request));
  }

  async delete(generation: number, href: string): Promise<CommandOutcome> {
    return outcomeOf(await this.#send(generation, { method: "DELETE", url: href }));
  }

  async lookUp(generation: number, href: string): Promise<InvitationLookup> {
    const result = await this.#ask(generation, href, "now");
    if ("outcome" in result) return result;
    const resource = readResource(representationOf(result), result.url);
    if (!resource || !(resource.rel === "" || isInvitationRel(resource.rel))) {
      return { outcome: "unreachable", detail: unexpected(result, "the invitation").sentence };
    }
    return { outcome: "found", invitation: readInvitation(resource) };
  }

  async read(generation: number, href: string, how: Hurry = "now"): Promise<ResourceLookup> {
    const result = await this.#ask(generation, href, how);
    if ("outcome" in result) return result;
    const resource = readResource(representationOf(result), result.url);
    if (resource) return { outcome: "found", resource };
    return { outcome: "unreachable", detail: unexpected(result, "the resource").sentence };
  }

  async readPhoto(generation: number, href: string, etag: string | null): Promise<PhotoLookup> {
    const url = withParameters(href, { size: PHOTO_SIZE });
    const headers = { Accept: "image/*", ...(etag === null ? {} : { "If-None-Match": etag }) };
    const request = { method: "GET", url, headers, mostBytes: MOST_PHOTO_BYTES } as const;
    const result = await this.#inTurn(generation, request, "beside");
    if ("outcome" in result) return result.outcome === "refused" ? { outcome: "none" } : photoless(result);
    const freshForMs = freshMs(result, this.#clock.now());
    if (result.bytes && result.bytes.length > 0)
      return { outcome: "found", bytes: result.bytes, etag: etagOf(result), freshForMs };
    if (result.status === 304 && etag !== null) return { outcome: "unchanged", freshForMs };
    return result.status < 300 ? { outcome: "none" } : photoless(refusal(result));
  }

  /** A GET in its turn; an answer that brings a representation, or why there is none. */
  async #ask(generation: number, url: string, hurry: Hurry): Promise<HttpAnswer | FailedLookup> {
    const result = await this.#inTurn(generation, { method: "GET", url }, hurry);
    if ("outcome" in result || result.status === 200) return result;
    const failed = result.status < 300 ? unclear(result) : refusal(result);
    return failed.outcome === "conflict" ? unclear(result) : failed;
  }

  async #inTurn(generation: number, request: HttpRequest, hurry: Hurry): Promise<HttpAnswer | FailedLookup> {
    const life = this.#life();
    if (life?.generation !== generation) return { outcome: "superseded" };
    const turns = hurry === "now" ? this.#lookUps : this.#beside;
    const leave = await turns.next(COMMAND_TIMEOUT_MS, life.ended);
    if (!leave) {
      if (this.#life()?.generation !== generation) return { outcome: "superseded" };
      return {
        outcome: "unreachable",
        detail: `${new URL(request.url).host} is slow, and other questions came first.`,
      };
    }
    try {
      return await this.#send(generation, request, hurry === "now" ? "interactive" : "beside");
    } finally {
      leave();
    }
  }

  async #send(generation: number, request: HttpRequest, asking?: Asking): Promise<HttpAnswer | FailedLookup> {
    const life = this.#life();
    if (life?.generation !== generation) return { outcome: "superseded" };
    if (originOf(request.url) !== originOf(life.application.self)) {
      return { outcome: "refused", status: null, reason: foreign() };
    }
    try {
      const bounded = { ...request, timeoutMs: COMMAND_TIMEOUT_MS, signal: life.ended };
      const answer = await this.#requests.send(bounded, asking);
      // Believed only when the event channel or the application itself says so. Until then nothing is known of what was
      // asked for: its calls are lost with it, and did not end.
      if (asking !== "beside" && lossOf(answer)) life.tryNow();
      return namedLossOf(answer) || isOfSomebodyBetween(answer) ? unclear(answer) : answer;
    } catch (error) {
      if (life.ended.aborted && this.#life()?.generation !== generation) return { outcome: "superseded" };
      if (error instanceof HttpFailure || error instanceof SessionProblem) {
        if (error instanceof HttpFailure && request.method === "POST") life.suspect();
        return { outcome: "unreachable", detail: error.message };
      }
      throw error;
    }
  }
}

function outcomeOf(result: HttpAnswer | FailedLookup): CommandOutcome {
  if ("outcome" in result) return result;
  return result.status < 300 ? receipt(result) : refusal(result);
}

/** A `Location` on another origin names nothing of ours. */
function receipt(answer: HttpAnswer): Extract<CommandOutcome, { outcome: "taken" }> {
  const location = resolveHref(answer.headers.get("location") ?? "", answer.url);
  const made = location !== null && answer.status === 201 && originOf(location) === originOf(answer.url);
  return made ? { outcome: "taken", location } : { outcome: "taken" };
}

function foreign(): UcwaReason {
  return { code: "LocalFailure", subcode: null, message: texts.server.session.foreignLink };
}

/**
 * A page or a redirect comes from a proxy, or from the portal of a hotel, whatever its status: neither an invitation
 * that is gone nor an answer that was taken. Reference: ErrorsAndInformationalMessages.
 */
function isOfSomebodyBetween({ status, headers }: HttpAnswer): boolean {
  const redirects = status >= 300 && status < 400 && status !== 304;
  return redirects || /^\s*text\/(html|plain)/i.test(headers.get("content-type") ?? "");
}

/** Reference: accept, decline, addMessaging. */
function refusal(answer: HttpAnswer): Exclude<CommandOutcome, { outcome: "taken" }> {
  const { status } = answer;
  const reason = reasonOf(answer);
  if (status === 404 || status === 410) return { outcome: "gone", reason };
  if (status === 409) return { outcome: "conflict", reason };
  if (status < 400 || status >= 500 || status === 429 || status === 408) return unclear(answer);
  return { outcome: "refused", status: isRefusalStatus(status) ? status : 400, reason };
}

/** What a look-up that failed says of a photo. */
function photoless(failed: Exclude<CommandOutcome, { outcome: "taken" }>): PhotoLookup {
  if (failed.outcome === "gone" || (failed.outcome === "refused" && failed.status === 403))
    return { outcome: "none" };
  if (failed.outcome === "superseded" || failed.outcome === "unreachable") return failed;
  return { outcome: "unreachable", detail: "The server has not given the photo." };
}

/** Null for one that no later request could carry as it is. Reference: RFC 9110, 8.8.3. */
function etagOf({ headers }: HttpAnswer): string | null {
  return /^(?:W\/)?"[!#-~]{0,200}"$/.exec(headers.get("etag") ?? "")?.[0] ?? null;
}

/** By the server's own clock, where it tells the time. */
function freshMs({ headers }: HttpAnswer, nowMs: number): number | null {
  const expiresAt = Date.parse(headers.get("expires") ?? "");
  const sentAt = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(expiresAt) ? null : expiresAt - (Number.isNaN(sentAt) ? nowMs : sentAt);
}

function unclear(answer: HttpAnswer): Extract<CommandOutcome, { outcome: "unreachable" }> {
  return { outcome: "unreachable", detail: unexpected(answer, "the request").sentence };
}

function isRefusalStatus(status: number): status is RefusalStatus {
  return REFUSAL_STATUSES.some((known) => known === status);
}
