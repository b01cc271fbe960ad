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
  readonly subcode?: string | undefined;
  readonly message?: string | undefined;
  readonly parameters?: readonly { readonly name: string; readonly reason: string }[];
}

/** A link with its rel, as events carry it. */
export interface RelLink {
  readonly rel: string;
  readonly href: string;
  readonly title?: string;
}

/** Reference: EventsInUCWA. Resources are added, updated, deleted; operations are started, updated, completed. */
export const eventTypes = ["added", "updated", "deleted", "started", "completed"] as const;

/** Reference: EventsInUCWA */
export type EventType = (typeof eventTypes)[number];

/** One event as it is written. */
export interface WrittenEvent {
  readonly sender: RelLink;
  readonly link: RelLink;
  readonly in?: RelLink;
  /** Any other word is what no page knows, for a test. */
  readonly type: EventType | (string & Record<never, never>);
  readonly status?: "Success" | "Failure";
  readonly reason?: Reason;
  /** Embedded under the rel of `link`. */
  readonly resource?: Resource;
  /** Written in JSON instead of everything but the sender: for what no deployment is known to say. XML leaves it out. */
  readonly raw?: unknown;
}

/** The content of one event-channel response. Reference: EventChannelDetails */
export interface EventPackage {
  /** Absent in a resync answer. */
  readonly self?: string;
  /** `null`: no link leads on. Undocumented; the application's representation shows where its events go on. */
  readonly follow: { readonly rel: "next" | "resume" | "resync"; readonly href: string } | null;
  readonly events: readonly WrittenEvent[];
}

/**
 * The events in order, cut wherever the sender changes: a sender occurs again rather than order being lost.
 * `single`: every event in a block of its own, so that the same sender occurs several times in a row.
 */
export function bySender(
  events: readonly WrittenEvent[],
  single = false,
): { sender: RelLink; events: WrittenEvent[] }[] {
  const groups: { sender: RelLink; events: WrittenEvent[] }[] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && !single && last.sender.href === event.sender.href) last.events.push(event);
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
  if (content.follow) yield content.follow.href;
  for (const event of content.events) {
    yield event.sender.href;
    yield event.link.href;
    yield* hrefsInJson(event.raw);
    if (event.in) yield event.in.href;
    if (event.resource) yield* hrefsOf(event.resource);
  }
}

/** Whatever a JSON value calls an href: a client may follow it, however odd the event is that holds it. */
function* hrefsInJson(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === "href" && typeof inner === "string" && !inner.startsWith("data:")) yield inner;
    else yield* hrefsInJson(inner);
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
