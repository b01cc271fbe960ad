/** A web link. `href` may be relative to the origin that serves it, absolute, or a data URI. Reference: WebLinks */
export interface Link {
  readonly href: string;
  readonly title?: string;
  readonly revision?: string;
}

/** What a property may hold. A `Date` is written `/Date(ms)/` in JSON and ISO 8601 in XML. */
export type Property = string | number | boolean | Date | readonly string[];

/** A UCWA resource before it is written as JSON or XML. Reference: PayloadFormat */
export interface Resource {
  readonly rel: string;
  readonly properties: Readonly<Record<string, Property>>;
  readonly links: Readonly<Record<string, Link | readonly Link[]>>;
  readonly embedded?: Readonly<Record<string, Resource | readonly Resource[]>>;
}

/** What an error or the end of an operation says about its cause. Reference: ErrorsAndInformationalMessages */
export interface Reason {
  readonly code: string;
  readonly subcode?: string;
  readonly message?: string;
  readonly parameters?: readonly { readonly name: string; readonly reason: string }[];
}

/** A link with its rel, as events carry it. */
export interface RelLink {
  readonly rel: string;
  readonly href: string;
  readonly title?: string;
}

/** Reference: EventsInUCWA. Resources are added, updated, deleted; operations are started, updated, completed. */
export type EventType = "added" | "updated" | "deleted" | "started" | "completed";

/** One event as it is written. */
export interface WrittenEvent {
  readonly sender: RelLink;
  readonly link: RelLink;
  readonly in?: RelLink;
  readonly type: EventType;
  readonly status?: "Success" | "Failure";
  readonly reason?: Reason;
  /** Embedded under the rel of `link`. */
  readonly resource?: Resource;
}

/** The content of one event-channel response. Reference: EventChannelDetails */
export interface EventPackage {
  /** Absent in a resync answer. */
  readonly self?: string;
  readonly follow: { readonly rel: "next" | "resume" | "resync"; readonly href: string };
  readonly events: readonly WrittenEvent[];
}

/** The events in order, cut wherever the sender changes: a sender occurs again rather than order being lost. */
export function bySender(events: readonly WrittenEvent[]): { sender: RelLink; events: WrittenEvent[] }[] {
  const groups: { sender: RelLink; events: WrittenEvent[] }[] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && last.sender.href === event.sender.href) last.events.push(event);
    else groups.push({ sender: event.sender, events: [event] });
  }
  return groups;
}

/** Every href in a resource, embedded ones included; data URIs are content, not links. */
export function* hrefsOf(resource: Resource): Generator<string> {
  for (const links of Object.values(resource.links))
    for (const link of several(links)) if (!link.href.startsWith("data:")) yield link.href;
  for (const embedded of Object.values(resource.embedded ?? {}))
    for (const child of several(embedded)) yield* hrefsOf(child);
}

/** Every href in an event-channel response. */
export function* hrefsOfPackage(content: EventPackage): Generator<string> {
  yield content.follow.href;
  for (const event of content.events) {
    yield event.sender.href;
    yield event.link.href;
    if (event.in) yield event.in.href;
    if (event.resource) yield* hrefsOf(event.resource);
  }
}

/** One or many as many. */
export function several<T extends object>(value: T | readonly T[]): readonly T[] {
  return isMany(value) ? value : [value];
}

/** Whether there are many. `Array.isArray` alone does not tell the compiler so of a read-only array. */
export function isMany<T extends object>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
