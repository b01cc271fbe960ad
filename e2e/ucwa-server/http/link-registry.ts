/** What the server knows of an address that a client asks for. */
export type LinkStanding =
  /** Handed out exactly so. */
  | { readonly kind: "issued"; readonly withdrawal?: Withdrawal }
  /** Its path was handed out, with another query. */
  | { readonly kind: "edited" }
  /** Never handed out. */
  | { readonly kind: "unknown" };

/** A link that is no longer offered, and since when the client can be held to know it. */
export interface Withdrawal {
  /** When every event channel that was to hear of it had acknowledged the news; absent until then. */
  toldAt?: number;
}

interface Issued {
  readonly query: readonly (readonly [string, string])[];
  readonly withdrawal?: Withdrawal;
}

/**
 * Every href that was handed out, by owner (an application's id, or the discovery service), so that an address
 * which a client has built or edited is told from one it was given. Reference: Hypermedia, WebLinks
 */
export class LinkRegistry {
  readonly #byOwner = new Map<string, Map<string, Issued[]>>();

  /** Remembers that this absolute href has been in an answer. */
  issue(owner: string, href: string): void {
    const { path, query } = parts(href);
    const paths = this.#byOwner.get(owner) ?? new Map<string, Issued[]>();
    this.#byOwner.set(owner, paths);
    const known = paths.get(path) ?? [];
    if (!known.some((issued) => sameQuery(issued.query, query))) known.push({ query });
    // An event channel hands out a new ack with every answer; a client has use for the last few only, and an
    // older one is told from an invented one by the channel itself.
    if (known.length > 50) known.shift();
    paths.set(path, known);
  }

  /** Marks an href as no longer offered; the caller fills in `toldAt` when the client has acknowledged the news. */
  withdraw(owner: string, href: string, withdrawal: Withdrawal): void {
    const { path } = parts(href);
    const known = this.#byOwner.get(owner)?.get(path);
    if (known)
      this.#byOwner.get(owner)?.set(
        path,
        known.map((issued) => ({ ...issued, withdrawal })),
      );
  }

  /** An href that had been taken back is offered again. */
  restore(owner: string, href: string): void {
    const { path } = parts(href);
    const paths = this.#byOwner.get(owner);
    const known = paths?.get(path);
    if (known)
      paths?.set(
        path,
        known.map(({ query }) => ({ query })),
      );
  }

  /** Checks an address, leaving aside the query parameters that a client may add. */
  standing(owner: string, href: string, mayAdd: readonly string[] = []): LinkStanding {
    const { path, query } = parts(href);
    const known = this.#byOwner.get(owner)?.get(path);
    if (!known) return { kind: "unknown" };
    const given = query.filter(([name]) => !mayAdd.includes(name));
    const match = known.find((issued) =>
      sameQuery(
        issued.query.filter(([name]) => !mayAdd.includes(name)),
        given,
      ),
    );
    if (!match) return { kind: "edited" };
    return { kind: "issued", ...(match.withdrawal && { withdrawal: match.withdrawal }) };
  }

  /** Forgets everything that an application handed out. */
  drop(owner: string): void {
    this.#byOwner.delete(owner);
  }
}

/** Queries are compared by meaning: a client adds its parameters with a URL parser, which may respell the rest. */
function parts(href: string): { path: string; query: [string, string][] } {
  const url = new URL(href);
  return { path: url.origin + decodePath(url.pathname), query: [...url.searchParams] };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function sameQuery(
  a: readonly (readonly [string, string])[],
  b: readonly (readonly [string, string])[],
): boolean {
  return (
    a.length === b.length &&
    a.every(([name, value], index) => name === b[index]?.[0] && value === b[index][1])
  );
}
