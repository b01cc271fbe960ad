import type { Fetch } from "../../main/ports.ts";
import type { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { UcwaServer } from "../ucwa-server/core.ts";
import type { ServerResponse } from "../ucwa-server/message.ts";
import { seededRandom } from "../ucwa-server/random.ts";

export const DISCOVERY = "https://lyncdiscover.contoso.example";
export const APPLICATIONS = "https://pool.contoso.example";
export const TOSH = { uri: "sip:tosh@contoso.example", name: "Tosh Meston", password: "p&ss+w%rd" };

/** How the network between client and server is. */
export type Weather =
  | "fair"
  /** Nothing gets through: refused at once, and what was parked breaks. */
  | "down"
  /** Everything is swallowed: no answer and no error. */
  | "deaf";

/**
 * Client and server joined in memory, on one virtual clock: the server's whole core behind the client's `Fetch` port,
 * with a network in between that can fail, and a server that can be started anew.
 */
export class Wire {
  server: UcwaServer;
  readonly #clock: VirtualClock;
  #weather: Weather = "fair";
  #starts = 0;
  /** Breaks every exchange that is under way. */
  readonly #breaks = new Set<() => void>();

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    this.server = this.#start();
  }

  readonly fetch: Fetch = (url, { method, headers, body = "", signal }) =>
    new Promise((resolve, reject) => {
      const abort = new AbortController();
      const fail = (code: string) => {
        abort.abort();
        reject(
          Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(code), { code }) }),
        );
      };
      const broken = () => fail("ECONNRESET");
      const given = () => {
        abort.abort();
        reject(new DOMException("aborted", "AbortError"));
      };
      if (signal.aborted) return given();
      signal.addEventListener("abort", given, { once: true });
      if (this.#weather === "down") return fail("ECONNREFUSED");
      if (this.#weather === "deaf") return;
      this.#breaks.add(broken);
      const bytes = new TextEncoder().encode(body);
      const sent = new Headers(headers);
      if (method === "POST" || method === "PUT") sent.set("Content-Length", String(bytes.length));
      void this.server
        .handle({ method, url, headers: sent, body: bytes, signal: abort.signal })
        .then((answer) => {
          this.#breaks.delete(broken);
          signal.removeEventListener("abort", given);
          // What the server has sent into a deaf network never arrives.
          if (this.#weather === "deaf" || signal.aborted) return;
          if (answer.cut === "beforeHeaders") return fail("UND_ERR_SOCKET");
          resolve(asResponse(answer));
        });
    });

  set weather(weather: Weather) {
    this.#weather = weather;
    // A connection that goes deaf stays open on both sides; one that goes down breaks.
    if (weather === "down") for (const broken of this.#breaks) broken();
  }

  get weather(): Weather {
    return this.#weather;
  }

  /** The server forgets everything that it knew. */
  restart(): void {
    for (const broken of this.#breaks) broken();
    this.server = this.#start();
  }

  #start(): UcwaServer {
    return new UcwaServer({
      origins: { discovery: DISCOVERY, applications: APPLICATIONS },
      clock: this.#clock,
      random: seededRandom(`start ${++this.#starts}`),
      users: [TOSH],
    });
  }
}

function asResponse({ status, headers, body, cut }: ServerResponse): Response {
  const head = { status, headers: headers.map(([name, value]): [string, string] => [name, value]) };
  if (status === 204 || status === 304) return new Response(null, head);
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
