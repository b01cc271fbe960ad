/** One HTTP request as the server sees it, free of sockets. `url` is absolute: its origin is the one that was asked. */
export interface ServerRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Aborted when the client goes away before it has its answer. */
  readonly signal: AbortSignal;
}

/** Where a connection is to be cut instead of answered in full. */
export type Cut = "beforeHeaders" | "midBody";

/** One HTTP response. Headers are pairs, because `WWW-Authenticate` may occur twice. */
export interface ServerResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Uint8Array;
  readonly cut?: Cut;
}

/** What a handler answers before content negotiation: the core writes it as JSON or XML and registers its links. */
export type HeaderPairs = readonly (readonly [string, string])[];

/** A finished response with a body of its own type, for what is not a UCWA resource. */
export function respond(
  status: number,
  type: string | null,
  body: string | Uint8Array = "",
  headers: HeaderPairs = [],
): ServerResponse {
  return { status, headers: type === null ? headers : [["Content-Type", type], ...headers], body };
}

/** A finished JSON response. */
export function respondJson(status: number, value: unknown, headers: HeaderPairs = []): ServerResponse {
  return respond(status, "application/json; charset=utf-8", JSON.stringify(value), headers);
}

/** The media type of a header value without its parameters, in lower case; `""` when there is none. */
export function mediaType(header: string | null): string {
  return (header ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
