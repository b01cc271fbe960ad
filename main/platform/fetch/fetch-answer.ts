/** No answer that HTTP knows: a status of fewer or more than three digits, or one that is not final. */
export class NotHttpError extends Error {
  override readonly name = "NotHttpError";
  readonly code = "ERR_INVALID_HTTP_RESPONSE";

  constructor() {
    super("The answer is not HTTP.");
  }
}

/** A proxy on the way wants a user name and password: 407. */
export class ProxyAuthenticationError extends Error {
  override readonly name = "ProxyAuthenticationError";
  readonly code = "ERR_PROXY_AUTH_REQUESTED";
  /** Host and port; null when it is not known which proxy it was. */
  readonly proxy: string | null;

  constructor(proxy: string | null) {
    super("A proxy wants a user name and password.");
    this.proxy = proxy;
  }
}

/** A proxy did not lead to the server, or cannot be reached itself. */
export class ProxyFailureError extends Error {
  override readonly name = "ProxyFailureError";
  /** The status by which the proxy refused; or of the network stack, such as ECONNREFUSED. */
  readonly code: string;
  /** Host and port; null when it is not known which proxy it was. */
  readonly proxy: string | null;

  constructor(code: string, proxy: string | null) {
    super("A proxy did not lead to the server.");
    this.code = code;
    this.proxy = proxy;
  }

  /** Whether the proxy was reached. */
  get answered(): boolean {
    return /^\d+$/.test(this.code);
  }
}

/** What stands in for a status that no `Response` can hold. Reference: RFC 9110, section 15. */
const SERVER_ERROR = 500;

/**
 * The status of an answer as a `Response` can hold it: 600 to 999 are taken for a server's failure. Throws
 * `NotHttpError` for what is no final status at all. Reference: RFC 9110, section 15.
 */
export function answerStatus(status: number): number {
  if (!Number.isInteger(status) || status < 200 || status > 999) throw new NotHttpError();
  return status > 599 ? SERVER_ERROR : status;
}

/**
 * The headers of an answer, whatever a server or proxy wrote: a letter that `Headers` cannot hold becomes a question
 * mark, and a header whose name is none is left out. Never throws.
 */
export function answerHeaders(pairs: Iterable<readonly [name: string, value: string]>): Headers {
  const headers = new Headers();
  for (const [name, value] of pairs)
    if (TOKEN.test(name)) headers.append(name, value.replaceAll(NO_FIELD_CONTENT, "?"));
  return headers;
}

/** Reference: RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Anything but tab, space, visible ASCII and one-byte letters. Reference: RFC 9110, section 5.5. */
const NO_FIELD_CONTENT = /[^\t\u{20}-\u{7e}\u{80}-\u{ff}]/gu;
