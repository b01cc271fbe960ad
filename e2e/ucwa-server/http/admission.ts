import { problem } from "./endpoint.ts";
import type { Answer, Exchange } from "./endpoint.ts";
import { unauthorized } from "../sign-in/challenges.ts";
import type { Context } from "../context.ts";
import type { ServerRequest } from "./message.ts";
import type { Route } from "./routes.ts";
import type { Tokens } from "../sign-in/issued-tokens.ts";
import { findUser } from "../sign-in/users.ts";
import type { User } from "../sign-in/users.ts";

/** Who may ask for what, and what is a breach in the asking. */
export class Admission {
  readonly #context: Context;
  readonly #tokens: Tokens;
  readonly #users = new WeakMap<ServerRequest, User>();

  constructor(context: Context, tokens: Tokens) {
    this.#context = context;
    this.#tokens = tokens;
  }

  /** Checks the address by what has been handed out. */
  checkLink(request: ServerRequest, route: Route): void {
    const { breaches, clock, links, timings } = this.#context;
    // What a gone application had handed out is checked by whether its client knew.
    if (!route.needsLink || route.gone) return;
    const standing = links.standing(
      ownerOf(route, request),
      request.url,
      route.mayAdd ?? route.endpoint.mayAdd,
    );
    switch (standing.kind) {
      case "unknown":
        breaches.record("handBuiltPath", request);
        return;
      case "edited":
        breaches.record("editedQuery", request);
        return;
      case "issued": {
        const toldAt = standing.withdrawal?.toldAt;
        // A request may have left before the news was read; only what comes clearly later counts.
        if (request.method !== "GET" && toldAt !== undefined && clock.now() - toldAt > timings.honestRaceMs)
          breaches.record("deadLink", request);
      }
    }
  }

  /** Checks what is shown where nothing is asked for; a token of the same origin gives nothing away. */
  checkUnasked({ request, url }: Exchange, route: Route): void {
    if (!["root", "xframe"].includes(route.endpoint.name)) return;
    const { kind } = this.#tokens.check(request.headers.get("authorization"), url.origin);
    if (kind === "wrongOrigin") this.#context.breaches.record("credentialAtWrongOrigin", request);
    if (kind === "unknown" || kind === "notBearer")
      this.#context.breaches.record("credentialWhereNoneBelongs", request);
  }

  /** Checks the bearer token; answers what the request gets instead when it does not do. */
  authenticate({ request, url }: Exchange, route: Route): Answer | null {
    const { breaches } = this.#context;
    const credential = this.#tokens.check(request.headers.get("authorization"), url.origin);
    if (credential.kind === "valid") {
      this.#users.set(request, credential.user);
      return route.user && route.user.uri !== credential.user.uri ? problem(403, "None") : null;
    }
    if (credential.kind === "wrongOrigin") breaches.record("credentialAtWrongOrigin", request);
    if (credential.kind === "notBearer") breaches.record("credentialWhereNoneBelongs", request);
    if (credential.kind === "absent" && route.user) breaches.record("credentialMissing", request);
    return unauthorized(this.#context, url.origin, credential.kind);
  }

  /** Whose request has been authenticated. */
  userOf(request: ServerRequest): User {
    const user = this.#users.get(request);
    if (!user) throw new Error("An endpoint asked for the user of a request that was not authenticated.");
    return user;
  }

  /** Whose request this seems to be, before it is checked: whose application, whose token, or who signs in. */
  askerOf({ request, url }: Exchange, route: Route): User | null {
    if (route.user) return route.user;
    if (route.endpoint.name === "token") {
      const name = new URLSearchParams(new TextDecoder().decode(request.body)).get("username");
      return (name !== null && findUser(this.#context.users, name)) || null;
    }
    const credential = this.#tokens.check(request.headers.get("authorization"), url.origin);
    return credential.kind === "valid" ? credential.user : null;
  }

  /** What an application that is no more answers. */
  answerGone(request: ServerRequest, gone: NonNullable<Route["gone"]>): Answer {
    const { breaches, clock, timings } = this.#context;
    const deleted = gone.end.cause === "deleted";
    const allowedMs = deleted ? timings.honestRaceMs : timings.goneDoubtMs;
    if (gone.toldAt !== null && clock.now() - gone.toldAt > allowedMs)
      breaches.record(deleted ? "requestAfterDelete" : "requestToDeadApplication", request);
    gone.toldAt ??= clock.now();
    return problem(gone.end.status, gone.end.subcode);
  }
}

/**
 * In whose name an address was handed out: an application's, everybody's, or, on the way to sign-in, one client's.
 * INFERRED: a client is told by its `User-Agent` and, where it is a page, by its origin; nothing else tells them apart.
 */
export function ownerOf(
  { endpoint, owner }: Pick<Route, "endpoint" | "owner">,
  { headers }: ServerRequest,
): string {
  if (!["user", "token"].includes(endpoint.name)) return owner;
  return [owner, headers.get("user-agent"), headers.get("x-ms-origin")].join(" ");
}
