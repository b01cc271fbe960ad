import { describe, expect, it } from "vitest";
import { verify } from "./verify.ts";
import { Scenario } from "./scenario.ts";
import type { Step } from "./steps.ts";

const NIGHT_MS = 8 * 3_600_000;
/** Long enough for the states of a sign-in to be met one by one. */
const LATENCY_MS = 200;

/** What may be going on when the lid is closed; and how long after it, in steps of 100 ms, it is. */
const SITUATIONS: Readonly<Record<string, { readonly before: readonly Step[]; readonly forMs: number }>> = {
  "signing in": { before: [], forMs: 4_000 },
  ringing: { before: [{ do: "invite", rings: 25_300, wait: 1_000 }], forMs: 2_000 },
  accepting: {
    before: [
      { do: "invite", rings: 25_300, wait: 1_000 },
      { do: "accept", wait: 0 },
    ],
    forMs: 2_000,
  },
  declining: {
    before: [
      { do: "invite", rings: 25_300, wait: 1_000 },
      { do: "decline", wait: 0 },
    ],
    forMs: 1_000,
  },
  "coming back from a lost network": {
    before: [
      { do: "weather", weather: "down", wait: 10_000 },
      { do: "weather", weather: "fair", wait: 0 },
    ],
    forMs: 6_000,
  },
  "waiting for the network": { before: [{ do: "weather", weather: "down", wait: 0 }], forMs: 5_000 },
  "signing in to a server that was started anew": { before: [{ do: "restart", wait: 0 }], forMs: 4_000 },
  "renewing a token": { before: [{ do: "expireTokens", wait: 0 }], forMs: 1_000 },
};

describe("a night of eight hours", () => {
  const met = new Set<string>();

  for (const told of [true, false]) {
    const who = told ? "a program that hears of waking up" : "a program that has to notice by itself";
    it.each(Object.entries(SITUATIONS))(
      `while %s: ${who} is online again, with nothing stale on screen`,
      {
        timeout: 30_000,
      },
      async (name, { before, forMs }) => {
        for (let offset = 0; offset <= forMs; offset += 100) {
          const scenario = new Scenario({ latencyMs: LATENCY_MS });
          if (name !== "signing in") await scenario.pass(5_000);
          for (const step of before) await scenario.take(step);
          await scenario.pass(offset);
          met.add(scenario.bell.state.session.name);
          for (const { state } of scenario.bell.state.invitations) met.add(state);
          await scenario.take({ do: "sleep", ms: NIGHT_MS, told, wait: 0 });
          scenario.wire.weather = "fair";
          // The hold of a request that has gone deaf is the longest that anybody waits.
          await scenario.pass(told ? 15_000 : 6 * 60_000);
          const when = `${name} + ${offset} ms`;
          expect(scenario.bell.state.session.name, when).toBe("online");
          expect(
            scenario.bell.state.invitations.filter(({ endedAt }) => endedAt === null),
            when,
          ).toEqual([]);
          await scenario.take({ do: "invite", rings: 25_300, wait: 2_000 });
          expect(scenario.bell.state.invitations.at(-1)?.state, when).toBe("ringing");
          await scenario.end();
          verify(scenario);
        }
      },
    );
  }

  it("was tried in every state that a session or an invitation passes through", () => {
    const states = [
      "discovering",
      "authenticating",
      "creating",
      "online",
      "reconnecting",
      "ringing",
      "answering",
    ];
    expect([...met]).toEqual(expect.arrayContaining(states));
  });
});
