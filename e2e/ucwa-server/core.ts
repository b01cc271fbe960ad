import { handlerOf, problem, resourceNotFound } from "./answer.ts";
import type { Answer, Exchange } from "./answer.ts";
import { Applications } from "./applications.ts";
import { BreachLog } from "./breaches.ts";
import { AdjustableClock, systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { plainSwitches, realTimings } from "./context.ts";
import type { Context, Origins, Switches, Timings } from "./context.ts";
import { Control } from "./control.ts";
import { ControlService } from "./control-http.ts";
import { faultAnswer, Faults } from "./faults.ts";
import { LinkRegistry } from "./link-registry.ts";
import type { ServerRequest, ServerResponse } from "./message.ts";
import { diagnostics, unauthorized } from "./oauth.ts";
import { servePage } from "./page.ts";
import { systemRandom } from "./random.ts";
import type { Random } from "./random.ts";
import { formBreaches } from "./request-rules.ts";
import { RequestList } from "./requests.ts";
import type { SeenRequest } from "./requests.ts";
import { nowhere, Routes } from "./routes.ts";
import type { Route } from "./routes.ts";
import { Tokens } from "./tokens.ts";
import { demoUsers } from "./users.ts";
import type { User } from "./users.ts";
import { Watchers } from "./watchers.ts";
import { write } from "./writer.ts";

/** What a server is made of. Everything has a default but the origins, which are what its links will say. */
export interface UcwaServerOptions {
  readonly origins: Origins;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly users?: readonly User[];
  readonly switches?: Partial<Switches>;
  readonly timings?: Partial<Timings>;
}

/**
 * A Skype for Business server as UCWA clients see it: a function from request to response, with its own clock.
 * `control` is what tests, the program's page and the control API turn.
 */
export class UcwaServer {
  readonly control: Control;
  readonly origins: Origins;
  readonly #context: Context;
  readonly #faults = new Faults();
  readonly #tokens: Tokens;
  readonly #routes: Routes;
  readonly #requests: RequestList;
  readonly #service: ControlService;
  readonly #users = new WeakMap<ServerRequest, User>();

  constructor(options: UcwaServerOptions) {
    const watchers = new Watchers();
    const changed = (): void => watchers.changed();
    const clock = new AdjustableClock(options.clock ?? systemClock);
    this.origins = options.origins;
    this.#context = {
      clock,
      random: options.random ?? systemRandom,
      origins: options.origins,
      timings: { ...realTimings, ...options.timings },
      switches: { ...plainSwitches, ...options.switches },
      users: options.users ?? demoUsers,
      links: new LinkRegistry(),
      breaches: new BreachLog(clock, changed),
      changed,
    };
    const { random, timings } = this.#context;
    this.#tokens = new Tokens(clock, random, timings.tokenLifetimeMs);
    this.#requests = new RequestList(clock, changed);
    const applications: Applications = new Applications(this.#context, (invitation) =>
      this.control.calls.lost(invitation),
    );
    this.control = new Control(this.#context, {
      applications,
      tokens: this.#tokens,
      faults: this.#faults,
      requests: this.#requests,
      watchers,
    });
    this.#routes = new Routes(this.#context, this.#tokens, applications, (exchange) =>
      this.#userOf(exchange),
    );
    this.#service = new ControlService(this.control, this.#context, watchers);
  }

  /** Answers one request. Resolves late for a parked event request; never rejects for what a client does. */
  async handle(request: ServerRequest): Promise<ServerResponse> {
    const url = new URL(request.url);
    if (url.origin === this.origins.discovery) {
      const own = (await servePage(request, url)) ?? (await this.#service.serve(request, url));
      if (own) return own;
    }
    const route = this.#routes.find(url);
    if (route.endpoint === nowhere && isBrowsing(request, url)) return { status: 404, headers: [], body: "" };
    const seen = this.#requests.begin(request, route.endpoint.name);
    const answer = await this.#answer({ request, url }, route, seen);
    const { links, origins, switches } = this.#context;
    const response = write(answer, request.headers.get("accept"), switches.linkOnly, (href) => {
      const target = new URL(href, url.origin);
      const owner = this.#routes.find(target).owner;
      if (target.origin === origins.discovery || target.origin === origins.applications)
        links.issue(owner, target.href);
    });
    this.#issueChallenge(response);
    // Whoever has hung up already has nothing left to be cut.
    const cut = request.signal.aborted ? null : this.#faults.take(route.endpoint.name, "cut");
    const gone = cut?.kind === "cut" || request.signal.aborted;
    this.#requests.finish(seen, gone ? 0 : response.status);
    return cut?.kind === "cut" ? { ...response, cut: cut.cut } : response;
  }

  async #answer(exchange: Exchange, route: Route, seen: SeenRequest): Promise<Answer> {
    const { request, url } = exchange;
    const { breaches } = this.#context;
    for (const rule of formBreaches(request, route.endpoint)) breaches.record(rule, request);
    this.#judgeLink(request, route);
    const fault = this.#faults.take(route.endpoint.name, "status");
    if (fault?.kind === "status") return faultAnswer(fault);
    if (request.headers.has("x-ms-origin"))
      return {
        ...problem(403),
        headers: [diagnostics(28_070, "The origin is not in the list of allowed domains.")],
      };
    if (route.needsToken) {
      const refusal = this.#authenticate(exchange, route);
      if (refusal) return refusal;
      seen.user = this.#userOf(exchange).uri;
    }
    if (route.gone) return this.#answerGone(request, route.gone);
    if (route.endpoint === nowhere)
      return route.needsToken && route.user === null ? problem(404, "ApplicationNotFound") : resourceNotFound;
    const handler = handlerOf(route.endpoint, request.method);
    if (!handler) {
      breaches.record("methodNotAllowed", request);
      return problem(405, "MethodNotAllowed", "The resource does not have this method.");
    }
    if (route.endpoint.name !== "events") return handler(exchange);
    const answer = await handler({ request, url });
    // A fault asked for while the request was parked is meant for this very answer.
    const late = answer.kind === "events" ? this.#faults.take("events", "status") : null;
    return late?.kind === "status" ? faultAnswer(late) : answer;
  }

  #judgeLink(request: ServerRequest, route: Route): void {
    const { breaches, clock, links, timings } = this.#context;
    // What a gone application had handed out is judged by whether its client knew.
    if (!route.needsLink || route.gone) return;
    const standing = links.standing(route.owner, request.url, route.endpoint.mayAdd);
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
        if (request.method === "POST" && toldAt !== undefined && clock.now() - toldAt > timings.honestRaceMs)
          breaches.record("deadLink", request);
      }
    }
  }

  #authenticate({ request, url }: Exchange, route: Route): Answer | null {
    const { breaches } = this.#context;
    const credential = this.#tokens.judge(request.headers.get("authorization"), url.origin);
    if (credential.kind === "valid") {
      this.#users.set(request, credential.user);
      return route.user && route.user.uri !== credential.user.uri ? problem(403, "None") : null;
    }
    if (credential.kind === "wrongOrigin") breaches.record("credentialAtWrongOrigin", request);
    if (credential.kind === "notBearer") breaches.record("credentialWhereNoneBelongs", request);
    if (credential.kind === "absent" && route.user) breaches.record("credentialMissing", request);
    return unauthorized(this.#context, url.origin, credential.kind);
  }

  #answerGone(request: ServerRequest, gone: NonNullable<Route["gone"]>): Answer {
    const { breaches, clock, timings } = this.#context;
    const deleted = gone.end.cause === "deleted";
    const allowedMs = deleted ? timings.honestRaceMs : timings.goneDoubtMs;
    if (gone.toldAt !== null && clock.now() - gone.toldAt > allowedMs)
      breaches.record(deleted ? "requestAfterDelete" : "requestToDeadApplication", request);
    gone.toldAt ??= clock.now();
    return problem(gone.end.status, gone.end.subcode);
  }

  /** A challenge hands out the address of a sign-in service, outside of any body. */
  #issueChallenge(response: ServerResponse): void {
    for (const [name, value] of response.headers) {
      const href = name === "WWW-Authenticate" ? /MsRtcOAuth href="?([^",]+)/.exec(value)?.[1] : undefined;
      if (href !== undefined) this.#context.links.issue(this.#routes.find(new URL(href)).owner, href);
    }
  }

  #userOf({ request }: Exchange): User {
    const user = this.#users.get(request);
    if (!user) throw new Error("An endpoint asked for the user of a request that was not authenticated.");
    return user;
  }
}

/** A browser looks around by itself (favicons and the like); that is nobody's breach. */
function isBrowsing(request: ServerRequest, url: URL): boolean {
  return request.method === "GET" && !/^\/(ucwa|WebTicket|Autodiscover)\//i.test(url.pathname);
}
