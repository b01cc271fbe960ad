import type { WrittenEvent } from "./resource.ts";

/** How long an event may wait for others. Reference: EventsInUCWA */
export type Priority = "high" | "medium" | "low";

/** An event on its way to one event channel. */
export interface ChannelEvent extends WrittenEvent {
  readonly priority: Priority;
  /** Called once the client has acknowledged the response that carried it. */
  readonly acknowledged?: () => void;
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
  missedItems: "high",
  me: "medium",
  presence: "medium",
  communication: "medium",
  policies: "medium",
};

/** The priority of an event about a resource of this rel. */
export function priorityOf(rel: string): Priority {
  return priorities[rel] ?? (rel.endsWith("Invitation") ? "high" : "low");
}

/**
 * The events that no response has carried yet, in order. Updates of one resource merge into the latest;
 * operations (started, updated, completed) never do here, so that a client sees every step.
 */
export class EventQueue {
  #waiting: { event: ChannelEvent; since: number }[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  add(event: ChannelEvent, now: number): void {
    const operation = event.link.rel.endsWith("Invitation") || event.link.rel === "message";
    if (event.type === "updated" && !operation)
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

  /** Takes everything: one urgent event carries all that waits, in order. */
  take(): ChannelEvent[] {
    const events = this.#waiting.map(({ event }) => event);
    this.#waiting = [];
    return events;
  }
}
