import { connect, type Socket } from "node:net";
import { eventsHref } from "./packages.ts";
import { ObservedHttp, type SentRequest } from "./client.ts";
import type { Server } from "./server.ts";
import { nowMicros } from "./time.ts";

const HEADERS = { Accept: "application/json", Authorization: "Bearer cwt=AAEBHAEFAAAAAAAFFQAAAbench" };
let channels = 500_000;

function newBase(): string {
  return `/ucwa/oauth/v1/applications/${++channels}`;
}

/**
 * The least that any client must do: the same bytes through the same HTTP client, and `JSON.parse`. With `asksFirst`
 * it also sends the next event request before it says that it is done, as the client does so that the channel is
 * never without one.
 */
export class Floor {
  readonly http = new ObservedHttp();
  /** Path of an application of its own. */
  readonly base = newBase();
  readonly #pool: string;
  readonly #abort = new AbortController();
  readonly #asksFirst: boolean;
  #next: string;
  #parked: Promise<unknown> | null = null;

  constructor(server: Pick<Server, "pool">, asksFirst = false) {
    this.#pool = server.pool;
    this.#asksFirst = asksFirst;
    this.#next = eventsHref(this.base, 1);
  }

  /** One event request; resolves with the moment at which its package was parsed. */
  async package(): Promise<number> {
    const body = await (this.#parked ?? this.#park());
    this.#next = onward(body);
    this.#parked = this.#asksFirst ? this.#park() : null;
    // Rejects when it is given up at the end.
    this.#parked?.catch(() => undefined);
    return nowMicros();
  }

  /** Resolves with the moment at which the answer was parsed. */
  async get(path: string): Promise<number> {
    await this.send({ url: this.#pool + path, init: { method: "GET", headers: HEADERS } });
    return nowMicros();
  }

  async post(path: string): Promise<void> {
    await this.send({ url: this.#pool + path, init: { method: "POST", headers: HEADERS } });
  }

  async send({ url, init }: SentRequest): Promise<unknown> {
    const response = await this.http.fetch(url, { ...init, signal: this.#abort.signal });
    const text = await response.text();
    return text === "" ? null : JSON.parse(text);
  }

  #park(): Promise<unknown> {
    return this.send({ url: this.#pool + this.#next, init: { method: "GET", headers: HEADERS } });
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.http.close();
  }
}

/** The same without an HTTP client: one socket, the end of the head, `Content-Length`, `JSON.parse`. */
export class BareSocket {
  readonly base = newBase();
  /** When the last package left the server. */
  sentAt = 0;
  readonly #socket: Socket;
  readonly #host: string;
  #next = eventsHref(this.base, 1);
  #chunks: Buffer[] = [];
  #size = 0;
  #whole = Number.POSITIVE_INFINITY;
  #arrived: () => void = () => {};

  constructor(server: Server) {
    const { hostname, port, host } = new URL(server.pool);
    this.#host = host;
    this.#socket = connect(Number(port), hostname).setNoDelay(true);
    this.#socket.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  /** As `Floor.package`. */
  async package(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#arrived = resolve;
    const headers = Object.entries({ Host: this.#host, ...HEADERS }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    this.#socket.write(`GET ${this.#next} HTTP/1.1\r\n${headers.join("")}\r\n`);
    await promise;
    const answer = Buffer.concat(this.#chunks);
    const body: unknown = JSON.parse(answer.toString("utf8", answer.indexOf("\r\n\r\n") + 4));
    const at = nowMicros();
    this.#next = onward(body);
    this.#chunks = [];
    this.#size = 0;
    this.#whole = Number.POSITIVE_INFINITY;
    return at;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // The server writes the whole head at once.
    if (this.#chunks.length === 1) {
      const end = chunk.indexOf("\r\n\r\n");
      const head = chunk.toString("latin1", 0, end);
      this.#whole = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1]);
      this.sentAt = Number(/x-sent: ([\d.]+)/i.exec(head)?.[1]);
    }
    if (this.#size >= this.#whole) this.#arrived();
  }
}

function onward(body: unknown): string {
  const links: unknown = Reflect.get(Object(body), "_links");
  const href: unknown = Reflect.get(Object(Reflect.get(Object(links), "next")), "href");
  if (typeof href !== "string") throw new Error("A package without a way on.");
  return href;
}
