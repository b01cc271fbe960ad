import {
  challenge,
  error,
  html,
  json,
  links,
  ROOT,
  TOKEN_PATH,
} from "../../main/testing/servers/scripted-server.ts";
import type { Reply, SeenRequest } from "../../main/testing/servers/scripted-server.ts";
import { ProxyAuthenticationError, ProxyFailureError } from "../../main/platform/fetch/fetch-answer.ts";

/** One step of a sign-in, and the requests of it. */
export interface Step {
  readonly title: string;
  readonly isOf: (request: SeenRequest) => boolean;
  /** UCWA's own server answers here, in its own form; elsewhere it is a web server. */
  readonly ofUcwa: boolean;
  /** The server answers only when there is news. */
  readonly isHeld?: true;
}

/** The failure that is none where an answer may take minutes. */
export const NO_ANSWER = "no answer at all";

export interface Failure {
  readonly name: string;
  readonly reply: (request: SeenRequest, step: Step) => Reply;
  /** Of the network, so that every host is concerned; a server is only one. */
  readonly everywhere?: true;
  /** Without it, at every step. */
  readonly at?: readonly Step[];
}

const isSignedIn = ({ headers }: SeenRequest): boolean => headers["Authorization"] !== undefined;

const ROOT_STEP: Step = {
  title: "Discovery: the root",
  isOf: ({ url }) => new URL(url).pathname === "/",
  ofUcwa: false,
};
const USER_STEP: Step = {
  title: "Discovery: the resource of the user",
  isOf: (request) => new URL(request.url).pathname === "/user" && isSignedIn(request),
  ofUcwa: true,
};
const CHALLENGE_STEP: Step = {
  title: "The challenge, which names where to sign in",
  isOf: (request) => new URL(request.url).pathname === "/user" && !isSignedIn(request),
  ofUcwa: false,
};
const TOKEN_STEP: Step = {
  title: "The token",
  isOf: ({ url }) => new URL(url).pathname === TOKEN_PATH,
  ofUcwa: false,
};
const APPLICATIONS_STEP: Step = {
  title: "The creation of the application",
  isOf: (request) => request.url.endsWith("/applications") && isSignedIn(request),
  ofUcwa: true,
};
const EVENTS_STEP: Step = {
  title: "The request for events",
  isOf: ({ url }) => url.includes("/events?"),
  ofUcwa: true,
  isHeld: true,
};
const AVAILABLE_STEP: Step = {
  title: "makeMeAvailable",
  isOf: ({ url }) => url.endsWith("/makeMeAvailable"),
  ofUcwa: true,
};

export const STEPS: readonly Step[] = [
  ROOT_STEP,
  CHALLENGE_STEP,
  TOKEN_STEP,
  USER_STEP,
  APPLICATIONS_STEP,
  EVENTS_STEP,
  AVAILABLE_STEP,
];

/** What the network stack says of a request that got no answer. */
function fails(code: string): () => Promise<never> {
  return () =>
    Promise.reject(
      Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(code), { code }) }),
    );
}

function silence(): Promise<never> {
  return new Promise(() => undefined);
}

/** UCWA's error where its server answers, a page of the web server elsewhere. */
function status(code: number, ucwa: string, subcode: string): Failure["reply"] {
  return (_, { ofUcwa }) => (ofUcwa ? error(code, ucwa, subcode) : html(code));
}

function offering(grants: string): () => Response {
  return () => html(401, { "WWW-Authenticate": `MsRtcOAuth href="${ROOT}t",grant_type="${grants}"` });
}

const PROXY = "proxy.contoso.example:3128";
const OF_UCWA = [USER_STEP, APPLICATIONS_STEP, EVENTS_STEP, AVAILABLE_STEP];

export const FAILURES: readonly Failure[] = [
  { name: "no network", everywhere: true, reply: fails("ENETUNREACH") },
  { name: "name unknown", everywhere: true, reply: fails("ENOTFOUND") },
  { name: "name server silent", everywhere: true, reply: fails("EAI_AGAIN") },
  { name: "connection refused", reply: fails("ECONNREFUSED") },
  { name: "connection reset", reply: fails("ECONNRESET") },
  { name: "connect timeout", everywhere: true, reply: fails("UND_ERR_CONNECT_TIMEOUT") },
  { name: NO_ANSWER, reply: silence },
  {
    name: "proxy 407",
    everywhere: true,
    reply: () => Promise.reject(new ProxyAuthenticationError(PROXY)),
  },
  { name: "proxy 502", everywhere: true, reply: () => Promise.reject(new ProxyFailureError("502", PROXY)) },
  {
    name: "proxy down",
    everywhere: true,
    reply: () => Promise.reject(new ProxyFailureError("ECONNREFUSED", PROXY)),
  },
  { name: "proxy 502 (Chromium)", everywhere: true, reply: fails("ERR_TUNNEL_CONNECTION_FAILED") },
  { name: "proxy down (Chromium)", everywhere: true, reply: fails("ERR_PROXY_CONNECTION_FAILED") },
  { name: "certificate untrusted", reply: fails("UNABLE_TO_VERIFY_LEAF_SIGNATURE") },
  { name: "certificate expired", reply: fails("CERT_HAS_EXPIRED") },
  { name: "certificate of another name", reply: fails("ERR_TLS_CERT_ALTNAME_INVALID") },
  { name: "no common TLS version", reply: fails("ERR_SSL_WRONG_VERSION_NUMBER") },
  { name: "portal: page", everywhere: true, reply: () => html(200) },
  {
    name: "portal: redirect",
    everywhere: true,
    reply: () => new Response(null, { status: 302, headers: { Location: "http://portal.example/" } }),
  },
  {
    name: "old server: no link to go on",
    at: [ROOT_STEP],
    reply: () => json(200, links({ self: ROOT, xframe: `${ROOT}xframe` })),
  },
  {
    name: "old server: no UCWA for the user",
    at: [USER_STEP],
    reply: () => json(200, links({ self: `${ROOT}user` })),
  },
  {
    name: "led to another organisation, by http",
    everywhere: true,
    at: [ROOT_STEP],
    reply: ({ url }) =>
      url.startsWith("https:")
        ? fails("ENOTFOUND")()
        : json(200, links({ redirect: "https://pool.hoster.example/root" })),
  },
  {
    name: "tokens in the clear",
    at: [CHALLENGE_STEP],
    reply: () => challenge("http://pool.contoso.example"),
  },
  { name: "Windows sign-in alone", at: [CHALLENGE_STEP], reply: offering("urn:microsoft.rtc:windows") },
  { name: "nothing offered", at: [CHALLENGE_STEP], reply: offering("") },
  {
    name: "another scheme alone",
    at: [CHALLENGE_STEP],
    reply: () => html(401, { "WWW-Authenticate": "NTLM, Negotiate" }),
  },
  { name: "wrong password", at: [TOKEN_STEP], reply: () => json(400, { error: "invalid_grant" }) },
  {
    name: "no password taken",
    at: [TOKEN_STEP],
    reply: () => json(400, { error: "unsupported_grant_type" }),
  },
  { name: "400", reply: status(400, "BadRequest", "ParameterValidationFailure") },
  { name: "400 as a page", at: OF_UCWA, reply: () => html(400) },
  {
    name: "401 for ever",
    reply: ({ url }, { ofUcwa }) => (ofUcwa ? challenge(new URL(url).origin) : html(401)),
  },
  { name: "403", reply: status(403, "Forbidden", "None") },
  { name: "403 as a page", at: OF_UCWA, reply: () => html(403) },
  { name: "404", reply: status(404, "NotFound", "ResourceNotFound") },
  { name: "404 as a page", at: OF_UCWA, reply: () => html(404) },
  { name: "409", reply: status(409, "Conflict", "None") },
  { name: "410", reply: status(410, "Gone", "None") },
  {
    name: "410 TooManyApplications",
    at: [APPLICATIONS_STEP, EVENTS_STEP],
    reply: () => error(410, "Gone", "TooManyApplications"),
  },
  { name: "429", reply: status(429, "TooManyRequests", "None") },
  { name: "500", reply: status(500, "ServiceFailure", "None") },
  { name: "502", reply: () => html(502) },
  { name: "502 of a proxy, for every name", everywhere: true, at: [ROOT_STEP], reply: () => html(502) },
  { name: "503", reply: () => html(503) },
  { name: "503 with Retry-After: 120", reply: () => html(503, { "Retry-After": "120" }) },
  { name: "504", reply: () => html(504) },
  {
    name: "200, empty",
    reply: () => new Response("", { status: 200, headers: { "Content-Type": "application/json" } }),
  },
  {
    name: "200, malformed JSON",
    reply: () => new Response('{"_links":', { status: 200, headers: { "Content-Type": "application/json" } }),
  },
];
