import type { Resource, UcwaReason } from "../resources/resource.ts";

export type EventType = "added" | "updated" | "deleted" | "started" | "completed";

export interface EventLink {
  readonly rel: string;
  /** Absolute and normalised: together with the generation, the identity of the resource. */
  readonly href: string;
  readonly title: string | null;
}

/**
 * One event of the event channel, read and resolved; delivered strictly in document order.
 * Reference: EventsInUCWA, EventChannelDetails.
 */
export interface ChannelEvent {
  /** Which application of this run it belongs to; every href of an earlier generation is dead. */
  readonly generation: number;
  readonly sender: EventLink;
  /** What the event is about. The identity of a resource is this href, never the embedded `self`. */
  readonly link: EventLink;
  readonly in: EventLink | null;
  readonly type: EventType;
  /** Only on `completed`. */
  readonly status: "Success" | "Failure" | null;
  readonly reason: UcwaReason | null;
  /** The embedded resource; null when the event is link-only and the resource has to be fetched by `link.href`. */
  readonly resource: Resource | null;
}
