import { problem } from "../http/endpoint.ts";
import type { Answer, Endpoint, ProblemStatus } from "../http/endpoint.ts";
import type { Context } from "../context.ts";
import { applicationsPath } from "../discovery/discovery-endpoints.ts";
import { EventChannel } from "./served-event-channel.ts";
import { priorityOf } from "./event-queue.ts";
import type { Delivery } from "./event-queue.ts";
import { Operations } from "./operations.ts";
import type { WrittenEvent } from "../resources/served-resource.ts";
import type { Withdrawal } from "../http/link-registry.ts";
import { digits, guid } from "../random.ts";
import type { User } from "../sign-in/users.ts";

/** What names an application: creating one with the same words joins the one that runs. Reference: MultiTabSupport */
export interface ApplicationIdentity {
  readonly culture: string;
  readonly userAgent: string;
  readonly endpointId: string;
  readonly type: string | null;
}

/** What the user has been made available for. Reference: makeMeAvailable */
export interface Availability {
  readonly supportedModalities: readonly string[];
  readonly supportedMessageFormats: readonly string[];
  readonly audioPreference: string | null;
  readonly phoneNumber: string | null;
}

/** An event as the parts of an application say it. `withdraws` names the hrefs that this event takes back. */
export interface Announcement extends WrittenEvent {
  readonly withdraws?: readonly string[];
  /** Waits a limited time to be fetched by any of the instances. */
  readonly delivery?: Delivery;
}

/** Why and how an application ended. */
export interface ApplicationEnd {
  readonly cause: "deleted" | "expired" | "killed";
  readonly status: ProblemStatus;
  readonly subcode: string;
}

/**
 * One application of one user: its addresses, its event channels by instance, and the clocks that end it.
 *
 *     running ──(no event request, or no activity, for too long)──▶ ended 410 InactiveApplicationExpired
 *        │ └────(control API)──────────────────────────────────────▶ ended as told
 *        └──────(DELETE)───────────────────────────────────────────▶ ended 404 ApplicationNotFound
 */
export class Application {
  readonly id: string;
  readonly base: string;
  readonly context: Context;
  readonly user: User;
  readonly identity: ApplicationIdentity;
  readonly createdAt: number;
  /** Every address of this application that answers, by path. */
  readonly endpoints = new Map<string, Endpoint>();
  /** What a client may have added to the query of an address that has gone, whose end it may not have read yet. */
  readonly mayHaveAdded = new Map<string, readonly string[]>();
  readonly channels = new Map<string, EventChannel>();
  /** What its client has started, by operationId. */
  readonly operations: Operations;
  /** The communication resource asks for a property of this name back in every PUT. */
  readonly communicationKey: string;
  availability: Availability | null = null;
  activityAt: number;
  readonly #onEnd: (end: ApplicationEnd) => void;
  readonly #onSilence: () => void;
  #end: ApplicationEnd | null = null;
  #stopSilence: () => void = () => {};
  #stopActivity: () => void = () => {};
  readonly #whenActive: (() => void)[] = [];

  constructor(
    context: Context,
    user: User,
    identity: ApplicationIdentity,
    hooks: { onEnd: (end: ApplicationEnd) => void; onSilence: () => void },
  ) {
    this.context = context;
    this.user = user;
    this.identity = identity;
    this.#onEnd = hooks.onEnd;
    this.#onSilence = hooks.onSilence;
    this.id = digits(context.random, 12);
    this.base = `${applicationsPath}/${this.id}`;
    this.operations = new Operations(context.breaches);
    this.communicationKey = guid(context.random);
    this.createdAt = context.clock.now();
    this.activityAt = this.createdAt;
  }

  /** `null` while it runs. */
  get ended(): ApplicationEnd | null {
    return this.#end;
  }

  get parked(): number {
    return [...this.channels.values()].filter((channel) => channel.parked).length;
  }

  /** Opens an instance's event channel; `false` when it is open already. */
  openChannel(instanceId: string): boolean {
    if (this.channels.has(instanceId)) return false;
    this.channels.set(
      instanceId,
      new EventChannel(this.context, {
        eventsHref: (ack) => `${this.base}/events?ack=${ack}${instanceSuffix(instanceId)}`,
        parkedChanged: () => this.#watchSilence(),
        dropConversations: this.#onSilence,
      }),
    );
    this.#watchSilence();
    return true;
  }

  /** Closes one instance's channel; the application ends with its last one. */
  closeChannel(instanceId: string): void {
    const channel = this.channels.get(instanceId);
    if (channel && this.channels.size > 1) {
      this.channels.delete(instanceId);
      channel.release(problem(404, "ApplicationNotFound"));
    } else this.end({ cause: "deleted", status: 404, subcode: "ApplicationNotFound" });
  }

  mount(path: string, endpoint: Endpoint): void {
    this.endpoints.set(this.base + path, endpoint);
  }

  unmount(path: string): void {
    const { mayAdd } = this.endpoints.get(this.base + path) ?? {};
    if (mayAdd) this.mayHaveAdded.set(this.base + path, mayAdd);
    this.endpoints.delete(this.base + path);
  }

  /** Sends events to every instance, in order. */
  announce(...announcements: Announcement[]): void {
    for (const announcement of announcements) {
      const said = this.#embeds(announcement) ? announcement : withoutResource(announcement);
      const { withdraws = [], ...event } = said;
      const withdrawal: Withdrawal = {};
      for (const href of withdraws)
        this.context.links.withdraw(this.id, this.context.origins.applications + href, withdrawal);
      let untold = this.channels.size;
      for (const channel of this.channels.values())
        channel.send({
          ...event,
          priority: priorityOf(event.link.rel),
          acknowledged: () => {
            event.delivery?.acknowledged();
            untold -= 1;
            // A link-only update does not say which links it took back.
            const saysSo = event.type !== "updated" || event.resource !== undefined;
            if (untold === 0 && saysSo) withdrawal.toldAt = this.context.clock.now();
          },
        });
    }
    this.context.changed();
  }

  /** An href that an earlier event has taken back is offered again. */
  restoreLink(href: string): void {
    this.context.links.restore(this.id, this.context.origins.applications + href);
  }

  /** The user did something here: the inactivity clock starts anew. */
  active(): void {
    const { breaches, clock, origins, switches, timings } = this.context;
    this.activityAt = clock.now();
    this.#stopActivity();
    for (const run of this.#whenActive) run();
    if (this.availability === null) return;
    const stopReminder = clock.after(timings.activityEveryMs + 30_000, () => {
      const url = `${origins.applications}${this.base}/reportMyActivity`;
      if (switches.requireActivity) breaches.record("activityMissing", { method: "POST", url });
    });
    const stopInactivity = clock.after(timings.inactivityMs, () => this.#expire());
    this.#stopActivity = () => {
      stopReminder();
      stopInactivity();
    };
  }

  /** Calls whenever the user did something here. */
  whenActive(run: () => void): void {
    this.#whenActive.push(run);
  }

  /** Ends the application; parked event requests learn it at once. */
  end(end: ApplicationEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#stopSilence();
    this.#stopActivity();
    this.release(problem(end.status, end.subcode));
    this.#onEnd(end);
  }

  /** Answers every parked event request with this. */
  release(answer: Answer): void {
    for (const channel of this.channels.values()) channel.release(answer);
  }

  /** Embedding is optional for every event. Reference: EventsInUCWA */
  #embeds({ link }: Announcement): boolean {
    const { random, switches } = this.context;
    if (switches.linkOnly === "messages") return link.rel !== "message";
    if (switches.linkOnly !== "mixed") return !switches.linkOnly;
    return (random.bytes(1)[0] ?? 0) % 2 === 0;
  }

  #watchSilence(): void {
    const { clock, timings } = this.context;
    this.#stopSilence();
    this.context.changed();
    if (this.#end || this.parked > 0) return;
    this.#stopSilence = clock.after(timings.eventSilenceMs, () => this.#expire());
  }

  /** 410 InactiveApplicationExpired exists only after makeMeAvailable; before, the application is just not found. */
  #expire(): void {
    if (this.availability === null)
      this.end({ cause: "expired", status: 404, subcode: "ApplicationNotFound" });
    else this.end({ cause: "expired", status: 410, subcode: "InactiveApplicationExpired" });
  }
}

function withoutResource({ resource: _resource, ...bare }: Announcement): Announcement {
  return bare;
}

/** The instance in the query of an application's own links; nothing for the only, unnamed instance. */
export function instanceSuffix(instanceId: string, separator = "&"): string {
  return instanceId === "" ? "" : `${separator}instanceId=${encodeURIComponent(instanceId)}`;
}
