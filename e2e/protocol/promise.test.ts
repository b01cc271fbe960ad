import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdUnderFaults, holdUndisturbed, verify } from "./verify.ts";
import { Scenario, tell } from "./scenario.ts";
import { anyStep } from "./steps.ts";

describe("the promise", () => {
  it("holds when nothing goes wrong", async () => {
    const scenario = await tell([
      { do: "invite", rings: 25_300, wait: 6_000 },
      { do: "accept", wait: 10_000 },
      { do: "invite", rings: 25_300, wait: 6_000 },
      { do: "decline", wait: 10_000 },
      { do: "invite", rings: 25_300, wait: 6_000 },
      { do: "cancel", wait: 10_000 },
      { do: "invite", rings: 25_300, wait: 6_000 },
      { do: "answerElsewhere", wait: 10_000 },
      { do: "invite", rings: 25_300, wait: 6_000 },
      { do: "forward", wait: 10_000 },
      { do: "invite", rings: 25_300, wait: 30_000 },
    ]);
    verify(scenario);
    expect([...scenario.told.values()].map((versions) => versions.at(-1)?.state)).toEqual([
      "accepted",
      "declined",
      "cancelled",
      "answeredElsewhere",
      "forwarded",
      "missed",
    ]);
  });

  it(
    "holds under random failures of the network, the server and the machine",
    { timeout: 120_000 },
    async () => {
      await holdUnderFaults(300);
    },
  );

  it("holds to the letter when people alone are at work", { timeout: 60_000 }, async () => {
    await holdUndisturbed(100);
  });

  it("is kept or broken in the same way each time: the same schedule gives the same trace", async () => {
    for (const steps of fc.sample(fc.array(anyStep, { minLength: 10, maxLength: 15 }), 20)) {
      const [first, second] = [await tell(steps), await tell(steps)];
      expect(second.log).toEqual(first.log);
    }
  });

  it(
    "leaves nothing behind when it signs out",
    { tags: ["delete-application", "end-sign-out"] },
    async () => {
      const scenario = new Scenario();
      await scenario.pass(1_000);
      await scenario.take({ do: "invite", rings: 25_300, wait: 2_000 });
      await scenario.session.signOut();
      expect(scenario.bell.state.invitations.map(({ state }) => state)).toEqual(["withdrawn"]);
      expect(scenario.wire.server.control.state().applications).toEqual([]);
      expect(scenario.wire.server.control.breaches).toEqual([]);
    },
  );
});
