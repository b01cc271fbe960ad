import { invalidParameter, ok, problem } from "./answer.ts";
import type { Answer, Endpoint, Exchange } from "./answer.ts";
import { Application, instanceSuffix } from "./application.ts";
import type { ApplicationEnd, ApplicationIdentity } from "./application.ts";
import { Communication } from "./communication.ts";
import type { MissedItems } from "./communication.ts";
import type { Context } from "./context.ts";
import { conversationResource } from "./conversation-resources.ts";
import { applicationsPath } from "./discovery.ts";
import { eventParameterNames } from "./event-parameters.ts";
import { readInput, textOf } from "./input.ts";
import type { Invitation } from "./invitation.ts";
import { meResource, mountMe } from "./me.ts";
import { hex } from "./random.ts";
import type { Resource } from "./resource.ts";
import type { User } from "./users.ts";

/** A running application with its communication resource and the invitations it has. */
export interface Running {
  readonly application: Application;
  readonly communication: Communication;
  readonly invitations: Set<Invitation>;
}

/** An application that is no more, and since when its client knows. */
export interface Gone {
  readonly user: User;
  readonly end: ApplicationEnd;
  toldAt: number | null;
}

/** All applications of all users, running and gone. Reference: applications, application */
export class Applications {
  readonly #context: Context;
  readonly #running = new Map<string, Running>();
  readonly #gone = new Map<string, Gone>();
  readonly #missed = new Map<string, MissedItems>();
  readonly #invitationLost: (invitation: Invitation) => void;

  constructor(context: Context, invitationLost: (invitation: Invitation) => void) {
    this.#context = context;
    this.#invitationLost = invitationLost;
  }

  /** The running ones, oldest first. */
  get list(): readonly Running[] {
    return [...this.#running.values()];
  }

  find(id: string): Running | undefined {
    return this.#running.get(id);
  }

  findGone(id: string): Gone | undefined {
    return this.#gone.get(id);
  }

  /** What a user has missed, over all applications. */
  missedBy(userUri: string): MissedItems {
    const missed = this.#missed.get(userUri) ?? { missedConversations: 0 };
    this.#missed.set(userUri, missed);
    return missed;
  }

  /** Where applications are created. */
  endpoint(userOf: (exchange: Exchange) => User): Endpoint {
    return {
      name: "applications",
      takesBody: true,
      POST: (exchange) => this.#create(exchange, userOf(exchange)),
    };
  }

  #create({ request }: Exchange, user: User): Answer {
    const { breaches, timings } = this.#context;
    const read = readInput(request, breaches);
    if (!read.ok) return read.answer;
    const refuse = (name: string): Answer => {
      breaches.record("invalidInput", request);
      return invalidParameter(name, "a text of 1 to 100 characters");
    };
    const culture = textOf(read.input, "culture", 100);
    const userAgent = textOf(read.input, "userAgent", 100);
    const endpointId = textOf(read.input, "endpointId", 100);
    const instanceId = textOf(read.input, "instanceId", 100);
    const type = textOf(read.input, "type", 100);
    if (!culture) return refuse("culture");
    if (!userAgent) return refuse("userAgent");
    if (!endpointId) return refuse("endpointId");
    if (instanceId === null) return refuse("instanceId");
    if (type === null) return refuse("type");
    if (instanceId !== undefined && Number(request.headers.get("x-ms-requiresminresourceversion") ?? "1") < 2)
      breaches.record("instanceIdWithoutVersion", request);

    const identity = { culture, userAgent, endpointId, type: type ?? null };
    const mine = this.list.filter(({ application }) => application.user.uri === user.uri);
    const same = mine.find(({ application }) => sameIdentity(application.identity, identity));
    if (!same && mine.length >= timings.applicationsPerUser)
      return problem(410, "TooManyApplications", "The user has too many applications.");
    const running = same ?? this.#start(user, identity);
    const created = running.application.openChannel(instanceId ?? "");
    const { id } = running.application;
    this.#context.changed();
    return {
      kind: "resource",
      status: created ? 201 : 200,
      resource: this.#resource(running, instanceId ?? ""),
      headers: [
        ...(created
          ? ([["Location", `${applicationsPath}/${id}${instanceSuffix(instanceId ?? "", "?")}`]] as const)
          : []),
        [
          "Set-Cookie",
          `cwt_ucwa=${hex(this.#context.random, 24)}; path=${applicationsPath}/${id}/photos; secure; HttpOnly`,
        ],
      ],
    };
  }

  #start(user: User, identity: ApplicationIdentity): Running {
    const invitations = new Set<Invitation>();
    const forgetAll = (): void => {
      for (const invitation of invitations) this.#invitationLost(invitation);
      invitations.clear();
    };
    const application = new Application(this.#context, user, identity, {
      onSilence: forgetAll,
      onEnd: (end) => {
        this.#running.delete(application.id);
        this.#bury(application, end);
        forgetAll();
        this.#context.changed();
      },
    });
    const communication = new Communication(application, this.missedBy(user.uri), () =>
      [...invitations]
        .filter(({ conversation }) => conversation.state !== "Disconnected")
        .map(({ conversation }) => conversationResource(conversation)),
    );
    const running = { application, communication, invitations };
    this.#mount(running);
    this.#running.set(application.id, running);
    return running;
  }

  #bury(application: Application, end: ApplicationEnd): void {
    // Whoever hung on an event request, or asked for the deletion, hears of it now.
    const heard = application.parked > 0 || end.cause === "deleted";
    this.#gone.set(application.id, {
      user: application.user,
      end,
      toldAt: heard ? this.#context.clock.now() : null,
    });
    for (const id of this.#gone.keys()) {
      if (this.#gone.size <= 200) break;
      this.#gone.delete(id);
      this.#context.links.drop(id);
    }
  }

  #mount(running: Running): void {
    const { application, communication } = running;
    const instanceOf = ({ url }: Exchange): string => url.searchParams.get("instanceId") ?? "";
    application.mount("", {
      name: "application",
      GET: (exchange) => ok(this.#resource(running, instanceOf(exchange))),
      DELETE: (exchange) => {
        application.closeChannel(instanceOf(exchange));
        return { kind: "empty", status: 204 };
      },
    });
    application.mount("/events", {
      name: "events",
      // The channel itself judges the ack.
      mayAdd: [...eventParameterNames, "ack"],
      GET: (exchange) =>
        application.channels.get(instanceOf(exchange))?.get(exchange) ?? problem(404, "ApplicationNotFound"),
    });
    application.mount("/people", {
      name: "people",
      GET: () => ok(plain("people", `${application.base}/people`)),
    });
    application.mount("/onlineMeetings", {
      name: "onlineMeetings",
      GET: () => ok(plain("onlineMeetings", `${application.base}/onlineMeetings`)),
    });
    application.mount("/policies", {
      name: "policies",
      GET: () =>
        ok({
          ...plain("policies", `${application.base}/policies`),
          properties: { htmlMessaging: "Enabled", photos: "Disabled", saveMessagingHistory: "Disabled" },
        }),
    });
    mountMe(application, () => communication.announceChange());
  }

  /** Reference: application */
  #resource({ application, communication }: Running, instanceId: string): Resource {
    const { base, identity, id } = application;
    const channel = application.channels.get(instanceId);
    return {
      rel: "application",
      properties: {
        culture: identity.culture,
        userAgent: identity.userAgent,
        ...(identity.type !== null && { type: identity.type }),
        endpointId: identity.endpointId,
        id,
        ...(instanceId !== "" && { instanceId }),
        etag: id.slice(0, 10),
      },
      links: {
        self: { href: base + instanceSuffix(instanceId, "?") },
        policies: { href: `${base}/policies` },
        ...(channel && { events: { href: channel.eventsHref } }),
      },
      embedded: {
        me: meResource(application),
        people: plain("people", `${base}/people`),
        onlineMeetings: plain("onlineMeetings", `${base}/onlineMeetings`),
        communication: communication.resource(),
      },
    };
  }
}

function plain(rel: string, href: string): Resource {
  return { rel, properties: {}, links: { self: { href } } };
}

function sameIdentity(a: ApplicationIdentity, b: ApplicationIdentity): boolean {
  return (
    a.culture === b.culture &&
    a.userAgent === b.userAgent &&
    a.endpointId === b.endpointId &&
    a.type === b.type
  );
}
