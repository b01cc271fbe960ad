/** One HTTP request as the server sees it, free of sockets. `url` is absolute: its origin is the one that was asked. */
export interface ServerRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Aborted when the client goes away before it has its whole answer. */
  readonly signal: AbortSignal;
  /** Stands for the connection that the request came on, for NTLM, which signs in connections. */
  readonly connection?: object;
}

/** Where a connection is to be cut instead of answered in full. */
export type Cut = "beforeHeaders" | "midBody";

/** One HTTP response. Headers are pairs, because `WWW-Authenticate` may occur twice. */
export interface ServerResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  /** The whole body, which `Content-Length` tells. */
  readonly body: string | Uint8Array;
  readonly cut?: Cut;
  /** A connection that is cut dies by a reset instead of an orderly end. */
  readonly reset?: boolean;
  /**
   * The body as it leaves, where it does not leave in one piece: each part comes when it is due by the server's
   * clock. When there are fewer bytes than the body has, the connection is cut after the last one.
   */
  readonly parts?: AsyncIterable<Uint8Array>;
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
