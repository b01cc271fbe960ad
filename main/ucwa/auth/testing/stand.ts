import type { FederationPages, Fetch } from "../../../platform/ports.ts";
import { html, json, TOKEN_PATH } from "../../../testing/servers/scripted-server.ts";
import type { ScriptedServer } from "../../../testing/servers/scripted-server.ts";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import { Http } from "../../http/http.ts";
import { AuthorizedRequests } from "../authorized-requests.ts";
import { Trust } from "../trust.ts";

export const WEB = "https://web.contoso.example";
export const ADFS_PAGE = `${WEB}/PassiveAuth/PassiveAuth.aspx`;
export const WINDOWS = "urn:microsoft.rtc:windows";
export const PASSIVE = "urn:microsoft.rtc:passive";

/** What a token endpoint says; each its own kind. */
export const SAYS = {
  refused: () => json(400, { error: "invalid_grant" }, { "X-Ms-diagnostics": '28020;reason="x"' }),
  page: () => json(400, { error: "invalid_grant", ms_rtc_passiveauthuri: ADFS_PAGE }),
  pageAt: (href: string) => json(400, { error: "invalid_grant", ms_rtc_passiveauthuri: href }),
  notTaken: () => json(400, { error: "unsupported_grant_type" }, { "X-Ms-diagnostics": "28029" }),
  unauthorized: () => html(401, { "WWW-Authenticate": "Negotiate, NTLM" }),
  token: (token = "cwt=given", expires_in: unknown = 28_800) =>
    json(200, { access_token: token, token_type: "Bearer", expires_in }),
};

/** A challenge that offers the given grants. */
export function offering(grants: string, href = `${WEB}${TOKEN_PATH}`): Response {
  return html(401, { "WWW-Authenticate": `MsRtcOAuth href="${href}",grant_type="${grants}"` });
}

export interface TokenPost {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  readonly asPerson: boolean;
  readonly once: boolean;
  readonly accept: string | undefined;
}

/** A fetch that notes the token requests on their way. */
export function noting(fetch: Fetch, posts: TokenPost[]): Fetch {
  return (url, init) => {
    if (init.method === "POST" && new URL(url).pathname === TOKEN_PATH) {
      const form = Object.fromEntries(new URLSearchParams(init.body));
      const { asPerson = false, once = false, headers } = init;
      posts.push({ url, form, asPerson, once, accept: headers["Accept"] });
    }
    return fetch(url, init);
  };
}

/** A window that a test moves. */
export class FakePages implements FederationPages {
  readonly opened: string[] = [];
  readonly closed: string[] = [];
  #on: { loaded(): void; closed(): void } | null = null;

  open(url: string, on: { loaded(): void; closed(): void }): { close(): void } {
    this.opened.push(url);
    this.#on = on;
    return { close: () => void this.closed.push(url) };
  }

  load(): void {
    this.#on?.loaded();
  }

  closeByPerson(): void {
    this.#on?.closed();
  }
}

/**
 * A resource that asks for a token, a token endpoint whose answers a test gives, and the tokens of the client between.
 * `says` answers the token requests in turn, the last one for ever.
 */
export function stand(options: {
  readonly grants: string;
  readonly says: readonly ((signal: AbortSignal) => Response | Promise<Response>)[];
  readonly password?: string | null;
  /** Whether the password may be sent there; without it, everywhere. */
  readonly passwordFor?: (url: string) => boolean;
  readonly integrated?: (url: string) => boolean | Promise<boolean>;
  readonly pages?: FakePages;
  readonly approved?: readonly string[];
  /** Answers a request with the given bearer in the resource's place; undefined leaves it to the stand. */
  readonly resource?: (authorization: string) => Response | Promise<Response> | undefined;
}) {
  const clock = new VirtualClock();
  const posts: TokenPost[] = [];
  const bearers: string[] = [];
  const logged: string[] = [];
  let turn = 0;
  const answer: Fetch = async (url, { headers, signal }) => {
    if (new URL(url).pathname === TOKEN_PATH) {
      const says = options.says[Math.min(turn++, options.says.length - 1)];
      return says ? await says(signal) : html(404);
    }
    const authorization = headers["Authorization"] ?? "";
    bearers.push(authorization);
    const answered = await options.resource?.(authorization);
    if (answered) return answered;
    return authorization === "" ? offering(options.grants) : json(200, {});
  };
  const note = (event: string, fields: unknown) => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const trust = new Trust("contoso.example", options.approved ?? []);
  trust.start(WEB);
  const { password = null } = options;
  const tokens = new AuthorizedRequests({
    http: new Http(noting(answer, posts), clock),
    clock,
    logger: { error: note, warn: note, info: note, debug: note },
    trust,
    credentials: {
      username: "tosh@contoso.example",
      password: async (url) => (options.passwordFor?.(url) === false ? null : password),
    },
    integrated: options.integrated,
    federation: options.pages,
  });
  const get = (signal?: AbortSignal) =>
    tokens.send({ method: "GET", url: `${WEB}/user`, entrance: true, ...(signal ? { signal } : {}) });
  /** Of something that an application has. */
  const getOwned = () => tokens.send({ method: "GET", url: `${WEB}/application/me` });
  /** The end of one request: its status, or the code and the sentence of what stopped it. */
  const end = async () => {
    try {
      return { status: (await get()).status };
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error)) throw error;
      return { code: error.code, sentence: error.message, error };
    }
  };
  return {
    clock,
    posts,
    bearers,
    logged,
    tokens,
    get,
    getOwned,
    end,
    grantsOf: () => posts.map(({ form }) => form["grant_type"]),
  };
}

/** Gives tokens `cwt=1`, `cwt=2`, … of the stated life. */
function numbered(expiresInS: unknown = 28_800) {
  let count = 0;
  return () => SAYS.token(`cwt=${++count}`, expiresInS);
}

/** Signs in by password at a resource; `resource` answers in its place, by the bearer. */
export function signedIn(
  resource?: (bearer: string) => Response | Promise<Response> | undefined,
  expiresInS?: unknown,
) {
  return stand({
    grants: "password",
    password: "right",
    says: [numbered(expiresInS)],
    ...(resource ? { resource: (authorization) => resource(authorization.replace("Bearer ", "")) } : {}),
  });
}

/** Lets the script's own challenge offer the given grants, and a test answer the token requests. */
export function offer(
  server: ScriptedServer,
  grants: string,
  token: (url: string) => Response | undefined,
): void {
  server.intercept = ({ url, headers }) => {
    const { origin, pathname } = new URL(url);
    if (pathname === TOKEN_PATH) return token(url);
    if (url.includes("lyncdiscover") && pathname === "/") return undefined;
    return headers["Authorization"] === undefined ? offering(grants, `${origin}${TOKEN_PATH}`) : undefined;
  };
}
