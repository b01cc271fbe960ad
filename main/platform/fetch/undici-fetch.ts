import * as tls from "node:tls";
import { Agent, EnvHttpProxyAgent, fetch, type Dispatcher } from "undici";
import { answerHeaders, answerStatus, ProxyAuthenticationError, ProxyFailureError } from "./fetch-answer.ts";
import type { Fetch, FetchAnswer } from "../ports.ts";
import { proxyUrl } from "./proxy-variable.ts";
import { isLoopback } from "../secure-url.ts";

/** Time to reach a host, TLS included, in milliseconds; every other limit is the caller's. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * What every connection is made with. undici's own limits would cut an event request that the server holds for longer
 * than five minutes, so they are off. Reference: EventChannelDetails.
 */
export const CONNECTION_OPTIONS = {
  allowH2: false,
  headersTimeout: 0,
  bodyTimeout: 0,
  connect: { timeout: CONNECT_TIMEOUT_MS },
} as const satisfies Agent.Options;

export interface HttpClient {
  readonly fetch: Fetch;
  /** Ends every socket, also of requests under way: those reject. */
  close(): Promise<void>;
}

/** A proxy variable of the environment holds no usable address; the message is one sentence for the user. */
export class ProxySettingError extends Error {
  override readonly name = "ProxySettingError";

  constructor() {
    super("HTTPS_PROXY or HTTP_PROXY does not hold the address of a proxy.");
  }
}

/**
 * The `Fetch` port of a program without Electron, on undici. A proxy is taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY
 * and never used for this machine itself. Throws `ProxySettingError`. Rejections are undici's own:
 * `cause.code` tells ENOTFOUND, ECONNREFUSED, a TLS code or UND_ERR_….
 */
export function createUndiciClient(): HttpClient {
  const direct = new Agent(CONNECTION_OPTIONS);
  const throughProxy = proxyAgent();
  const fromHere = direct.compose(refuseProxyAuthentication);
  const fromAnywhere = throughProxy.compose(refuseProxyAuthentication);
  return {
    fetch: (url, init) => {
      if (isLoopback(url)) return request(fromHere, url, init);
      trustTheSystem();
      return request(fromAnywhere, url, init);
    },
    close: async () => {
      await Promise.all([direct.destroy(), throughProxy.destroy()]);
    },
  };
}

function proxyAgent(): EnvHttpProxyAgent {
  const timeout = CONNECT_TIMEOUT_MS;
  try {
    return new EnvHttpProxyAgent({
      ...CONNECTION_OPTIONS,
      requestTls: { timeout },
      proxyTls: { timeout },
      httpProxy: addressOf(variable("http_proxy")),
      httpsProxy: addressOf(variable("https_proxy")),
    });
  } catch {
    // undici quotes the variable, which may hold a password for the proxy.
    throw new ProxySettingError();
  }
}

/** As undici reads them: the first that there is, also an empty one, which is none. */
function variable(name: "http_proxy" | "https_proxy"): string {
  return process.env[name] ?? process.env[name.toUpperCase()] ?? "";
}

/** An empty one stays so. Throws for what is no address. */
function addressOf(value: string): string {
  const url = proxyUrl(value);
  if (url === null && value !== "") throw new ProxySettingError();
  return url?.href ?? "";
}

async function request(dispatcher: Dispatcher, ...[url, init]: Parameters<Fetch>): Promise<FetchAnswer> {
  const response = await fetch(url, { ...init, redirect: "manual", cache: "no-store", dispatcher }).catch(
    (error: unknown) => {
      throw proxyFailure(error, url) ?? error;
    },
  );
  const { status, headers, body } = response;
  const held = answerStatus(status);
  // undici hands out a status that no `Response` can be made with.
  return held === status ? response : new Response(body, { status: held, headers: answerHeaders(headers) });
}

/** What undici's `fetch` makes of a 407 that no proxy agent has seen cannot be told from other failures. */
const refuseProxyAuthentication: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch(options, {
    onRequestStart: (...args) => handler.onRequestStart?.(...args),
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => {
      if (args[1] === PROXY_AUTHENTICATION) throw new Error("Proxy authentication required");
      handler.onResponseStart?.(...args);
    },
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  });

const PROXY_AUTHENTICATION = 407;

/**
 * What undici says in a sentence somewhere in the chain of causes: one for each way that a 407 may come, one for every other
 * answer to the wish for a tunnel. Null where the proxy has no part in it, as far as can be told: only one that was asked
 * for directly is reached at the port of the proxy, or looked for by its name.
 */
function proxyFailure(error: unknown, url: string): Error | null {
  const proxy = proxyOf(url);
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    const answer = /proxy response \((\d+)\)|proxy authentication required/i.exec(at.message);
    if (answer !== null) {
      const [, status = String(PROXY_AUTHENTICATION)] = answer;
      return status === String(PROXY_AUTHENTICATION)
        ? new ProxyAuthenticationError(proxy?.host ?? null)
        : new ProxyFailureError(status, proxy?.host ?? null);
    }
    if (proxy === null || !("code" in at) || typeof at.code !== "string") continue;
    const { hostname, port } = Object.assign({ hostname: null, port: null }, at);
    if (hostname === proxy.hostname || String(port) === (proxy.port || "80"))
      return new ProxyFailureError(at.code, proxy.host);
  }
  return null;
}

/** The proxy that the environment names for an address. */
function proxyOf(url: string): URL | null {
  if (isLoopback(url)) return null;
  const http = variable("http_proxy");
  return proxyUrl(url.startsWith("https:") ? variable("https_proxy") || http : http);
}

/**
 * Servers in a company are often certified by its own authority, which the operating system knows and Node's built-in
 * list does not. Costs some 80 ms, so once and late.
 */
let systemTrusted = false;
function trustTheSystem(): void {
  const { getCACertificates, setDefaultCACertificates } = tls;
  if (systemTrusted || getCACertificates === undefined || setDefaultCACertificates === undefined) return;
  systemTrusted = true;
  const known = [...getCACertificates("default"), ...getCACertificates("system")];
  setDefaultCACertificates([...new Set(known)]);
}
