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

  /** `who` is the host that was asked; with `proxy`, what stands between. `sentence` where more is known. */
  constructor(kind: HttpFailureKind, code: string, who: string, sentence?: string) {
    super(sentence ?? (TELLING.find(([codes]) => codes.test(code))?.[1] ?? SENTENCES[kind])(who));
    this.name = "HttpFailure";
    this.kind = kind;
    this.code = code;
  }
}

const SENTENCES: Readonly<Record<HttpFailureKind, (host: string) => string>> = {
  unreachable: (host) => `Can't reach ${host}`,
  unknownHost: (host) => `The name ${host} can't be found`,
  certificate: (host) => `This computer does not trust the certificate of ${host}`,
  clientCertificate: (host) => `${host} wants a certificate that shows who you are, and was given none`,
  proxy: (who) => `${who} wants a user name and password`,
  timeout: (host) => `${host} did not answer in time`,
  interrupted: (host) => `${host} broke off its answer`,
  tooLarge: (host) => `${host} sent more than can be an answer`,
  aborted: (host) => `The request to ${host} was given up`,
};

/** Where the code of Node.js or Chromium tells more than the kind does. The first that fits. */
const TELLING: readonly (readonly [RegExp, (host: string) => string])[] = [
  [/PROXY_CONNECTION_FAILED/, (host) => `Can't reach the proxy on the way to ${host}`],
  [/TUNNEL_CONNECTION_FAILED/, (host) => `The proxy can't reach ${host}`],
  [/REFUSED/, (host) => `Can't reach ${host}: it refuses the connection`],
  [/NETDOWN|NETUNREACH|DISCONNECTED/, (host) => `Can't reach ${host}: this computer seems to be offline`],
  [/EAI_AGAIN|DNS_TIMED_OUT/, (host) => `Can't look up ${host}: the name server does not answer`],
  [
    /^E(?:CONNRESET|PIPE)$|ERR_SOCKET|CONNECTION_(?:RESET|CLOSED|ABORTED)|EMPTY_RESPONSE/,
    (host) => `${host} closed the connection without an answer`,
  ],
  [/CERT_NOT_YET|CERT.*EXPIRED|CERT_DATE/, (host) => `The certificate of ${host} is not valid today`],
  [/ALTNAME|COMMON_NAME/, (host) => `The certificate of ${host} is made out to another name`],
  [/REVOKED/, (host) => `The certificate of ${host} has been revoked`],
  [
    /^EPROTO$|^ERR_SSL_(?!CLIENT_AUTH)/,
    (host) => `${host} and this computer can't agree on an encrypted connection`,
  ],
];
