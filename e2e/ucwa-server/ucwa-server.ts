import { Admission, ownerOf } from "./http/admission.ts";
import { handlerOf, problem, resourceNotFound } from "./http/endpoint.ts";
import type { Answer, Exchange } from "./http/endpoint.ts";
import { Applications } from "./application/applications.ts";
import { BreachLog } from "./http/breaches.ts";
import { AdjustableClock, systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { plainSwitches, realTimings } from "./context.ts";
import type { Context, Origins, Switches, Timings } from "./context.ts";
import { Control } from "./control/control.ts";
import { ControlService } from "./control/control-http.ts";
import { isAllowedOrigin, originRefused } from "./discovery/cross-domain.ts";
import { delivered, Held } from "./http/delivery.ts";
import { faultAnswer, Faults, woken } from "./faults/faults.ts";
import type { Fault, Faultable } from "./faults/faults.ts";
import { FrontEnds } from "./faults/front-ends.ts";
import { Intermediary } from "./faults/intermediary.ts";
import { LinkRegistry } from "./http/link-registry.ts";
import type { ServerRequest, ServerResponse } from "./http/message.ts";
import { SignIn } from "./sign-in/oauth.ts";
import { servePage } from "./page/page.ts";
import { systemRandom } from "./random.ts";
import type { Random } from "./random.ts";
import { formBreaches } from "./http/request-rules.ts";
import { RequestList } from "./http/request-list.ts";
import type { SeenRequest } from "./http/request-list.ts";
import { Directory } from "./people/directory.ts";
import { Presences } from "./people/people-presence.ts";
import { Mixture, spellingOf } from "./resources/spelling.ts";
import { nowhere, Routes } from "./http/routes.ts";
import type { Route } from "./http/routes.ts";
import { Tokens } from "./sign-in/issued-tokens.ts";
import type { TokenStore } from "./sign-in/issued-tokens.ts";
import { demoMeetings, demoUsers } from "./sign-in/users.ts";
import type { Meeting, User } from "./sign-in/users.ts";
import { refuseVersion } from "./application/versions.ts";
import { Watchers } from "./watchers.ts";
import { write } from "./resources/resource-writer.ts";

/** What a server is made of. Everything has a default but the origins, which are what its links will say. */
export interface UcwaServerOptions {
  readonly origins: Origins;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly users?: readonly User[];
  /** What anonymous sign-in may join. */
  readonly meetings?: readonly Meeting[];
  /** Started in place of a server that clients knew: they may remember its sign-in services. Default false. */
  readonly restarted?: boolean;
  /** SHA-256 of the certificate that its sockets show, for the page. */
  readonly fingerprint?: string;
  /** Given to several servers, they are pools that tell each other's tokens from invented ones. */
  readonly tokenStore?: TokenStore;
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
  /** The server's own time. Another server may follow it. */
  readonly clock: AdjustableClock;
  readonly #context: Context;
  readonly #faults = new Faults();
  readonly #frontEnds = new FrontEnds();
  readonly #held: Held;
  readonly #admission: Admission;
  readonly #intermediary: Intermediary;
  readonly #routes: Routes;
  readonly #requests: RequestList;
  readonly #service: ControlService;

  constructor(options: UcwaServerOptions) {
    const watchers = new Watchers();
    const changed = (): void => watchers.changed();
    const clock = new AdjustableClock(options.clock ?? systemClock);
    this.origins = options.origins;
    this.clock = clock;
    this.#context = {
      clock,
      random: options.random ?? systemRandom,
      presences: new Presences(),
      directory: new Directory(),
      mixture: new Mixture(options.random ?? systemRandom),
      origins: options.origins,
      timings: { ...realTimings, ...options.timings },
      switches: { ...plainSwitches, ...options.switches },
      users: options.users ?? demoUsers,
      meetings: options.meetings ?? demoMeetings,
      links: new LinkRegistry(),
      breaches: new BreachLog(clock, changed),
      changed,
    };
    const { random, timings } = this.#context;
    const tokens = new Tokens(clock, random, timings, options.tokenStore);
    const signIn = new SignIn(this.#context, tokens);
    this.#held = new Held(clock);
    this.#admission = new Admission(this.#context, tokens);
    this.#intermediary = new Intermediary(clock, this.#context.switches);
    this.#requests = new RequestList(clock, changed);
    const applications: Applications = new Applications(this.#context, (running, exchange, given) =>
      this.control.calls.outgoing.start(running, exchange, given),
    );
    this.control = new Control(this.#context, {
      applications,
      tokens,
      passive: signIn.passive,
      faults: this.#faults,
      held: this.#held,
      fingerprint: options.fingerprint ?? null,
      requests: this.#requests,
      watchers,
    });
    this.#routes = new Routes(
      this.#context,
      signIn,
      applications,
      ({ request }) => this.#admission.userOf(request),
      options.restarted ?? false,
    );
    this.#service = new ControlService(this.control, this.#context, watchers);
  }

  /** Whether requests to this origin are meant for this server. */
  answersAt(origin: string): boolean {
    const { discovery, applications, entrances = [] } = this.origins;
    return origin === discovery || origin === applications || entrances.some((one) => one.origin === origin);
  }

  /** Answers one request. Resolves late for a parked event request; never rejects for what a client does. */
  async handle(request: ServerRequest): Promise<ServerResponse> {
    const url = new URL(request.url);
    // What comes through the cross-domain frame has this origin to the browser, and must not reach its own pages.
    if (url.origin === this.origins.discovery && !request.headers.has("x-ms-origin")) {
      const own = (await servePage(request, url)) ?? (await this.#service.serve(request, url));
      if (own) return own;
    }
    const { frontEnds } = this.#context.switches;
    return this.#intermediary.pass(request, (passed) =>
      this.#frontEnds.pass(passed, frontEnds, (behind) => this.#serve({ request: behind, url })),
    );
  }

  async #serve(exchange: Exchange): Promise<ServerResponse> {
    const { request, url } = exchange;
    if (this.#context.switches.doubledSlashes && url.pathname.includes("//")) {
      this.#context.breaches.record("handBuiltPath", request);
      const meant = new URL(url);
      meant.pathname = url.pathname.replaceAll(/\/{2,}/g, "/");
      return this.#serve({ request: { ...request, url: meant.href }, url: meant });
    }
    const route = this.#routes.find(url);
    if (route.endpoint === nowhere && isBrowsing(request, url)) return { status: 404, headers: [], body: "" };
    const seen = this.#requests.begin(request, route.endpoint.name);
    const { links, mixture, origins, switches } = this.#context;
    for (const rule of formBreaches(request, route.endpoint, switches.allowedOrigins))
      this.#context.breaches.record(rule, request);
    this.#admission.checkLink(request, route);
    this.#admission.checkUnasked(exchange, route);
    const { answer, fault } = await this.#answer(exchange, route, seen);
    const spelling = spellingOf(switches, mixture, url.origin, url.pathname + url.search);
    const response = write(answer, request.headers.get("accept"), spelling, (href) => {
      const target = new URL(href, url.origin);
      if (target.origin === origins.discovery || target.origin === origins.applications)
        links.issue(ownerOf(this.#routes.find(target), request), target.href);
    });
    this.#issueChallenge(response, request);
    const gone = typeof fault?.delivery.cut === "string" || request.signal.aborted;
    this.#requests.finish(seen, gone ? 0 : response.status);
    return fault ? delivered(response, fault.delivery, fault.id, this.#held, request.signal) : response;
  }

  /** The answer to a request, and the fault that it leaves with. */
  async #answer(
    exchange: Exchange,
    route: Route,
    seen: SeenRequest,
  ): Promise<{ answer: Answer; fault: Fault | null }> {
    const { request } = exchange;
    const about: Faultable = {
      endpoint: route.endpoint.name,
      user: this.#admission.askerOf(exchange, route)?.uri ?? null,
      application: route.owner,
    };
    const arrival = this.#faults.take(about, "arrival");
    if (arrival) {
      await this.#stall(arrival, request);
      if (arrival.delivery.cut === "beforeHeaders") return { answer: noAnswer, fault: arrival };
      return {
        answer: this.#faultAnswer(arrival, exchange) ?? (await this.#work(exchange, route, seen)),
        fault: arrival,
      };
    }
    const answer = await this.#work(exchange, route, seen);
    // Whoever has hung up already has nothing left to be put out of order.
    if (request.signal.aborted) return { answer, fault: null };
    // What was asked for while the request was parked is meant for this very answer.
    const waited = route.endpoint.name === "events" && (answer.kind === "events" || answer === woken);
    const late = waited ? this.#faults.take(about, "arrival") : null;
    const fault = late ?? this.#faults.take(about, "answer");
    if (!fault) return { answer, fault };
    await this.#stall(fault, request);
    return { answer: this.#faultAnswer(fault, exchange) ?? answer, fault };
  }

  async #stall({ id, delivery: { stall } }: Fault, { signal }: ServerRequest): Promise<void> {
    if (stall?.at === "beforeHeaders") await this.#held.wait(id, stall.forMs, signal);
  }

  #faultAnswer({ answer, retryAfterSeconds }: Fault, { url }: Exchange): Answer | null {
    return answer && faultAnswer(answer, retryAfterSeconds, this.#context, url.origin);
  }

  async #work(exchange: Exchange, route: Route, seen: SeenRequest): Promise<Answer> {
    const { request } = exchange;
    const page = request.headers.get("x-ms-origin");
    if (page !== null && !isAllowedOrigin(page, this.#context.switches.allowedOrigins)) return originRefused;
    if (route.needsToken) {
      const refusal = this.#admission.authenticate(exchange, route);
      if (refusal) return refusal;
      seen.user = this.#admission.userOf(request).uri;
    }
    const unsupported = refuseVersion(request, this.#context.switches.revision);
    if (unsupported) return unsupported;
    if (route.gone) return this.#admission.answerGone(request, route.gone);
    if (route.endpoint === nowhere)
      return route.needsToken && route.user === null ? problem(404, "ApplicationNotFound") : resourceNotFound;
    const handler = handlerOf(route.endpoint, request.method);
    if (handler) return handler(exchange);
    this.#context.breaches.record("methodNotAllowed", request);
    return problem(405, "MethodNotAllowed", "The resource does not have this method.");
  }

  /** A challenge hands out the address of a sign-in service, outside of any body. */
  #issueChallenge(response: ServerResponse, request: ServerRequest): void {
    for (const [name, value] of response.headers) {
      const href = name === "WWW-Authenticate" ? /MsRtcOAuth href="?([^",]+)/.exec(value)?.[1] : undefined;
      if (href !== undefined)
        this.#context.links.issue(ownerOf(this.#routes.find(new URL(href)), request), href);
    }
  }
}

const noAnswer: Answer = { kind: "empty", status: 499 };

/** A browser looks around by itself (favicons and the like); that is nobody's breach. */
function isBrowsing(request: ServerRequest, url: URL): boolean {
  return request.method === "GET" && !/^\/+(ucwa|WebTicket|Autodiscover)\//i.test(url.pathname);
}
