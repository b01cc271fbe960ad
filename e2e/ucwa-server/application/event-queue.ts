import type { WrittenEvent } from "../resources/served-resource.ts";

/** How long an event may wait for others. Reference: EventsInUCWA */
export type Priority = "high" | "medium" | "low";

/** An event on its way to one event channel. */
export interface ChannelEvent extends WrittenEvent {
  readonly priority: Priority;
  /** Called once the client has acknowledged the response that carried it. */
  readonly acknowledged?: () => void;
  readonly delivery?: Delivery;
}

/** Follows what becomes of an event that does not wait for ever. */
export interface Delivery {
  /** Whether it must not be sent any more. */
  isLate(now: number): boolean;
  /** A response carries it. */
  handedOut(): void;
  /** A client has acknowledged a response that carried it. */
  acknowledged(): void;
}

/** How long medium and low events are held, in milliseconds. */
export interface Holds {
  readonly mediumMs: number;
  readonly lowMs: number;
}

/** The classes of the reference's Priority column; what no page lists waits longest. */
const priorities: Readonly<Record<string, Priority>> = {
  messagingInvitation: "high",
  conversation: "high",
  messaging: "high",
  message: "high",
  participant: "high",
  localParticipant: "high",
  participantMessaging: "high",
  phoneAudio: "high",
  audioVideo: "high",
  applicationSharing: "high",
  typing: "high",
  missedItems: "high",
  me: "medium",
  presence: "medium",
  communication: "medium",
  policies: "medium",
  contactPresence: "medium",
  contactSupportedModalities: "medium",
  presenceSubscription: "medium",
};

/** The priority of an event about a resource of this rel. */
export function priorityOf(rel: string): Priority {
  return priorities[rel] ?? (rel.endsWith("Invitation") ? "high" : "low");
}

/**
 * The events that no response has carried yet, in order. Updates of one resource merge into the latest. Operations
 * (started, updated, completed), and what comes and goes at once, merge only where a deployment does so: by
 * default a client sees every step. Reference: EventsInUCWA
 */
export class EventQueue {
  #waiting: { event: ChannelEvent; since: number }[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  add(event: ChannelEvent, now: number, mergeOperations = false): void {
    const operation = event.link.rel.endsWith("Invitation") || event.link.rel === "message";
    if (mergeOperations && this.#merge(event)) return;
    if (event.type === "updated" && !operation && event.raw === undefined)
      this.#waiting = this.#waiting.filter(
        ({ event: earlier }) =>
          earlier.priority === "high" || earlier.type !== "updated" || earlier.link.href !== event.link.href,
      );
    this.#waiting.push({ event, since: now });
  }

  /** When everything that waits is to be sent, by the most urgent of it; `null` when nothing waits. */
  dueAt(holds: Holds): number | null {
    if (this.#waiting.length === 0) return null;
    return Math.min(
      ...this.#waiting.map(({ event, since }) => {
        switch (event.priority) {
          case "high":
            return since;
          case "medium":
            return since + holds.mediumMs;
          case "low":
            return since + holds.lowMs;
        }
      }),
    );
  }

  /** Takes everything: one urgent event carries all that waits, in order. What is too late is left out. */
  take(now: number): ChannelEvent[] {
    const events = this.#waiting.map(({ event }) => event);
    this.#waiting = [];
    return events.filter(({ delivery }) => {
      if (delivery?.isLate(now)) return false;
      delivery?.handedOut();
      return true;
    });
  }

  /** The later word on an address stands for the earlier ones; whether nothing at all is left to say. */
  #merge(event: ChannelEvent): boolean {
    const sameAddress = ({ event: earlier }: { event: ChannelEvent }): boolean =>
      earlier.link.href === event.link.href && earlier.in?.href === event.in?.href;
    if (event.type === "completed" || event.type === "deleted") {
      const neverSeen = this.#waiting.some((one) => sameAddress(one) && one.event.type === "added");
      this.#waiting = this.#waiting.filter((one) => !sameAddress(one));
      return event.type === "deleted" && neverSeen;
    }
    return false;
  }
}
