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
  /** Everything but links and embedded resources, values as sent. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** By link rel; one link or several, always as a list. Keys as sent. */
  readonly links: ReadonlyMap<string, readonly Link[]>;
  /** By link rel, always as a list. */
  readonly embedded: ReadonlyMap<string, readonly Resource[]>;
}

/** The shape of an error body and of an event's `reason`. Reference: ErrorsAndInformationalMessages. */
export interface UcwaReason {
  readonly code: string;
  readonly subcode: string | null;
  /** In the culture of the application; for people. */
  readonly message: string | null;
}
