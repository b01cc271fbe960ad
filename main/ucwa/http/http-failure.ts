import { texts, type Texts } from "../../../locales/texts.ts";

export type HttpFailureKind =
  | "unreachable"
  /** No name server knows the host. */
  | "unknownHost"
  | "certificate"
  /** The server wants a certificate of the person's. */
  | "clientCertificate"
  /** A proxy wants a user name and password. */
  | "proxy"
  /** We gave up waiting. */
  | "timeout"
  /** The answer broke off or could not be decoded. */
  | "interrupted"
  | "tooLarge"
  /** The caller's own signal. */
  | "aborted";

/**
 * No complete answer came. The message is fit for people: it holds a host name, no code, no path and no header. The
 * error of the network stack is not kept: it may quote a header, and one of them is the token.
 */
export class HttpFailure extends Error {
  readonly kind: HttpFailureKind;
  /** Of the network stack, such as ECONNREFUSED, or the status by which a proxy refused; empty when there is none. */
  readonly code: string;

  /** `host` was asked. `sentence` where more is known. */
  constructor(kind: HttpFailureKind, code: string, host: string, sentence?: string) {
    const telling = TELLING.find(([codes]) => codes.test(code))?.[1] ?? kind;
    super(sentence ?? texts.server.failures[telling](host));
    this.name = "HttpFailure";
    this.kind = kind;
    this.code = code;
  }
}

/** Where the code of Node.js or Chromium tells more than the kind does. The first that fits. */
const TELLING: readonly (readonly [RegExp, keyof Texts["server"]["failures"]])[] = [
  [/PROXY_CONNECTION_FAILED/, "proxyUnreachable"],
  [/TUNNEL_CONNECTION_FAILED/, "proxyLedNowhere"],
  [/REFUSED/, "refused"],
  [/NETDOWN|NETUNREACH|DISCONNECTED/, "offline"],
  [/EAI_AGAIN|DNS_TIMED_OUT/, "nameServer"],
  [/^E(?:CONNRESET|PIPE)$|ERR_SOCKET|CONNECTION_(?:RESET|CLOSED|ABORTED)|EMPTY_RESPONSE/, "closed"],
  [/CERT_NOT_YET|CERT.*EXPIRED|CERT_DATE/, "certificateDate"],
  [/ALTNAME|COMMON_NAME/, "certificateName"],
  [/REVOKED/, "certificateRevoked"],
  [/^EPROTO$|^ERR_SSL_(?!CLIENT_AUTH)/, "encryption"],
];
