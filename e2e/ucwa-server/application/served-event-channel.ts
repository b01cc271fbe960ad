import { problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Context } from "../context.ts";
import { defaultEventParameters, readEventParameters } from "./event-parameters.ts";
import type { EventParameters } from "./event-parameters.ts";
import { EventQueue } from "./event-queue.ts";
import type { ChannelEvent } from "./event-queue.ts";

/** What an event channel asks of the application that it belongs to. */
export interface ChannelOwner {
  /** The href of this channel's events with this ack. */
  eventsHref(ack: number): string;
  /** A request is parked, or the last one was released. */
  parkedChanged(): void;
  /** The client was silent so long that its conversations were dropped. */
  dropConversations(): void;
}

interface Parked {
  readonly priority: number;
  /** The client has hung up. */
  gone: boolean;
  readonly answer: (answer: Answer) => void;
  readonly stop: () => void;
}

/** What a test has a channel say next: resume, resync, a response without events, or one from which no link leads on. */
export const interjections = ["resume", "resync", "nothing", "noLink"] as const;

/** What a test has a channel say next. */
export type Interjection = (typeof interjections)[number];

/** A response that the client has not acknowledged. Asking for the same ack again serves it again. */
interface Served {
  readonly events: readonly ChannelEvent[];
  readonly follow: "next" | "resume";
}

/**
 * The event channel of one instance of an application. Reference: EventsInUCWA, EventChannelDetails
 *
 *             GET ack=n                     event due, or timeout
 *     idle ───────────────▶ parked(n) ───────────────────────────▶ served(n)
 *      ▲                      │  ▲                                  │  │
 *      │    client went away  │  └──────────────────────────────────┘  │ GET ack=n: the same response again
 *      └──────────────────────┘        GET ack=n+1 acknowledges n      └──▶ served(n)
 *
 * Any other ack is answered with a resync link. A second request for the parked ack replaces the first (409
 * PGetReplaced) if its priority is not lower. After a long silence the first response says resume instead of next.
 */
export class EventChannel {
  readonly #context: Context;
  readonly #owner: ChannelOwner;
  readonly #queue = new EventQueue();
  #ack = 1;
  #parked: Parked | null = null;
  #served: Served | null = null;
  #parameters: EventParameters = defaultEventParameters;
  #releasedAt: number;
  #asked = false;
  readonly #interjections: Interjection[] = [];
  #disarm: () => void = () => {};

  constructor(context: Context, owner: ChannelOwner) {
    this.#context = context;
    this.#owner = owner;
    this.#releasedAt = context.clock.now();
  }

  get parked(): boolean {
    return this.#parked !== null;
  }

  /** Since when no request has been parked. Meaningless while one is. */
  get releasedAt(): number {
    return this.#releasedAt;
  }

  /** The link that an application's representation shows: where this channel goes on. */
  get eventsHref(): string {
    return this.#owner.eventsHref(this.#ack);
  }

  /** Sends an event, at once or together with others, by its priority. */
  send(event: ChannelEvent): void {
    const { clock, switches } = this.#context;
    this.#queue.add(event, clock.now(), switches.mergeOperations);
    if (this.#parked) this.#deliverWhenDue();
  }

  /** Answers the parked request, if any, with something other than events: the application has ended, or a fault. */
  release(answer: Answer): void {
    this.#parked?.answer(answer);
  }

  /** Says something out of turn: to the parked request at once, or else to the next one, one after the other. */
  interject(interjection: Interjection): void {
    if (this.#parked) this.#parked.answer(this.#say(interjection));
    else this.#interjections.push(interjection);
  }

  /** Answers an event request, now or when there is something to say. */
  get(exchange: Exchange): Promise<Answer> | Answer {
    const { breaches, clock, timings } = this.#context;
    const { request, url } = exchange;
    const read = readEventParameters(url.searchParams, this.#parameters);
    if (!read.ok) {
      breaches.record("eventParameterOutOfRange", request);
      return read.answer;
    }
    const ack = Number(url.searchParams.get("ack"));
    const silentMs = this.#parked ? 0 : clock.now() - this.#releasedAt;
    const resumes = this.#asked && silentMs > timings.resumeAfterMs;
    this.#asked = true;
    this.#parameters = read.parameters;

    if (this.#served && ack === this.#ack + 1) this.#acknowledge(this.#served);
    if (ack !== this.#ack) return this.#resync(exchange, ack);
    const interjection = this.#interjections.shift();
    if (interjection) return this.#say(interjection);
    if (resumes) return this.#resume();
    if (this.#served) return this.#serve(this.#served);
    if (this.#parked) {
      if ((read.priority ?? 0) < this.#parked.priority) return replaced;
      this.#replace(this.#parked, exchange, read.priority !== null);
    }
    return this.#park(exchange, read.priority ?? 0);
  }

  #park(exchange: Exchange, priority: number): Promise<Answer> {
    const { clock } = this.#context;
    return new Promise((resolve) => {
      const { signal } = exchange.request;
      const stopTimeout = clock.after(this.#parameters.timeoutMs, () => this.#deliver());
      const leave = (): void => {
        parked.gone = true;
        parked.stop();
        this.#unpark(parked);
        // Nobody is left to read it; the caller only needs its promise settled.
        resolve({ kind: "empty", status: 499 });
      };
      const parked: Parked = {
        priority,
        gone: false,
        answer: (answer) => {
          parked.stop();
          this.#unpark(parked);
          resolve(answer);
        },
        stop: () => {
          stopTimeout();
          signal.removeEventListener("abort", leave);
        },
      };
      this.#parked = parked;
      if (signal.aborted) leave();
      else {
        signal.addEventListener("abort", leave);
        this.#owner.parkedChanged();
        this.#deliverWhenDue();
      }
    });
  }

  #unpark(parked: Parked): void {
    if (this.#parked !== parked) return;
    this.#parked = null;
    this.#disarm();
    this.#releasedAt = this.#context.clock.now();
    this.#owner.parkedChanged();
  }

  /**
   * The new request takes the place of the old one. The old one is answered a little later: when its client turns
   * out to have hung up on it meanwhile, there never were two, and the client did as the reference says.
   */
  #replace(old: Parked, exchange: Exchange, documented: boolean): void {
    const { breaches, clock, timings } = this.#context;
    this.#parked = null;
    this.#disarm();
    clock.after(timings.replacedMs, () => {
      if (old.gone) return;
      if (!documented) breaches.record("twoEventRequests", exchange.request);
      old.answer(replaced);
    });
  }

  #deliverWhenDue(): void {
    const { clock } = this.#context;
    this.#disarm();
    const dueAt = this.#queue.dueAt(this.#parameters);
    if (dueAt === null) return;
    // What is done in one go comes in one response: the timer runs after the code that is sending events now.
    this.#disarm = clock.after(dueAt - clock.now(), () => this.#deliver());
  }

  #deliver(): void {
    this.#parked?.answer(
      this.#serve({ events: this.#queue.take(this.#context.clock.now()), follow: "next" }),
    );
  }

  #resume(): Answer {
    this.#owner.dropConversations();
    this.#parameters = defaultEventParameters;
    const kept = this.#served?.events ?? [];
    return this.#serve({
      events: [...kept, ...this.#queue.take(this.#context.clock.now())],
      follow: "resume",
    });
  }

  #say(interjection: Interjection): Answer {
    switch (interjection) {
      case "resume":
        return this.#resume();
      case "resync":
        return { kind: "events", content: { follow: this.#follow("resync", this.#ack), events: [] } };
      case "nothing":
        return this.#serve({ events: this.#served?.events ?? [], follow: "next" });
      case "noLink": {
        const kept = this.#served?.events ?? [];
        const events = [...kept, ...this.#queue.take(this.#context.clock.now())];
        const answer = this.#serve({ events, follow: "next" });
        return answer.kind === "events"
          ? { kind: "events", content: { ...answer.content, follow: null } }
          : answer;
      }
    }
  }

  #follow(
    rel: "next" | "resume" | "resync",
    ack: number,
  ): { rel: "next" | "resume" | "resync"; href: string } {
    return { rel, href: this.#owner.eventsHref(ack) };
  }

  #serve(served: Served): Answer {
    this.#served = served;
    if (!this.#parked) {
      this.#releasedAt = this.#context.clock.now();
      this.#owner.parkedChanged();
    }
    return {
      kind: "events",
      content: {
        self: this.#owner.eventsHref(this.#ack),
        follow: this.#follow(served.follow, this.#ack + 1),
        events: served.events,
      },
    };
  }

  #acknowledge(served: Served): void {
    this.#served = null;
    this.#ack += 1;
    for (const event of served.events) event.acknowledged?.();
  }

  #resync({ request }: Exchange, ack: number): Answer {
    this.#context.breaches.record(ack >= 1 && ack < this.#ack ? "staleAck" : "editedAck", request);
    return { kind: "events", content: { follow: this.#follow("resync", this.#ack), events: [] } };
  }
}

const replaced = problem(409, "PGetReplaced", "Another event request has taken the place of this one.");
