import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdUnderFaults, holdUndisturbed, verify } from "./verify.ts";
import { Scenario } from "./scenario.ts";
import { tell } from "./tell.ts";
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
    "withdraws what rings by an application that the server has ended, and is online with another",
    { tags: ["recreate-withdraws"] },
    async () => {
      const scenario = new Scenario();
      await scenario.pass(1_000);
      await scenario.take({ do: "invite", rings: 25_300, wait: 2_000 });
      await scenario.take({ do: "kill", status: 404, subcode: "ApplicationNotFound", wait: 2_000 });
      expect(scenario.bell.state.invitations.map(({ state }) => state)).toEqual(["withdrawn"]);
      expect(scenario.bell.state.session.name).toBe("online");
    },
  );

  it(
    "rings on when the server fails to take the answer, and is accepted when it can",
    { tags: ["accept-500"] },
    async () => {
      const scenario = new Scenario();
      await scenario.pass(1_000);
      await scenario.take({ do: "invite", rings: 25_300, wait: 2_000 });
      const fault = { status: 500, subcode: "CallbackChannelError", times: 2 };
      scenario.wire.server.control.addFault({ endpoint: "accept", ...fault });
      await scenario.take({ do: "accept", wait: 2_000 });
      expect(scenario.bell.state.invitations).toMatchObject([{ state: "ringing", canAccept: true }]);
      await scenario.take({ do: "accept", wait: 5_000 });
      expect(scenario.bell.state.invitations).toMatchObject([{ state: "accepted" }]);
    },
  );

  it.each([404, 409, 410])(
    "tells that an accept came too late when it is answered %i, and rings no more",
    { tags: ["accept-too-late"] },
    async (status) => {
      const scenario = new Scenario();
      const { control } = scenario.wire.server;
      await scenario.pass(1_000);
      await scenario.take({ do: "invite", rings: 25_300, wait: 2_000 });
      // No event tells of the end before the answer does.
      control.addFault({ endpoint: "events", status: 503, retryAfter: 60, now: true });
      await scenario.take({ do: "cancel", wait: 0 });
      control.addFault({ endpoint: "accept", status });
      const [invitation] = scenario.bell.state.invitations;
      const receipt = scenario.bell.accept(invitation?.id ?? "");
      await scenario.pass(3_000);
      const error = { code: "gone", message: "The invitation is no longer available." };
      expect(await receipt).toEqual({ ok: false, error });
      expect(scenario.bell.state.invitations[0]?.endedAt).not.toBeNull();
    },
  );

  it.each([
    [500, "ServiceFailure"],
    [504, "ServiceTimeout"],
  ])(
    "rings with all that there is to tell when the server fails the first question after it: %i %s",
    { tags: ["error-service-failure"] },
    async (status, subcode) => {
      const scenario = new Scenario({ linkOnly: true });
      await scenario.pass(1_000);
      scenario.wire.server.control.addFault({ endpoint: "invitation", status, subcode });
      await scenario.take({ do: "invite", rings: 25_300, wait: 1_000 });
      expect(scenario.bell.state.invitations).toMatchObject([{ state: "ringing", canAccept: true }]);
    },
  );

  it(
    "rings no more when the server is asked and the invitation is not there",
    { tags: ["invitation-get-gone"] },
    async () => {
      const scenario = new Scenario();
      await scenario.pass(1_000);
      await scenario.take({ do: "invite", rings: 90_000, wait: 2_000 });
      scenario.wire.server.control.addFault({ endpoint: "invitation", status: 404, times: 9 });
      await scenario.pass(32_000);
      expect(scenario.bell.state.invitations.map(({ state }) => state)).toEqual(["missed"]);
    },
  );

  it("leaves nothing behind when it signs out", async () => {
    const scenario = new Scenario();
    await scenario.pass(1_000);
    await scenario.take({ do: "invite", rings: 25_300, wait: 2_000 });
    await scenario.session.signOut();
    expect(scenario.bell.state.invitations.map(({ state }) => state)).toEqual(["withdrawn"]);
    expect(scenario.wire.server.control.state().applications).toEqual([]);
    expect(scenario.wire.server.control.breaches).toEqual([]);
  });
});
