import type { Fetch, FetchInit } from "../../platform/ports.ts";

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Reply = Response | Promise<Response> | undefined;

export const ROOT = "https://lyncdiscover.contoso.example/";
export const POOL = "https://pool.contoso.example";
export const TOKEN_PATH = "/WebTicket/oauthtoken";

interface Package {
  readonly sender: readonly unknown[];
  readonly links: Readonly<Record<string, unknown>>;
}

/** An event request that waits; what is still open when it is taken away is told why. */
interface Parked {
  readonly signal: AbortSignal;
  readonly answer: (response: Response) => void;
}

/**
 * A server that says just what a test tells it to, in memory: the plain way to a parked event request, and an
 * `intercept` for everything that goes wrong. It holds a request for as long as nothing happens, and knows one person at
 * one instance. For whole conversations there is a whole server under e2e, and `e2e/protocol/scripted-server.test.ts`
 * holds this one to it.
 */
export class ScriptedServer {
  readonly requests: SeenRequest[] = [];
  /** Answers before the script does; undefined leaves the request to the script, a promise may stay pending. */
  intercept: (request: SeenRequest, signal: AbortSignal) => Reply = () => undefined;
  /** Which application answers. */
  application = 1;
  /** Set to false, the application ends and nobody who waits hears of it. */
  alive = true;
  #tokens = 0;
  readonly #validTokens = new Set<string>();
  #created = false;
  #available = false;
  #packages: Package[] = [];
  /** The highest that was asked for: what came before it is acknowledged. */
  #ack = 1;
  #parked: Parked | null = null;

  readonly fetch: Fetch = async (url, init) => {
    if (init.signal.aborted) throw new DOMException("aborted", "AbortError");
    const request = { method: init.method, url, headers: init.headers, body: init.body ?? "" };
    this.requests.push(request);
    const aborted = Promise.withResolvers<never>();
    const giveUp = (): void => aborted.reject(new DOMException("aborted", "AbortError"));
    init.signal.addEventListener("abort", giveUp);
    const end = (): void => init.signal.removeEventListener("abort", giveUp);
    const answer = Promise.race([this.#answer(request, init), aborted.promise]);
    answer.then(end, end);
    return answer;
  };

  /** Ends the application on the server; the next one starts with an empty channel. */
  kill(): void {
    this.#end();
  }

  /** Makes the person available, as `makeMeAvailable` does. */
  makeAvailable(): void {
    this.#available = true;
  }

  /** Forgets every token, as a server does that was started anew. */
  revokeTokens(): void {
    this.#validTokens.clear();
  }

  /** Puts a package into the channel; `sender` as on the wire. */
  emit(sender: readonly unknown[], links: Record<string, unknown> = {}): void {
    this.#packages.push({ sender, links });
    const told = this.#packages[this.#ack - 1];
    if (told) this.#release(this.#package(told));
  }

  sent(method: string, path: string): SeenRequest[] {
    return this.requests.filter(
      (request) => request.method === method && new URL(request.url).pathname === path,
    );
  }

  get base(): string {
    return `/ucwa/oauth/v1/applications/${this.application}`;
  }

  async #answer(request: SeenRequest, init: FetchInit): Promise<Response> {
    const reply = this.intercept(request, init.signal);
    if (reply !== undefined) return reply;
    const url = new URL(request.url);
    if (request.url === ROOT) return json(200, links({ user: `${ROOT}user?originalDomain=contoso.example` }));
    if (url.pathname === TOKEN_PATH) return this.#issue(url.origin);
    if (!this.#validTokens.has(`${url.origin} ${request.headers["Authorization"]}`))
      return challenge(url.origin);
    if (url.pathname === "/user")
      return json(200, links({ applications: `${POOL}/ucwa/oauth/v1/applications` }));
    if (url.pathname === "/ucwa/oauth/v1/applications") return this.#create();
    if (!this.alive || !url.pathname.startsWith(this.base))
      return error(404, "NotFound", "ApplicationNotFound");
    const path = url.pathname.slice(this.base.length);
    switch (`${request.method} ${path}`) {
      case "GET ":
        return json(200, this.#representation());
      case "DELETE ":
        this.#end();
        return new Response(null, { status: 204 });
      case "GET /events":
        return this.#events(Number(url.searchParams.get("ack")), init.signal);
      case "GET /me":
        return json(200, this.#me());
      case "POST /me/makeMeAvailable":
        if (this.#available) return error(409, "Conflict", "AlreadyExists");
        this.#available = true;
        return new Response(null, { status: 204 });
      case "POST /me/reportMyActivity":
        return this.#available
          ? new Response(null, { status: 204 })
          : error(409, "Conflict", "MakeMeAvailableRequired");
      default:
        return error(404, "NotFound", "ResourceNotFound");
    }
  }

  #issue(origin: string): Response {
    const token = `cwt=token-${++this.#tokens}`;
    this.#validTokens.add(`${origin} Bearer ${token}`);
    return json(200, { access_token: token, token_type: "Bearer", expires_in: 28_800 });
  }

  #create(): Response {
    if (!this.alive) {
      this.alive = true;
      this.application++;
      this.#created = false;
      this.#available = false;
      this.#packages = [];
      this.#ack = 1;
    }
    const status = this.#created ? 200 : 201;
    this.#created = true;
    return json(status, this.#representation());
  }

  #end(): void {
    this.alive = false;
    this.#release(error(404, "NotFound", "ApplicationNotFound"));
  }

  #representation(): unknown {
    return {
      rel: "application",
      ...links({ self: this.base, events: `${this.base}/events?ack=${this.#ack}` }),
      _embedded: { me: this.#me() },
    };
  }

  #me(): unknown {
    const self = `${this.base}/me`;
    const offered = this.#available ? "reportMyActivity" : "makeMeAvailable";
    return { rel: "me", ...links({ self, [offered]: `${self}/${offered}` }) };
  }

  #events(ack: number, signal: AbortSignal): Response | Promise<Response> {
    if (ack === this.#ack + 1 && this.#packages[this.#ack - 1]) this.#ack++;
    if (ack !== this.#ack) return json(200, links({ resync: `${this.base}/events?ack=${this.#ack}` }));
    const told = this.#packages[ack - 1];
    if (told) return this.#package(told);
    this.#release(error(409, "Conflict", "PGetReplaced"));
    return new Promise((answer) => (this.#parked = { signal, answer }));
  }

  /** Answers the parked request, unless its client has hung up. */
  #release(response: Response): void {
    const parked = this.#parked;
    this.#parked = null;
    if (parked && !parked.signal.aborted) parked.answer(response);
  }

  /** The one that is not acknowledged yet. */
  #package(told: Package): Response {
    const onward =
      Object.keys(told.links).length > 0
        ? told.links
        : { next: { href: `${this.base}/events?ack=${this.#ack + 1}` } };
    return json(200, {
      _links: { self: { href: `${this.base}/events?ack=${this.#ack}` }, ...onward },
      sender: told.sender,
    });
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
  });
}

export function html(status: number, headers: Record<string, string> = {}): Response {
  return new Response("<html><body>Sorry</body></html>", {
    status,
    headers: { "Content-Type": "text/html", ...headers },
  });
}

export function error(status: number, code: string, subcode: string): Response {
  return json(status, { code, subcode, message: "An error occurred." });
}

export function challenge(origin: string): Response {
  return html(401, {
    "WWW-Authenticate": `Bearer trusted_issuers="a@b", client_id="c", MsRtcOAuth href="${origin}${TOKEN_PATH}",grant_type="urn:microsoft.rtc:windows,password"`,
  });
}

export function links(hrefs: Readonly<Record<string, string>>): { _links: Record<string, { href: string }> } {
  return { _links: Object.fromEntries(Object.entries(hrefs).map(([rel, href]) => [rel, { href }])) };
}

/** An application as the server shows it, with other links or other resources in it. */
export function shownApplication(
  server: ScriptedServer,
  hrefs: Record<string, string> = {},
  embedded: object = {},
): object {
  const { base } = server;
  return {
    rel: "application",
    ...links({ self: base, events: `${base}/events?ack=1`, ...hrefs }),
    _embedded: {
      me: {
        rel: "me",
        ...links({ self: `${base}/me`, makeMeAvailable: `${base}/me/makeMeAvailable` }),
      },
      ...embedded,
    },
  };
}
