import { describe, expect, it } from "vitest";
import { verify } from "./verify.ts";
import { Scenario } from "./scenario.ts";
import type { Weather } from "./wire.ts";

const MINUTE_MS = 60_000;

/** A client that is online, and what its session has said since. */
async function online(): Promise<{ scenario: Scenario; states: string[] }> {
  const scenario = new Scenario();
  await scenario.pass(1_000);
  const states: string[] = [];
  scenario.bell.subscribe(({ session }, { session: before }) => {
    if (session !== before) states.push(session.name);
  });
  expect(scenario.bell.state.session.name).toBe("online");
  return { scenario, states };
}

/** Somebody calls; resolves with how long it took to ring. */
async function ringsWithin(scenario: Scenario, limitMs: number): Promise<void> {
  await scenario.take({ do: "invite", rings: 25_300, wait: limitMs });
  expect(scenario.bell.state.invitations.at(-1)?.state).toBe("ringing");
  await scenario.take({ do: "cancel", wait: 2_000 });
}

describe("a proxy that cuts every request after a minute", () => {
  it("is no failure: the session stays online, and whatever comes rings at once", async () => {
    const { scenario, states } = await online();
    await scenario.take({ do: "weather", weather: "impatient", wait: 0 });
    for (let minute = 0; minute < 30; minute++) {
      await ringsWithin(scenario, 100);
      await scenario.pass(2 * MINUTE_MS + minute * 1_000);
    }
    expect(states).toEqual([]);
    await scenario.end();
    verify(scenario);
  });
});

describe("a captive portal", () => {
  it.each<Weather>(["portal", "interception"])(
    "(%s) gets neither a password nor a token, and the bell is back by itself once it lets go",
    async (weather) => {
      const { scenario, states } = await online();
      await scenario.take({ do: "weather", weather, wait: 10 * MINUTE_MS });
      expect(new Set(states)).toEqual(new Set(["reconnecting"]));
      await scenario.take({ do: "weather", weather: "fair", wait: 5 * MINUTE_MS });
      expect(states.at(-1)).toBe("online");
      await ringsWithin(scenario, 100);
      await scenario.end();
      // It also says that nobody but the server was spoken to.
      verify(scenario);
    },
  );

  it("is left at once when the program hears that the network is back", async () => {
    const { scenario, states } = await online();
    await scenario.take({ do: "weather", weather: "portal", wait: 10 * MINUTE_MS });
    scenario.wire.weather = "fair";
    await scenario.wake();
    await scenario.pass(100);
    expect(states.at(-1)).toBe("online");
  });
});

describe("a network that swallows everything", () => {
  it("is noticed by itself: the deaf request is given up when it is older than any hold", async () => {
    const { scenario } = await online();
    // What the server says in this minute is lost, and with it the request that it answered.
    await scenario.take({ do: "weather", weather: "deaf", wait: 0 });
    await scenario.take({ do: "invite", rings: 1_000, wait: MINUTE_MS });
    await scenario.take({ do: "weather", weather: "fair", wait: 4 * MINUTE_MS });
    await ringsWithin(scenario, 100);
    await scenario.end();
    verify(scenario);
  });

  it("is got over at once when the program hears that the machine woke up", async () => {
    const { scenario, states } = await online();
    await scenario.take({ do: "weather", weather: "deaf", wait: 0 });
    await scenario.take({ do: "invite", rings: 1_000, wait: MINUTE_MS });
    scenario.wire.weather = "fair";
    await scenario.wake();
    await ringsWithin(scenario, 100);
    expect(states.filter((name) => name !== "online")).toEqual([]);
    await scenario.end();
    verify(scenario);
  });
});

describe("a wall clock that is set", () => {
  it.each([-2 * 60 * MINUTE_MS, 2 * 60 * MINUTE_MS])(
    "by %i ms keeps nothing from ringing, nor from ending on time",
    async (byMs) => {
      const { scenario, states } = await online();
      await scenario.take({ do: "setClock", byMs, wait: 1_000 });
      await ringsWithin(scenario, 100);
      await scenario.take({ do: "invite", rings: 25_300, wait: 5_000 });
      scenario.machine.setClock(-30 * MINUTE_MS);
      await scenario.take({ do: "cancel", wait: 2_000 });
      expect(scenario.bell.state.invitations.at(-1)?.state).toBe("cancelled");
      expect(states.filter((name) => name !== "online")).toEqual([]);
      await scenario.end();
      verify(scenario);
    },
  );
});
