import type { Unsubscribe } from "../../../platform/ports.ts";
import {
  REPLY,
  type Capability,
  type NotificationEvent,
  type NotificationHandle,
  type NotificationRequest,
  type NotificationService,
} from "../notification-service.ts";

export const ABLE: Capability = {
  available: true,
  capabilities: { name: "Stage", actions: true, body: true, bodyMarkup: true },
};

/**
 * One notification that a test looks at and answers. Throws where a real handle would be misused, and where a real service
 * would never tell what it is to tell.
 */
export class ScriptedNotification implements NotificationHandle {
  request: NotificationRequest;
  readonly updates: NotificationRequest[] = [];
  closed = false;
  #over = false;
  #shown = false;
  /** Of every request so far: a press may be on its way while the buttons change. */
  readonly #keys = new Set<string>();
  readonly #listener: (event: NotificationEvent) => void;
  readonly #mayBeShown: () => boolean;

  constructor(
    request: NotificationRequest,
    listener: (event: NotificationEvent) => void,
    mayBeShown: () => boolean,
  ) {
    this.request = request;
    this.#listener = listener;
    this.#mayBeShown = mayBeShown;
    this.#learn(request);
  }

  get up(): boolean {
    return !this.closed && !this.#over;
  }

  get shown(): boolean {
    return this.up && this.#shown;
  }

  /** Nobody can press or close what was not on the screen: `shown` is told before, when a test has not done so. */
  tell(event: NotificationEvent): void {
    if (!this.up) throw new Error("Nothing is told about a notification that is over.");
    switch (event.type) {
      case "shown":
        if (!this.#mayBeShown()) throw new Error("Nobody is there to show it.");
        this.#shown = true;
        break;
      case "answered":
        if (!this.#keys.has(event.key)) throw new Error("There never was such a button.");
        if (!this.#shown) this.tell({ type: "shown" });
        break;
      case "opened":
        if (!this.#shown) this.tell({ type: "shown" });
        break;
      case "closed":
        if (!this.#shown) this.tell({ type: "shown" });
        this.#over = true;
        break;
      case "failed":
        if (event.mayStillAppear && this.#shown) throw new Error("It has appeared.");
        if (!event.mayStillAppear) this.#over = true;
        break;
    }
    this.#listener(event);
  }

  /** The person presses a button, or what is left of one. */
  press(key: string): void {
    if (this.up && this.#keys.has(key)) this.tell({ type: "answered", key });
  }

  /** The person writes an answer into it. */
  reply(text: string): void {
    this.tell({ type: "answered", key: REPLY, text });
  }

  async close(): Promise<void> {
    if (this.closed) throw new Error("Closed twice.");
    this.closed = true;
  }

  update(request: NotificationRequest): void {
    if (!this.up) throw new Error("Updated after its end.");
    if (JSON.stringify(request) === JSON.stringify(this.request))
      throw new Error("Updated without a change.");
    this.request = request;
    this.updates.push(request);
    this.#learn(request);
  }

  #learn({ actions, reply }: NotificationRequest): void {
    if (reply !== undefined) this.#keys.add(REPLY);
    for (const { key } of actions) this.#keys.add(key);
  }
}

/**
 * A notification service under a test's hand, which shows nothing before it is told to. `notification-behaviours.ts` holds
 * it to the real client.
 */
export class ScriptedNotifications implements NotificationService {
  readonly shown: ScriptedNotification[] = [];
  capability: Capability = ABLE;
  asked = 0;
  /** How many still listened to its coming and going when it was disposed of; null before. */
  abandoned: number | null = null;
  #disposed = false;
  readonly #listeners = new Set<(capability: Capability) => void>();

  get up(): readonly ScriptedNotification[] {
    return this.shown.filter(({ up }) => up);
  }

  get last(): ScriptedNotification {
    const last = this.shown.at(-1);
    if (last === undefined) throw new Error("Nothing was shown.");
    return last;
  }

  async capabilities(): Promise<Capability> {
    this.asked += 1;
    return this.capability;
  }

  show(request: NotificationRequest, listener: (event: NotificationEvent) => void): NotificationHandle {
    const notification = new ScriptedNotification(request, listener, () => {
      return !this.#disposed && !isNobodyThere(this.capability);
    });
    this.shown.push(notification);
    if (this.#disposed) {
      queueMicrotask(() => {
        if (notification.up) notification.tell({ type: "failed", detail: "Doorbell is closing." });
      });
    }
    return notification;
  }

  /** The service is another one, or comes, or goes. What the one before has drawn goes with it, and is told first. */
  announce(capability: Capability): void {
    const before = this.capability;
    this.capability = capability;
    for (const notification of this.up) {
      if (notification.shown && before.available) notification.tell({ type: "closed", by: "service" });
      else if (!capability.available && isNobodyThere(capability))
        notification.tell({ type: "failed", detail: capability.detail });
    }
    if (!capability.available && JSON.stringify(capability) === JSON.stringify(before)) return;
    for (const listener of this.#listeners) listener(capability);
  }

  onAvailability(listener: (capability: Capability) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.abandoned ??= this.#listeners.size;
    this.#listeners.clear();
    for (const notification of this.up) await notification.close();
  }
}

/** A slow service may still come. */
function isNobodyThere(capability: Capability): boolean {
  return !capability.available && capability.reason !== "slow";
}
