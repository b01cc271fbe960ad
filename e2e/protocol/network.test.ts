import { describe, expect, it } from "vitest";
import { judge } from "./judge.ts";
import { Story } from "./story.ts";
import type { Weather } from "./wire.ts";

const MINUTE_MS = 60_000;

/** A client that is online, and what its session has said since. */
async function online(): Promise<{ story: Story; states: string[] }> {
  const story = new Story();
  await story.pass(1_000);
  const states: string[] = [];
  story.bell.subscribe(({ session }, { session: before }) => {
    if (session !== before) states.push(session.name);
  });
  expect(story.bell.state.session.name).toBe("online");
  return { story, states };
}

/** Somebody calls; resolves with how long it took to ring. */
async function ringsWithin(story: Story, limitMs: number): Promise<void> {
  await story.take({ do: "invite", rings: 25_300, wait: limitMs });
  expect(story.bell.state.invitations.at(-1)?.state).toBe("ringing");
  await story.take({ do: "cancel", wait: 2_000 });
}

describe("a proxy that cuts every request after a minute", () => {
  it("is no failure: the session stays online, and whatever comes rings at once", async () => {
    const { story, states } = await online();
    await story.take({ do: "weather", weather: "impatient", wait: 0 });
    for (let minute = 0; minute < 30; minute++) {
      await ringsWithin(story, 100);
      await story.pass(2 * MINUTE_MS + minute * 1_000);
    }
    expect(states).toEqual([]);
    await story.end();
    judge(story);
  });
});

describe("a captive portal", () => {
  it.each<Weather>(["portal", "interception"])(
    "(%s) gets neither a password nor a token, and the bell is back by itself once it lets go",
    async (weather) => {
      const { story, states } = await online();
      await story.take({ do: "weather", weather, wait: 10 * MINUTE_MS });
      expect(new Set(states)).toEqual(new Set(["reconnecting"]));
      await story.take({ do: "weather", weather: "fair", wait: 5 * MINUTE_MS });
      expect(states.at(-1)).toBe("online");
      await ringsWithin(story, 100);
      await story.end();
      // It also says that nobody but the server was spoken to.
      judge(story);
    },
  );

  it("is left at once when the program hears that the network is back", async () => {
    const { story, states } = await online();
    await story.take({ do: "weather", weather: "portal", wait: 10 * MINUTE_MS });
    story.wire.weather = "fair";
    await story.wake();
    await story.pass(100);
    expect(states.at(-1)).toBe("online");
  });
});

describe("a network that swallows everything", () => {
  it(
    "is noticed by itself: the deaf request is given up when it is older than any hold",
    { tags: ["client-limit", "unread-answer-kept"] },
    async () => {
      const { story } = await online();
      // What the server says in this minute is lost, and with it the request that it answered.
      await story.take({ do: "weather", weather: "deaf", wait: 0 });
      await story.take({ do: "invite", rings: 1_000, wait: MINUTE_MS });
      await story.take({ do: "weather", weather: "fair", wait: 4 * MINUTE_MS });
      await ringsWithin(story, 100);
      await story.end();
      judge(story);
    },
  );

  it("is got over at once when the program hears that the machine woke up", async () => {
    const { story, states } = await online();
    await story.take({ do: "weather", weather: "deaf", wait: 0 });
    await story.take({ do: "invite", rings: 1_000, wait: MINUTE_MS });
    story.wire.weather = "fair";
    await story.wake();
    await ringsWithin(story, 100);
    expect(states.filter((name) => name !== "online")).toEqual([]);
    await story.end();
    judge(story);
  });
});

describe("a wall clock that is set", () => {
  it.each([-2 * 60 * MINUTE_MS, 2 * 60 * MINUTE_MS])(
    "by %i ms keeps nothing from ringing, nor from ending on time",
    async (byMs) => {
      const { story, states } = await online();
      await story.take({ do: "setClock", byMs, wait: 1_000 });
      await ringsWithin(story, 100);
      await story.take({ do: "invite", rings: 25_300, wait: 5_000 });
      story.machine.setClock(-30 * MINUTE_MS);
      await story.take({ do: "cancel", wait: 2_000 });
      expect(story.bell.state.invitations.at(-1)?.state).toBe("cancelled");
      expect(states.filter((name) => name !== "online")).toEqual([]);
      await story.end();
      judge(story);
    },
  );
});
