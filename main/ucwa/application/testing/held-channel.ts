import type { Fetch } from "../../../platform/ports.ts";
import { throwImpossible } from "../../../platform/transition-table.ts";
import { error, json } from "../../../testing/servers/scripted-server.ts";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import { EventChannel } from "../event-channel.ts";
import { Http } from "../../http/http.ts";

/** The application, and where its first event request goes, as it is linked and as it is sent. */
export const APPLICATION = "https://pool.contoso.example/app";
export const EVENTS = `${APPLICATION}/events?ack=1`;
export const PARKED = `${EVENTS}&timeout=180&medium=5&low=60`;
export const INVITATION = { link: { rel: "messagingInvitation", href: "/i/1" }, type: "started" };

interface Asked {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly answer: (response: Response) => void;
}

/** How long it waited each time, in milliseconds. */
export function pausesIn(logged: readonly string[]): readonly number[] {
  return logged.map((line) => Number(/"ms":(\d+)/.exec(line)?.[1]));
}

/** A channel whose requests wait until the test answers them. */
export function channel(fraction = 1) {
  const clock = new VirtualClock();
  const asked: Asked[] = [];
  const told: string[] = [];
  const logged: string[] = [];
  const ended: unknown[] = [];
  const stop = new AbortController();
  const fetch: Fetch = (url, { signal }) =>
    new Promise((resolve, reject) => {
      asked.push({ url, signal, answer: resolve });
      signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
  const http = new Http(fetch, clock);
  const requests = { send: http.request.bind(http) };
  const note = (event: string, fields: unknown) => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const events = new EventChannel({
    requests,
    clock,
    random: { uuid: () => "uuid", fraction: () => fraction },
    logger: { error: note, warn: note, info: note, debug: note },
    onImpossible: throwImpossible,
    generation: 1,
    application: APPLICATION,
    stop: stop.signal,
    changed: ({ name, ...rest }) =>
      void told.push(name === "parked" && "probing" in rest && rest.probing ? "probing" : name),
    listener: {
      received: (arrived) => void told.push(`${arrived.length} events`),
      channelInterrupted: (_generation, how) => void told.push(how),
    },
  });
  const waiting = (url: string) => asked.filter((one) => one.url === url && !one.signal.aborted);
  return {
    clock,
    asked,
    told,
    logged,
    stop,
    events,
    requests,
    ended,
    start: async () => {
      void events.run(EVENTS).then(
        (loss) => ended.push(loss),
        (failure: unknown) => ended.push(failure),
      );
      await clock.settle();
    },
    urls: () => asked.map(({ url }) => url),
    /** Answers the last request for the URL, and lets come of it what comes at once. */
    answer: async (url: string, response: Response) => {
      const one = waiting(url).at(-1);
      if (!one) throw new Error(`nobody waits for ${url}`);
      one.answer(response);
      await clock.settle();
    },
  };
}

/** Where the event request goes on. */
export const following = (ack: number) => `${APPLICATION}/events?ack=${ack}`;
/** An answer without news. */
export const heartbeat = (ack: number) => json(200, { _links: { next: { href: following(ack) } } });
/** An answer with one event. */
export const news = (ack: number, by = "next") =>
  json(200, {
    _links: { [by]: { href: following(ack) } },
    sender: [{ rel: "communication", href: "/c", events: [INVITATION] }],
  });
/** Another has taken the channel. */
export const taken = () => error(409, "Conflict", "PGetReplaced");
