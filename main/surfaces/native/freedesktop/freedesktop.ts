import { texts } from "../../../../locales/texts.ts";
import type { Clock, Logger, Unsubscribe } from "../../../platform/ports.ts";
import { LiveNotification, type NotificationLine, type Place } from "./freedesktop-notification.ts";
import { closeCalls, notifyCall, readServiceSignal, type NotifyIdentity } from "./freedesktop-message.ts";
import { FreedesktopPresence, type ReadyService } from "./freedesktop-presence.ts";
import type {
  Capability,
  NotificationEvent,
  NotificationHandle,
  NotificationRequest,
  NotificationService,
} from "../notification-service.ts";
import type { BusSignal } from "../../../platform/bus/session-bus.ts";
import { ShownRecord, type ShownStore } from "../shown-record.ts";

export interface FreedesktopOptions {
  /** From `sessionBusAddress`; null where there is no session bus. */
  readonly address: string | null;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly identity?: Partial<NotifyIdentity>;
  /** Without it, what a killed process leaves on the screen stays until the service takes it away. */
  readonly shown?: ShownStore;
}

/** No call waits longer than this, so a person knows within a second. */
const LIMIT_MS = 1_000;
const IDENTITY: NotifyIdentity = { appName: "Doorbell", icon: "", desktopEntry: "doorbell" };

/**
 * Native notifications on Linux: an asynchronous client of `org.freedesktop.Notifications` on the session bus.
 * Owns the connection and a strong reference to each live notification until its end. Nothing here throws or hangs
 * for anything that a bus or a service does: it is told as a capability, or as an event of the notification.
 */
export class FreedesktopNotifications implements NotificationService {
  readonly #options: FreedesktopOptions;
  readonly #identity: NotifyIdentity;
  readonly #presence: FreedesktopPresence;
  readonly #line: NotificationLine;
  readonly #record: ShownRecord | null;
  readonly #live = new Set<LiveNotification>();
  readonly #listeners = new Set<(capability: Capability) => void>();
  readonly #asking = new Set<(capability: Capability) => void>();
  #announced: string | null = null;
  #disposed = false;

  constructor(options: FreedesktopOptions) {
    this.#options = options;
    this.#identity = { ...IDENTITY, ...options.identity };
    this.#presence = new FreedesktopPresence(
      { ...options, limitMs: LIMIT_MS },
      {
        settled: (capability, replaced) => this.#settled(capability, replaced),
        ownerGone: (owner) => {
          for (const notification of this.#snapshot()) notification.ownerGone(owner);
        },
        signal: (signal) => this.#signal(signal),
      },
    );
    this.#record =
      options.shown === undefined
        ? null
        : new ShownRecord(options.shown, (ready, id) => this.#close(ready, id));
    this.#line = {
      clock: options.clock,
      limitMs: LIMIT_MS,
      notify: (request, replaces, settle) => {
        const ready = this.#presence.ready;
        if (ready === null) return null;
        const { bus, owner, capabilities } = ready;
        bus.call(notifyCall(owner, this.#identity, capabilities, request, replaces), settle);
        return owner;
      },
      withdraw: (place) => this.#withdraw(place),
      placed: () => this.#recordPlaces(),
      ended: (notification) => {
        this.#live.delete(notification);
        this.#recordPlaces();
      },
    };
  }

  capabilities(): Promise<Capability> {
    const ready = this.#presence.ready;
    if (ready !== null) return Promise.resolve({ available: true, capabilities: ready.capabilities });
    return new Promise((resolve) => {
      const settle = (capability: Capability) => {
        cancel();
        this.#asking.delete(settle);
        resolve(capability);
      };
      const cancel = this.#options.clock.after(LIMIT_MS, () =>
        settle({ available: false, reason: "slow", detail: texts.notifications.problems.slow }),
      );
      this.#asking.add(settle);
      this.#presence.want();
    });
  }

  show(request: NotificationRequest, listener: (event: NotificationEvent) => void): NotificationHandle {
    const notification = new LiveNotification(this.#line, request, listener);
    this.#live.add(notification);
    // In a microtask, so that no event comes before the caller holds the handle.
    queueMicrotask(() => {
      notification.send();
      if (!notification.waiting) return;
      if (this.#disposed) notification.noService(texts.notifications.problems.closing);
      else this.#presence.want();
    });
    return notification;
  }

  onAvailability(listener: (capability: Capability) => void): Unsubscribe {
    this.#listeners.add(listener);
    this.#presence.watch();
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#listeners.clear();
    await Promise.all(this.#snapshot().map((notification) => notification.close()));
    await this.#record?.settled(this.#options.clock, LIMIT_MS);
    this.#presence.close();
    for (const settle of this.#asking)
      settle({ available: false, reason: "noService", detail: texts.notifications.problems.closing });
  }

  #settled(capability: Capability, replaced: boolean): void {
    for (const settle of this.#asking) settle(capability);
    for (const notification of this.#snapshot()) {
      if (capability.available) notification.send();
      // A slow service may still come, and then gets what waits for it.
      else if (capability.reason !== "slow") notification.noService(capability.detail);
    }
    // After what waits to be shown: nothing keeps that waiting.
    const { ready } = this.#presence;
    if (ready !== null) this.#record?.found(ready);
    const announcement = JSON.stringify(capability);
    if (!replaced && announcement === this.#announced) return;
    this.#announced = announcement;
    for (const listener of this.#listeners) listener(capability);
  }

  #signal(signal: BusSignal): void {
    const read = readServiceSignal(signal);
    if (read === null) return;
    for (const notification of this.#snapshot()) {
      const { place } = notification;
      if (place?.owner !== signal.sender || place.id !== read.id) continue;
      if (read.type === "action") notification.actionInvoked(read.key);
      else if (read.type === "replied") notification.replied(read.text);
      else notification.closedByService(read.reason);
    }
  }

  #recordPlaces(): void {
    const { ready } = this.#presence;
    const places = this.#snapshot().flatMap(({ place }) => (place === null ? [] : [place]));
    const ids = places.filter(({ owner }) => owner === ready?.owner).map(({ id }) => id);
    this.#record?.changed(ready, ids);
  }

  /** Listeners may show again while being told; what they add is not part of the same round. */
  #snapshot(): readonly LiveNotification[] {
    return [...this.#live];
  }

  async #withdraw(place: Place): Promise<void> {
    const ready = this.#presence.ready;
    // An id means nothing to another owner.
    if (ready === null || ready.owner !== place.owner) return;
    await this.#close(ready, place.id);
  }

  async #close({ bus, owner, capabilities }: ReadyService, id: number): Promise<void> {
    const calls = closeCalls(owner, this.#identity, capabilities, id);
    await Promise.all(calls.map((call) => bus.ask(call)));
  }
}
