import { describe, expect, it } from "vitest";
import { holdUnderFaults, verify } from "../protocol/verify.ts";
import { Scenario } from "../protocol/scenario.ts";

const HOUR_MS = 3_600_000;

describe("the promise, for as long as it takes to believe it", () => {
  it("holds under ten thousand random schedules of failures", { timeout: 20 * 60_000 }, async () => {
    await holdUnderFaults(10_000);
  });

  it(
    "holds over a month of office days, nights asleep, and a server that is started anew every third day",
    { timeout: 10 * 60_000 },
    async () => {
      const scenario = new Scenario();
      const answers = ["accept", "decline", "cancel", "answerElsewhere", "tryNow"] as const;
      let calls = 0;
      await scenario.pass(1_000);
      for (let day = 0; day < 30; day++) {
        for (let hour = 0; hour < 10; hour++) {
          await scenario.take({ do: "invite", rings: 25_300, wait: 6_000 });
          await scenario.take({ do: answers[calls++ % answers.length] ?? "tryNow", wait: HOUR_MS - 6_000 });
        }
        if (day % 3 === 2) await scenario.take({ do: "restart", wait: HOUR_MS / 60 });
        await scenario.take({ do: "sleep", ms: 14 * HOUR_MS, told: day % 2 === 0, wait: HOUR_MS / 6 });
      }
      await scenario.end();
      verify(scenario);
      expect(scenario.calls.filter(({ disturbed, calmMs }) => !disturbed && calmMs > 5_000)).toHaveLength(
        calls,
      );
      await scenario.session.signOut();
      expect(scenario.wire.server.control.state().applications).toEqual([]);
    },
  );
});
