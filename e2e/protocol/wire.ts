import type { SessionAccount } from "../../main/ucwa/session-options.ts";
import type { Fetch } from "../../main/platform/ports.ts";
import type { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { UcwaServer } from "../ucwa-server/ucwa-server.ts";
import type { ServerResponse } from "../ucwa-server/http/message.ts";
import { seededRandom } from "../ucwa-server/random.ts";

export const DISCOVERY = "https://lyncdiscover.contoso.example";
export const APPLICATIONS = "https://pool.contoso.example";
export const TOSH = { uri: "sip:tosh@contoso.example", name: "Tosh Meston", password: "p&ss+w%rd" };

/** How the network between client and server is. */
export type Weather =
  | "fair"
  /** A proxy gives up every request after a minute, by turns with a reset and with a page of its own. */
  | "impatient"
  /** Nothing gets through: refused at once, and what was under way breaks. */
  | "down"
  /** Everything is swallowed: no answer and no error. */
  | "deaf"
  /** A captive portal answers in the server's place, with a page or by sending the client to its own address. */
  | "portal"
  /** A captive portal that shows a certificate of its own. */
  | "interception";

/** Where a portal wants everybody to go. */
export const PORTAL = "http://portal.hotel.example/welcome";
const IMPATIENCE_MS = 60_000;

/** One request on its way. */
interface Exchange {
  readonly fail: (code: string) => void;
  /** Answered by somebody in between. */
  readonly answer: (response: Response) => void;
}

/** How the server is set up while a scenario is told. */
export interface Setting {
  /** Events carry links, and every resource has to be asked for. */
  readonly linkOnly: boolean;
  /** Who calls is told by a link alone. */
  readonly callerLinkOnly?: boolean;
  /** Front ends behind a balancer of loads. */
  readonly frontEnds?: number;
  /** How long a new application waits for its user. */
  readonly meReadyAfterMs?: number;
}

export interface WireOptions extends Partial<Setting> {
  /** Each way takes so long. */
  readonly latencyMs?: number;
  /** Who else has an account there. */
  readonly others?: readonly (typeof TOSH)[];
}

/**
 * Clients and one server joined in memory, in one virtual time: the server's whole core behind the client's `Fetch`
 * port, with a network in between that can fail, and a server that can be started anew.
 */
export class Wire {
  server: UcwaServer;
  /** Every address that a request left for, whatever became of it. */
  readonly addressed = new Set<string>();
  readonly #world: VirtualClock;
  readonly #options: WireOptions;
  readonly #underWay = new Set<Exchange>();
  #weather: Weather = "fair";
  #starts = 0;
  #turns = 0;

  constructor(world: VirtualClock, options: WireOptions = {}) {
    this.#world = world;
    this.#options = options;
    this.server = this.#start();
  }

  /** The network as one computer uses it; nothing reaches it while `asleep` says so. */
  fetchOf(asleep: () => boolean): Fetch {
    return (url, { method, headers, body = "", signal }) =>
      new Promise((resolve, reject) => {
        this.addressed.add(new URL(url).origin);
        const client = new AbortController();
        const end = () => {
          this.#underWay.delete(exchange);
          signal.removeEventListener("abort", given);
          cancelImpatience();
        };
        const fail = (code: string) => {
          end();
          client.abort();
          reject(
            Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(code), { code }) }),
          );
        };
        const answer = (response: Response) => {
          end();
          client.abort();
          resolve(response);
        };
        const given = () => {
          end();
          client.abort();
          reject(new DOMException("aborted", "AbortError"));
        };
        const exchange: Exchange = { fail, answer };
        let cancelImpatience: () => void = () => undefined;
        if (signal.aborted) return given();
        signal.addEventListener("abort", given, { once: true });
        if (this.#weather === "deaf") return;
        if (this.#weather === "down") return fail("ECONNREFUSED");
        if (this.#weather === "interception") return fail("ERR_TLS_CERT_ALTNAME_INVALID");
        if (this.#weather === "portal") return answer(this.#portalPage());
        this.#underWay.add(exchange);
        cancelImpatience = this.#world.after(IMPATIENCE_MS, () => {
          if (this.#weather !== "impatient" || asleep()) return;
          if (this.#turns++ % 2 === 0) fail("ECONNRESET");
          else answer(page(504, "<h1>Gateway Time-out</h1>"));
        });
        const bytes = new TextEncoder().encode(body);
        const sent = new Headers(headers);
        if (method === "POST") sent.set("Content-Length", String(bytes.length));
        void this.#late()
          .then(() => this.server.handle({ method, url, headers: sent, body: bytes, signal: client.signal }))
          .then(async (response) => {
            await this.#late();
            // What the server has sent into a deaf network, or to a machine asleep, never arrives.
            if (this.#weather === "deaf" || asleep() || signal.aborted || client.signal.aborted) return;
            if (response.cut === "beforeHeaders") return fail("UND_ERR_SOCKET");
            end();
            resolve(asResponse(response));
          });
      });
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    // A connection that goes deaf stays open on both sides; what else comes in between breaks it.
    if (weather === "down" || weather === "portal" || weather === "interception") this.closeConnections();
  }

  get weather(): Weather {
    return this.#weather;
  }

  /** Requests and answers get through. */
  get passable(): boolean {
    return this.#weather === "fair" || this.#weather === "impatient";
  }

  /** The server forgets everything that it knew. */
  restart(): void {
    this.closeConnections();
    this.server = this.#start();
  }

  /** Breaks whatever is under way, as the app does when the machine wakes up. */
  closeConnections(): void {
    for (const exchange of this.#underWay) exchange.fail("ECONNRESET");
  }

  async #late(): Promise<void> {
    const { latencyMs = 0 } = this.#options;
    if (latencyMs > 0) await new Promise<void>((resolve) => void this.#world.after(latencyMs, resolve));
  }

  #portalPage(): Response {
    return this.#turns++ % 2 === 0
      ? page(200, "<h1>Welcome. Please accept our terms.</h1>")
      : new Response(null, { status: 302, headers: { Location: PORTAL } });
  }

  #start(): UcwaServer {
    const { latencyMs: _, others = [], ...switches } = this.#options;
    return new UcwaServer({
      origins: { discovery: DISCOVERY, applications: APPLICATIONS },
      clock: this.#world,
      random: seededRandom(`start ${++this.#starts}`),
      restarted: this.#starts > 1,
      users: [TOSH, ...others],
      switches,
    });
  }
}

function page(status: number, html: string): Response {
  return new Response(`<!DOCTYPE html>${html}`, { status, headers: { "Content-Type": "text/html" } });
}

function asResponse({ status, headers, body, cut }: ServerResponse): Response {
  const head = { status, headers: headers.map(([name, value]): [string, string] => [name, value]) };
  if ([204, 205, 304].includes(status)) return new Response(null, head);
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(cut === "midBody" ? bytes.slice(0, bytes.length / 2) : bytes);
      if (cut === "midBody") controller.error(new Error("terminated"));
      else controller.close();
    },
  });
  return new Response(stream, head);
}

/** As whom the client signs in, and where. */
export const ACCOUNT: SessionAccount = {
  address: TOSH.uri.slice(4),
  password: async () => TOSH.password,
  server: `${DISCOVERY}/`,
  trusted: [],
  endpointId: "endpoint",
  instanceId: "instance",
  userAgent: "Doorbell",
  culture: "en-US",
};
