import { describe, expect, it } from "vitest";
import type { Fetch } from "../../platform/ports.ts";
import { throwImpossible } from "../../platform/transition-table.ts";
import { error, html, json } from "../../testing/scripted-server.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { EventChannel } from "./event-channel.ts";
import { Http } from "../http/http.ts";

const APPLICATION = "https://pool.contoso.example/app";
const EVENTS = `${APPLICATION}/events?ack=1`;
const PARKED = `${EVENTS}&timeout=180&medium=30&low=60`;
const INVITATION = { link: { rel: "messagingInvitation", href: "/i/1" }, type: "started" };

interface Asked {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly answer: (response: Response) => void;
}

/** How long it waited each time, in milliseconds. */
function pausesIn(logged: readonly string[]): readonly number[] {
  return logged.map((line) => Number(/"ms":(\d+)/.exec(line)?.[1]));
}

/** A channel whose requests wait until the test answers them. */
function channel(fraction = 1) {
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

const following = (ack: number) => `${APPLICATION}/events?ack=${ack}`;
const heartbeat = (ack: number) => json(200, { _links: { next: { href: following(ack) } } });
const news = (ack: number, by = "next") =>
  json(200, {
    _links: { [by]: { href: following(ack) } },
    sender: [{ rel: "communication", href: "/c", events: [INVITATION] }],
  });
const taken = () => error(409, "Conflict", "PGetReplaced");

describe("the event channel", () => {
  it("is idle until it runs, and to be told to try now is nothing to it then", async () => {
    const { events, asked, start } = channel();
    expect(events.state).toEqual({ name: "idle" });
    events.recheck();
    await start();
    expect(asked).toHaveLength(1);
    expect(events.state).toEqual({ name: "parked", probing: false });
  });

  for (const [name, least, rule] of [
    ["timeout", 180, "events-timeout"],
    ["medium", 5, "events-medium"],
    ["low", 5, "events-low"],
  ] as const) {
    it(`asks for “${name}” within what the server allows`, { tags: [rule, "events-range"] }, async () => {
      const { start, urls } = channel();
      await start();
      const seconds = Number(new URL(urls()[0] ?? "").searchParams.get(name));
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(least);
      expect(seconds).toBeLessThanOrEqual(1_800);
    });
  }

  it("gives up what is parked when it is stopped, and says that it has ended", async () => {
    const { clock, asked, ended, stop, start, told } = channel();
    await start();
    stop.abort();
    await clock.settle();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(ended).toEqual([{ cause: "ended" }]);
    expect(told).toEqual(["parked", "lost"]);
    expect(clock.pending).toBe(0);
  });

  it("asks for nothing more when it is stopped while it waits", async () => {
    const { clock, asked, told, ended, stop, start, answer } = channel();
    await start();
    await answer(PARKED, html(503));
    stop.abort();
    await clock.advance(600_000);
    expect(asked).toHaveLength(1);
    expect(told).toEqual(["parked", "waiting", "lost"]);
    expect(ended).toEqual([{ cause: "ended" }]);
  });

  it("delivers nothing that comes in the moment in which it is stopped", async () => {
    const { clock, asked, stop, start, told } = channel();
    await start();
    asked[0]?.answer(news(2));
    stop.abort();
    await clock.settle();
    expect(told).toEqual(["parked", "lost"]);
  });

  it("ends for a fault of the program, which is no failure of the network", async () => {
    const { requests, ended, start } = channel();
    const fault = new RangeError("a fault");
    requests.send = () => Promise.reject(fault);
    await start();
    expect(ended).toEqual([fault]);
  });

  it("says how many events it has stepped over, and is silent where there were none", async () => {
    const { logged, start, answer } = channel();
    await start();
    await answer(PARKED, news(2));
    expect(logged).toEqual([]);
    const broken = { rel: "me", href: "/me", events: [{}, INVITATION, 5] };
    await answer(following(2), json(200, { _links: { next: { href: following(3) } }, sender: [broken] }));
    expect(logged).toEqual(['events stepped over {"count":2}']);
  });

  it(
    "tells of a resume and of a resync after the package that brought them, and of nothing else",
    { tags: ["resume", "resync"] },
    async () => {
      const { told, urls, start, answer } = channel();
      await start();
      await answer(PARKED, news(2));
      await answer(following(2), news(3, "resume"));
      await answer(`${following(3)}&timeout=180&medium=30&low=60`, news(4, "resync"));
      expect(told.filter((word) => word !== "parked")).toEqual([
        "1 events",
        "1 events",
        "resume",
        "1 events",
        "resync",
      ]);
      expect(urls().at(-1)).toBe(following(4));
    },
  );

  it("works through the package that names no way on, and has no way on then", async () => {
    const { told, ended, start, answer } = channel();
    await start();
    await answer(PARKED, json(200, { sender: [{ rel: "x", href: "/x", events: [INVITATION] }] }));
    expect(told).toEqual(["parked", "1 events", "lost"]);
    expect(ended).toEqual([{ cause: "noNextLink" }]);
  });
});

describe("answers without news that come at once", () => {
  /** Ten of them: the last is one too many. */
  async function hurried() {
    const made = channel();
    await made.start();
    await made.answer(PARKED, heartbeat(2));
    for (let ack = 2; ack <= 10; ack++) {
      expect(made.asked).toHaveLength(ack);
      await made.answer(following(ack), heartbeat(ack + 1));
    }
    expect(made.asked).toHaveLength(10);
    return made;
  }

  for (const [what, empty, rule] of [
    ["a 204", () => new Response(null, { status: 204 }), "events-204"],
    ["a 200 without a body", () => new Response(""), "events-204"],
    ["a 408", () => error(408, "ClientTimeout", "None"), "events-408"],
  ] as const) {
    it(`are followed, as ${what}, by the same URL and soon by a rest`, { tags: [rule] }, async () => {
      const { clock, urls, start, answer } = channel();
      await start();
      // From here on, the URL is another one than that of the first request.
      await answer(PARKED, news(2));
      for (let answers = 1; answers <= 10; answers++) await answer(following(2), empty());
      expect(urls()).toEqual([PARKED, ...Array<string>(10).fill(following(2))]);
      await clock.advance(1_000);
      expect(urls()).toEqual([PARKED, ...Array<string>(11).fill(following(2))]);
    });
  }

  it("are harmless up to the tenth in a row, and followed by a second's rest from that one on", async () => {
    const { clock, asked, answer } = await hurried();
    await clock.advance(999);
    expect(asked).toHaveLength(10);
    await clock.advance(1);
    expect(asked).toHaveLength(11);
    await answer(following(11), heartbeat(12));
    await clock.advance(999);
    expect(asked).toHaveLength(11);
    await clock.advance(1);
    expect(asked).toHaveLength(12);
  });

  it("are forgotten over one that was held, and over one with news", async () => {
    for (const calm of ["held", "news"] as const) {
      const { clock, asked, answer, start } = channel();
      await start();
      await answer(PARKED, heartbeat(2));
      for (let ack = 2; ack <= 9; ack++) await answer(following(ack), heartbeat(ack + 1));
      if (calm === "held") await clock.advance(1_000);
      await answer(following(10), calm === "held" ? heartbeat(11) : news(11));
      expect(asked, calm).toHaveLength(11);
      await answer(following(11), heartbeat(12));
      expect(asked, calm).toHaveLength(12);
    }
  });

  it("are no way out of the rest after a thousand answers of any kind that came at once", async () => {
    for (const kind of ["news", "news and nothing by turns"]) {
      const { clock, asked, told, answer, start } = channel();
      const heard = () => told.filter((each) => each.endsWith("events")).length;
      await start();
      await answer(PARKED, news(2));
      const respond = async () => {
        const ack = asked.length;
        const calm = kind !== "news" && ack % 2 === 0;
        await answer(following(ack), calm ? heartbeat(ack + 1) : news(ack + 1));
      };
      while (asked.length < 1_001) await respond();
      const before = heard();
      await respond();
      // What came is told at once, and the next is asked for a moment later.
      expect(heard()).toBe(before + 1);
      expect(asked).toHaveLength(1_001);
      await clock.advance(49);
      expect(asked).toHaveLength(1_001);
      await clock.advance(1);
      expect(asked).toHaveLength(1_002);
      await clock.advance(1_000);
      await respond();
      expect(asked).toHaveLength(1_003);
    }
  });

  it("are asked for again at once when somebody says so", async () => {
    const { clock, asked, events } = await hurried();
    events.recheck();
    await clock.settle();
    expect(asked).toHaveLength(11);
  });

  it("make for no rest either when somebody has said so while the request was open", async () => {
    const { clock, asked, events, answer, start } = channel();
    await start();
    await answer(PARKED, heartbeat(2));
    for (let ack = 2; ack <= 9; ack++) await answer(following(ack), heartbeat(ack + 1));
    events.recheck();
    await clock.settle();
    expect(asked.filter(({ url }) => url === following(10))).toHaveLength(2);
    await answer(following(10), heartbeat(11));
    expect(asked.at(-1)?.url).toBe(following(11));
  });

  it("make for no longer a rest because somebody has set the clock back", async () => {
    const { clock, asked, answer, start } = channel();
    await start();
    await answer(PARKED, heartbeat(2));
    for (let ack = 2; ack <= 9; ack++) await answer(following(ack), heartbeat(ack + 1));
    clock.setWall(-3_600_000);
    await answer(following(10), heartbeat(11));
    await clock.advance(1_000);
    expect(asked).toHaveLength(11);
  });
});

describe("the way back of the event channel", () => {
  it("is proven by a short request to the application beside the parked one, which is held meanwhile", async () => {
    const { clock, told, urls, start, answer } = channel();
    await start();
    await answer(PARKED, html(503));
    await clock.advance(1_000);
    expect(urls()).toEqual([PARKED, PARKED, APPLICATION]);
    await answer(APPLICATION, json(200, {}));
    await clock.advance(1_999);
    expect(told).toEqual(["parked", "waiting", "probing"]);
    await clock.advance(1);
    expect(told).toEqual(["parked", "waiting", "probing", "parked"]);
    await answer(PARKED, news(2));
    expect(told.slice(4)).toEqual(["parked", "1 events"]);
  });

  it.each([
    ["grow", 500, [1, 2, 4, 8], []],
    ["grow, and the address is in doubt", 502, [1, 2, 4], [{ cause: "rediscover" }]],
  ] as const)(
    "is not proven by the application alone where events are refused: the waits %s (%d)",
    async (_, status, seconds, loss) => {
      const { clock, told, start, answer, logged, ended } = channel();
      await start();
      for (let failure = 0; failure < 4; failure++) {
        await answer(PARKED, html(status));
        if (failure === 3) break;
        await clock.advance(2 ** failure * 1_000);
        await answer(APPLICATION, json(200, {}));
        await clock.advance(5);
      }
      expect(told.filter((state) => state === "parked")).toHaveLength(1);
      expect(pausesIn(logged)).toEqual(seconds.map((pause) => pause * 1_000));
      expect(ended).toMatchObject(loss);
    },
  );

  it("is not proven by an answer without news that comes at once", async () => {
    const { clock, told, start, answer } = channel();
    await start();
    await answer(PARKED, html(503));
    await clock.advance(1_000);
    await answer(APPLICATION, json(200, {}));
    await answer(PARKED, new Response(null, { status: 204 }));
    expect(told).toEqual(["parked", "waiting", "probing", "probing"]);
  });

  it("needs no more proof when the parked request is answered first", async () => {
    const { clock, told, asked, start, answer } = channel();
    await start();
    await answer(PARKED, html(503));
    await clock.advance(1_000);
    await answer(PARKED, news(2));
    expect(asked.find(({ url }) => url === APPLICATION)?.signal.aborted).toBe(true);
    expect(told).toEqual(["parked", "waiting", "probing", "parked", "1 events"]);
  });

  it("is not there while the application cannot be reached, whatever is parked", async () => {
    const { clock, told, asked, start, answer, ended } = channel();
    await start();
    await answer(PARKED, html(503));
    await clock.advance(1_000);
    // The limit of a short request, and not that of the parked one.
    await clock.advance(15_000);
    expect(told).toEqual(["parked", "waiting", "probing", "waiting"]);
    expect(asked[1]?.signal.aborted).toBe(true);
    await clock.advance(2_000);
    await answer(APPLICATION, error(404, "NotFound", "ApplicationNotFound"));
    expect(ended).toEqual([{ cause: "gone" }]);
    expect(asked.every(({ signal, url }) => url === APPLICATION || url === PARKED || signal.aborted)).toBe(
      true,
    );
  });

  it("is not proven by two answers of which neither ends", async () => {
    const { clock, told, start, answer } = channel();
    const endless = () => new Response(new ReadableStream());
    await start();
    await answer(PARKED, html(503));
    await clock.advance(1_000);
    await answer(PARKED, endless());
    await clock.advance(1_000);
    await answer(APPLICATION, endless());
    await clock.advance(29_000);
    expect(told).toEqual(["parked", "waiting", "probing", "waiting"]);
  });

  it("is proven as well for a request that was too long in the air, without a wait before it", async () => {
    const { clock, told, urls, start } = channel();
    await start();
    await clock.advance(240_000);
    expect(told).toEqual(["parked", "probing"]);
    expect(urls()).toEqual([PARKED, PARKED, APPLICATION]);
  });

  it("once proven, leaves a parked request its whole time", async () => {
    const { clock, told, start, answer } = channel();
    await start();
    await answer(PARKED, html(503));
    await clock.advance(1_000);
    await answer(APPLICATION, json(200, {}));
    await clock.advance(239_999);
    expect(told.at(-1)).toBe("parked");
    await clock.advance(1);
    expect(told.slice(-2)).toEqual(["parked", "probing"]);
  });
});

describe("the patience of the event channel", () => {
  for (const status of [500, 503, 504]) {
    it(
      `grows with every ${status}, by chance, and asks for the same URL`,
      { tags: ["events-500"] },
      async () => {
        for (const [fraction, expected] of [
          [1, [1_000, 2_000, 4_000, 8_000]],
          [0, [500, 1_000, 2_000, 4_000]],
        ] as const) {
          const { clock, logged, start, answer } = channel(fraction);
          await start();
          // From here on, the URL is another one than that of the first request.
          await answer(PARKED, news(2));
          for (const ms of expected) {
            await answer(following(2), html(status));
            await clock.advance(ms);
          }
          expect(pausesIn(logged)).toEqual(expected);
        }
      },
    );
  }

  for (const [stranger, status, rule] of [
    ["a 404 that is not UCWA's", 404, "events-404-proxy"],
    ["a 502", 502, "events-502"],
  ] as const) {
    it(`asks for the same URL after ${stranger}, and ends when it lasts`, { tags: [rule] }, async () => {
      const { clock, ended, urls, start, answer } = channel();
      await start();
      // From here on, the URL is another one than that of the first request.
      await answer(PARKED, news(2));
      for (const ms of [1_000, 2_000, 4_000]) {
        await answer(following(2), html(status));
        expect(ended).toEqual([]);
        await clock.advance(ms);
      }
      const asked = urls().filter((url) => url !== APPLICATION);
      expect(asked).toEqual([PARKED, ...Array<string>(4).fill(following(2))]);
      await answer(following(2), html(status));
      expect(ended).toMatchObject([{ cause: "rediscover" }]);
    });
  }

  it("starts anew with an answer, and with a proof of the way back", async () => {
    for (const proof of ["package", "probe"] as const) {
      const { clock, logged, start, answer } = channel();
      await start();
      await answer(PARKED, html(503));
      await clock.advance(1_000);
      await answer(PARKED, html(503));
      await clock.advance(2_000);
      expect(pausesIn(logged)).toEqual([1_000, 2_000]);
      if (proof === "package") {
        await answer(PARKED, news(2));
        await answer(following(2), html(503));
      } else {
        await answer(APPLICATION, json(200, {}));
        await clock.advance(2_000);
        await answer(PARKED, html(503));
      }
      expect(pausesIn(logged).at(-1), proof).toBe(1_000);
    }
  });

  it("with another that takes the channel starts anew with a package, and with nothing less", async () => {
    const { clock, logged, ended, start, answer } = channel();
    await start();
    await answer(PARKED, taken());
    await clock.advance(5_000);
    await answer(PARKED, taken());
    await clock.advance(10_000);
    await answer(PARKED, news(2));
    await answer(following(2), taken());
    await clock.advance(5_000);
    await answer(following(2), html(503));
    await clock.advance(2_000);
    await answer(following(2), taken());
    expect(pausesIn(logged)).toEqual([5_000, 10_000, 5_000, 2_000, 10_000]);
    expect(ended).toEqual([]);
  });

  it("ends with the person's, who wants it tried now", async () => {
    const { asked, events, clock, start, answer } = channel();
    await start();
    await answer(PARKED, html(503, { "Retry-After": "600" }));
    events.recheck();
    await clock.settle();
    expect(asked.filter(({ url }) => url === PARKED)).toHaveLength(2);
  });
});
