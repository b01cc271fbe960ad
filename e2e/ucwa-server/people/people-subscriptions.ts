import { invalidParameter, noContent, ok, problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import { readInput } from "../resources/input.ts";
import { contactHrefs, mountContact, presenceResource, strangerAt } from "./people.ts";
import { digits } from "../random.ts";
import type { RelLink, Resource } from "../resources/served-resource.ts";
import { isAddress, sipUri } from "../sign-in/users.ts";

interface Subscription {
  readonly uris: readonly string[];
  readonly path: string;
  stop: () => void;
}

/** How long before its end a client is reminded of a subscription. INFERRED: no page has a number. */
const reminderMs = 2 * 60_000;

/**
 * One application's subscriptions to the presence of others. Reference: presenceSubscriptions, presenceSubscription
 *
 *     running ──(nearly over)──▶ said to be updated ──(not extended)──▶ lapsed
 *        ▲                                │
 *        └──────────extended──────────────┘
 */
export class PresenceSubscriptions {
  readonly #application: Application;
  readonly #running = new Map<string, Subscription>();
  #stopWatching: () => void = () => {};

  constructor(application: Application) {
    this.#application = application;
    application.mount("/people/presenceSubscriptions", {
      name: "presenceSubscriptions",
      takesBody: true,
      GET: () =>
        ok({
          rel: "presenceSubscriptions",
          properties: {},
          links: { self: { href: this.href } },
          embedded: { presenceSubscription: [...this.#running].map(([id, one]) => this.#resource(id, one)) },
        }),
      POST: (exchange) => this.#subscribe(exchange),
    });
  }

  get href(): string {
    return `${this.#application.base}/people/presenceSubscriptions`;
  }

  /** Lets all of them go without a word: the application has ended, or its client was silent for too long. */
  forget(): void {
    for (const { path, stop } of this.#running.values()) {
      stop();
      this.#application.unmount(path);
    }
    this.#running.clear();
    this.#stopWatching();
    this.#stopWatching = () => {};
  }

  get #people(): RelLink {
    return { rel: "people", href: `${this.#application.base}/people` };
  }

  #subscribe({ request }: Exchange): Answer {
    const application = this.#application;
    const { breaches, presences, random } = application.context;
    const read = readInput(request, breaches);
    if (!read.ok) return read.answer;
    const given = read.input.get("uris");
    const refuse = (name: string, why: string): Answer => {
      breaches.record("invalidInput", request);
      return invalidParameter(name, why);
    };
    const durationMs = minutes(read.input.get("duration"));
    if (durationMs === null) return refuse("duration", "10 to 30 minutes");
    if (!Array.isArray(given) || given.length === 0 || !given.every(isUri))
      return refuse("uris", "a list of SIP addresses");
    const uris = given.map(sipUri);
    const id = digits(random, 6);
    const path = `/people/presenceSubscriptions/${id}`;
    const subscription: Subscription = { uris, path, stop: () => {} };
    if (this.#running.size === 0)
      this.#stopWatching = presences.watch((uri) => {
        if ([...this.#running.values()].some((one) => one.uris.includes(uri))) this.#tell(uri);
      });
    this.#running.set(id, subscription);
    for (const uri of uris) mountContact(application, strangerAt(uri));
    application.mount(path, {
      name: "presenceSubscription",
      mayAdd: ["duration"],
      takesBody: true,
      GET: () => ok(this.#resource(id, subscription)),
      POST: (exchange) => this.#extend(id, exchange),
      DELETE: () => {
        this.#end(id);
        return noContent;
      },
    });
    this.#arm(id, subscription, durationMs);
    for (const uri of uris) this.#tell(uri);
    return {
      kind: "resource",
      status: 201,
      resource: this.#resource(id, subscription),
      headers: [["Location", application.base + path]],
    };
  }

  /** The page has the duration in the query and in the body. */
  #extend(id: string, { request, url }: Exchange): Answer {
    const subscription = this.#running.get(id);
    if (!subscription) return lapsed;
    const read = readInput(request, this.#application.context.breaches);
    if (!read.ok) return read.answer;
    const durationMs = minutes(url.searchParams.get("duration") ?? read.input.get("duration"));
    if (durationMs === null) return invalidParameter("duration", "10 to 30 minutes");
    this.#arm(id, subscription, durationMs);
    return ok(this.#resource(id, subscription));
  }

  #arm(id: string, subscription: Subscription, durationMs: number): void {
    const { clock } = this.#application.context;
    subscription.stop();
    const stopReminder = clock.after(durationMs - reminderMs, () =>
      this.#application.announce({
        sender: this.#people,
        link: { rel: "presenceSubscription", href: this.#application.base + subscription.path },
        type: "updated",
        resource: this.#resource(id, subscription),
      }),
    );
    const stopEnd = clock.after(durationMs, () => this.#end(id));
    subscription.stop = () => {
      stopReminder();
      stopEnd();
    };
  }

  #end(id: string): void {
    const subscription = this.#running.get(id);
    if (!subscription) return;
    subscription.stop();
    this.#running.delete(id);
    if (this.#running.size === 0) this.#stopWatching();
    // Whoever extends it now learns that it has lapsed, in the words that are recorded for that.
    this.#application.mount(subscription.path, {
      name: "presenceSubscription",
      mayAdd: ["duration"],
      takesBody: true,
      GET: () => lapsed,
      POST: () => lapsed,
      DELETE: () => lapsed,
    });
  }

  #tell(uri: string): void {
    const application = this.#application;
    const { contact, contactPresence } = contactHrefs(application, uri);
    application.announce({
      sender: this.#people,
      link: { rel: "contactPresence", href: contactPresence },
      in: { rel: "contact", href: contact },
      type: "updated",
      resource: presenceResource(application, uri),
    });
  }

  #resource(id: string, { uris, path }: Subscription): Resource {
    return {
      rel: "presenceSubscription",
      properties: { id, uris },
      links: { self: { href: this.#application.base + path } },
    };
  }
}

/** The recorded answer names the application, although only the subscription is gone. */
const lapsed = problem(404, "ApplicationNotFound");

function isUri(value: unknown): value is string {
  return typeof value === "string" && isAddress(value);
}

/** JSON has it as a number, XML and queries as text. */
function minutes(value: unknown): number | null {
  const count = typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : value;
  return typeof count === "number" && count >= 10 && count <= 30 ? count * 60_000 : null;
}
