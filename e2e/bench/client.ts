import type { AppState } from "../../main/core/app-state.ts";
import { Doorbell, type DoorbellDeps } from "../../main/core/doorbell.ts";
import { createUndiciClient, type HttpClient } from "../../main/platform/fetch/undici-fetch.ts";
import type { Fetch, FetchAnswer, FetchInit, Logger } from "../../main/platform/ports.ts";
import { systemClock, systemRandom } from "../../main/platform/system.ts";
import { createSession, type Session } from "../../main/ucwa/session.ts";
import type { SessionListener } from "../../main/ucwa/session-port.ts";
import type { Server } from "./server.ts";
import { nowMicros, within } from "./time.ts";

export const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };
const LIMIT_MS = 60_000;
/** Whoever reads is told of it. */
const ignored = (): void => undefined;

export interface SentRequest {
  readonly url: string;
  readonly init: Omit<FetchInit, "signal">;
}

/** The program's own HTTP client, with a look at the server's time stamps; client and floor go through the same. */
export class ObservedHttp {
  readonly #http: HttpClient = createUndiciClient();
  readonly sent: SentRequest[] = [];
  recording = false;
  /** When the last event package left the server. */
  sentAt = 0;
  /** When the server had the last POST. */
  receivedAt = 0;
  /** When the last body was read whole, and when the last request was handed to the HTTP client. */
  readAt = 0;
  askedAt = 0;

  readonly fetch: Fetch = async (url, init) => {
    if (this.recording) {
      const { signal: _, ...rest } = init;
      this.sent.push({ url, init: rest });
    }
    this.askedAt = nowMicros();
    const response = await this.#http.fetch(url, init);
    this.sentAt = Number(response.headers.get("x-sent") ?? this.sentAt);
    this.receivedAt = Number(response.headers.get("x-received") ?? this.receivedAt);
    return this.#observed(response);
  };

  /** The answer, with a body that says when it has been read: by a look at each promise, and none in its place. */
  #observed(response: FetchAnswer): FetchAnswer {
    const { body } = response;
    if (body === null) return response;
    const getReader = () => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The program asks for no other.
      const reader = ReadableStream.prototype.getReader.call(body) as ReadableStreamDefaultReader<Uint8Array>;
      const read = () => {
        const chunk = ReadableStreamDefaultReader.prototype.read.call(reader);
        void chunk.then(({ done }) => {
          // With its last byte an answer is there, whether or not it has been said that no more comes.
          if (!done) this.readAt = nowMicros();
        }, ignored);
        return chunk;
      };
      return Object.assign(reader, { read });
    };
    Object.assign(body, { getReader });
    return response;
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

/** The client as the terminal program builds it: session and state on undici, without a surface. */
export class Client {
  readonly http: ObservedHttp;
  readonly doorbell: Doorbell;
  readonly session: Session;
  /** Events worked through so far. */
  events = 0;
  #eventsWanted = Number.POSITIVE_INFINITY;
  #eventsReached: (at: number) => void = () => {};

  constructor(
    server: Server | { readonly root: string },
    http = new ObservedHttp(),
    more: Pick<DoorbellDeps, "drawsPhotos"> = {},
  ) {
    const deps = { clock: systemClock, random: systemRandom, logger: SILENT };
    this.http = http;
    const doorbell = new Doorbell({ ...deps, ...more });
    this.doorbell = doorbell;
    const listener: SessionListener = {
      stateChanged: (state) => doorbell.stateChanged(state),
      received: (events) => {
        doorbell.received(events);
        const before = this.events;
        this.events += events.length;
        if (before < this.#eventsWanted && this.events >= this.#eventsWanted)
          this.#eventsReached(nowMicros());
      },
      generationEnded: (generation) => doorbell.generationEnded(generation),
      channelInterrupted: (generation, how) => doorbell.channelInterrupted(generation, how),
    };
    this.session = createSession({
      ...deps,
      fetch: http.fetch,
      random: systemRandom,
      listener,
      account: {
        address: "ben@bench.example",
        password: async () => "bench",
        server: server.root,
        trusted: [],
        endpointId: "bench",
        instanceId: systemRandom.uuid(),
        userAgent: "Doorbell/bench",
        culture: "en-US",
      },
    });
    this.doorbell.attach(this.session);
  }

  static async online(server: Server, more: Pick<DoorbellDeps, "drawsPhotos"> = {}): Promise<Client> {
    const client = new Client(server, new ObservedHttp(), more);
    await client.goOnline();
    return client;
  }

  /** Resolves with the moment at which it was. */
  goOnline(): Promise<number> {
    this.http.recording = true;
    const online = this.until((state) => state.session.name === "online", "online");
    this.session.start();
    return online;
  }

  /** Path of its application, from the requests that it sent. */
  get base(): string {
    for (const { url } of this.http.sent) {
      const found = /\/ucwa\/oauth\/v1\/applications\/\d+(?=\/events)/.exec(url);
      if (found) return found[0];
    }
    throw new Error("The client has no application.");
  }

  /** Resolves with the moment at which a listener was told of such a state. */
  async until(reached: (state: AppState) => boolean, what: string): Promise<number> {
    this.http.recording &&= what === "online";
    const { promise, resolve } = Promise.withResolvers<number>();
    const stop = this.doorbell.subscribe((state) => {
      if (reached(state)) resolve(nowMicros());
    });
    try {
      return await within(LIMIT_MS, what, promise);
    } finally {
      stop();
    }
  }

  /** Resolves with the moment at which so many more events had been worked through. */
  more(events: number): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#eventsWanted = this.events + events;
    this.#eventsReached = resolve;
    return within(LIMIT_MS, `${events} events`, promise);
  }

  async close(): Promise<void> {
    await this.session.signOut();
    await this.http.close();
  }
}

/** Whether the newest invitation rings; cheap, because it is asked for every state. */
export function newestRings({ invitations }: AppState): boolean {
  return invitations.at(-1)?.state === "ringing";
}

export function newestIsOver({ invitations }: AppState): boolean {
  return (invitations.at(-1)?.endedAt ?? null) !== null;
}
