import { describe, expect, it } from "vitest";
import { html, json } from "../../testing/servers/scripted-server.ts";
import { channel, following, INVITATION, news, PARKED } from "./testing/held-channel.ts";

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
      await answer(`${following(3)}&timeout=180&medium=5&low=60`, news(4, "resync"));
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
