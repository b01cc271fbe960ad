import { describe, expect, it } from "vitest";
import { html, json } from "../../testing/servers/scripted-server.ts";
import { APPLICATION, channel, following, news, PARKED, pausesIn, taken } from "./testing/held-channel.ts";

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
