import { describe, expect, it } from "vitest";
import { error } from "../../testing/servers/scripted-server.ts";
import { channel, following, heartbeat, news, PARKED } from "./testing/held-channel.ts";

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
