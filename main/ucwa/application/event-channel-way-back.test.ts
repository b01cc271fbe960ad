import { describe, expect, it } from "vitest";
import { error, html, json } from "../../testing/servers/scripted-server.ts";
import { APPLICATION, channel, news, PARKED, pausesIn } from "./testing/held-channel.ts";

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
    expect(told.slice(4)).toEqual(["1 events"]);
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
