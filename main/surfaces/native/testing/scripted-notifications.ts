import type { Unsubscribe } from "../../../platform/ports.ts";
import type {
  Capability,
  NotificationEvent,
  NotificationHandle,
  NotificationRequest,
  NotificationService,
} from "../notification-service.ts";

export const ABLE: Capability = {
  available: true,
  capabilities: { name: "Stage", actions: true, body: true, bodyMarkup: true },
};

/** One notification that a test looks at and answers. Throws where a real handle would be misused. */
export class ScriptedNotification implements NotificationHandle {
  request: NotificationRequest;
  readonly updates: NotificationRequest[] = [];
  closed = false;
  #over = false;
  readonly #listener: (event: NotificationEvent) => void;

  constructor(request: NotificationRequest, listener: (event: NotificationEvent) => void) {
    this.request = request;
    this.#listener = listener;
  }

  get up(): boolean {
    return !this.closed && !this.#over;
  }

  tell(event: NotificationEvent): void {
    if (!this.up) throw new Error("Nothing is told about a notification that is over.");
    if (event.type === "closed" || (event.type === "failed" && !event.mayStillAppear)) this.#over = true;
    this.#listener(event);
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
  }
}

/** A notification service under a test's hand. */
export class ScriptedNotifications implements NotificationService {
  readonly shown: ScriptedNotification[] = [];
  capability: Capability = ABLE;
  asked = 0;
  #listener: ((capability: Capability) => void) | null = null;

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
    const notification = new ScriptedNotification(request, listener);
    this.shown.push(notification);
    return notification;
  }

  announce(capability: Capability): void {
    this.capability = capability;
    this.#listener?.(capability);
  }

  onAvailability(listener: (capability: Capability) => void): Unsubscribe {
    this.#listener = listener;
    return () => {
      this.#listener = null;
    };
  }

  async dispose(): Promise<void> {}
}
