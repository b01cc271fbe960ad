/** A UCWA resource, whether it came as JSON or as XML. Reference: Hypermedia, PayloadFormat, WebLinks. */

/** One hypermedia link. `href` is absolute and normalised, or a `data:` URI as it was sent. */
export interface Link {
  readonly href: string;
  readonly title: string | null;
  /** Absent on the wire means 1. Reference: Versioning. */
  readonly revision: number;
  /** Whether it leads to the origin that the resource came from; the application's bearer goes nowhere else. */
  readonly sameOrigin: boolean;
}

export interface Resource {
  /** The resource's own `rel`; may differ from the link rel it is embedded under (`from` embeds a `participant`). */
  readonly rel: string;
  /** Values as sent. The links and embedded resources are among them, in the form of the wire. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly links: ByRel<Link>;
  /** By link rel. */
  readonly embedded: ByRel<Resource>;
}

/** What stands under each rel, as sent: one or several, always as a list, which is never empty. */
export interface ByRel<T> {
  get(rel: string): readonly T[] | undefined;
  /** The first of them, which mostly is the only one; null where there is none. */
  first(rel: string): T | null;
  /** The rels under which something stands that can be read. */
  keys(): Iterable<string>;
}

/** The shape of an error body and of an event's `reason`. Reference: ErrorsAndInformationalMessages. */
export interface UcwaReason {
  readonly code: string;
  readonly subcode: string | null;
  /** In the culture of the application; for people. */
  readonly message: string | null;
}
