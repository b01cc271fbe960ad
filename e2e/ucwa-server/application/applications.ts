import { ok, problem } from "../http/endpoint.ts";
import type { Answer, Endpoint, Exchange } from "../http/endpoint.ts";
import { Application, instanceSuffix } from "./served-application.ts";
import type { ApplicationEnd, ApplicationIdentity } from "./served-application.ts";
import { readApplication, sameIdentity } from "./application-request.ts";
import {
  applicationResource,
  onlineMeetingsResource,
  peopleResource,
  photoCookie,
  policiesResource,
} from "./application-resources.ts";
import { Communication } from "../conversation/communication.ts";
import type { Continued } from "../conversation/communication.ts";
import type { Context } from "../context.ts";
import type { Conversation } from "../conversation/served-conversation.ts";
import { ConversationLogs } from "../conversation/conversation-logs.ts";
import { conversationResource } from "../conversation/conversation-resources.ts";
import { eventParameterNames } from "./event-parameters.ts";
import { mountMe } from "./me.ts";
import { mountSearch } from "../people/directory-search.ts";
import { PresenceSubscriptions } from "../people/people-subscriptions.ts";
import type { User } from "../sign-in/users.ts";

/** Something with a conversation in an application, to be told when the application has forgotten it. */
export interface Held {
  readonly conversation: Conversation;
  lost(): void;
}

/** A running application with its communication resource and everything that holds a conversation in it. */
export interface Running {
  readonly application: Application;
  readonly communication: Communication;
  readonly held: Set<Held>;
}

/** Starts an outgoing conversation. Reference: startMessaging */
export type StartMessaging = (
  running: Running,
  exchange: Exchange,
  given?: Continued,
) => Answer | Promise<Answer>;

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
  readonly #logs = new Map<string, ConversationLogs>();
  readonly #startMessaging: StartMessaging;

  constructor(context: Context, startMessaging: StartMessaging) {
    this.#context = context;
    this.#startMessaging = startMessaging;
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

  /** Ends what a switch has just forbidden. Reference: ApplicationDashboard */
  enforceBans(): void {
    for (const { application } of this.list)
      if (
        this.#context.switches.bannedUserAgents.some((one) => application.identity.userAgent.startsWith(one))
      )
        application.end({ cause: "killed", status: 410, subcode: "UserAgentNotAllowed" });
  }

  /** What is kept of the conversations that a user had or missed, over all of their applications. */
  logsOf(userUri: string): ConversationLogs {
    const logs = this.#logs.get(userUri) ?? new ConversationLogs();
    this.#logs.set(userUri, logs);
    return logs;
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
    const { breaches, switches, timings } = this.#context;
    const read = readApplication(request, breaches);
    if ("refusal" in read) return read.refusal;
    const { identity, instanceId } = read.wanted;
    if (switches.bannedUserAgents.some((banned) => identity.userAgent.startsWith(banned)))
      return problem(410, "UserAgentNotAllowed", "This application is not allowed.");
    const mine = this.list.filter(({ application }) => application.user.uri === user.uri);
    const same = mine.find(({ application }) => sameIdentity(application.identity, identity));
    if (!same && mine.length >= timings.applicationsPerUser)
      return problem(410, "TooManyApplications", "The user has too many applications.");
    const running = same ?? this.#start(user, identity);
    const { application, communication } = running;
    const created = application.openChannel(instanceId);
    this.#context.changed();
    const location = application.base + instanceSuffix(instanceId, "?");
    return {
      kind: "resource",
      status: created ? 201 : 200,
      resource: applicationResource(application, communication.resource(), instanceId),
      headers: [...(created ? ([["Location", location]] as const) : []), ...photoCookie(application)],
    };
  }

  #start(user: User, identity: ApplicationIdentity): Running {
    const held = new Set<Held>();
    const forgetAll = (): void => {
      for (const one of held) one.lost();
      held.clear();
      subscriptions.forget();
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
    const subscriptions = new PresenceSubscriptions(application);
    const communication = new Communication(application, this.logsOf(user.uri), {
      conversations: () => {
        const open = [...held].map(({ conversation }) => conversation);
        return [...new Set(open)].filter(({ state }) => state !== "Disconnected").map(conversationResource);
      },
      startMessaging: (exchange, given) => this.#startMessaging(running, exchange, given),
    });
    const running: Running = { application, communication, held };
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
      GET: (exchange) =>
        ok(
          applicationResource(application, communication.resource(), instanceOf(exchange)),
          photoCookie(application),
        ),
      DELETE: (exchange) => {
        application.closeChannel(instanceOf(exchange));
        return { kind: "empty", status: 204 };
      },
    });
    application.mount("/events", {
      name: "events",
      // The channel itself checks the ack.
      mayAdd: [...eventParameterNames, "ack"],
      GET: (exchange) =>
        application.channels.get(instanceOf(exchange))?.get(exchange) ?? problem(404, "ApplicationNotFound"),
    });
    application.mount("/people", { name: "people", GET: () => ok(peopleResource(application)) });
    mountSearch(application);
    application.mount("/onlineMeetings", {
      name: "onlineMeetings",
      GET: () => ok(onlineMeetingsResource(application)),
    });
    application.mount("/policies", { name: "policies", GET: () => ok(policiesResource(application)) });
    mountMe(application, () => communication.announceChange());
  }
}
