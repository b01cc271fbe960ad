import { describe, expect, it } from "vitest";
import { verify } from "./verify.ts";
import { Scenario } from "./scenario.ts";

const HOUR_MS = 3_600_000;

describe("somebody who leaves the machine awake for three hours", () => {
  it(
    "is not reported as active, so the server ends the application; the next invitation still rings",
    { tags: ["activity-silence"] },
    async () => {
      let present = true;
      const scenario = new Scenario({ present: () => present });
      await scenario.pass(10 * 60_000);
      const requests = () => scenario.wire.server.control.state().requests;
      const first = scenario.wire.server.control.state().applications.map(({ id }) => id);
      present = false;
      const reported = () => requests().filter(({ endpoint }) => endpoint === "reportMyActivity").length;
      const before = reported();
      expect(before).toBeGreaterThan(0);
      await scenario.pass(3 * HOUR_MS);
      expect(reported()).toBeLessThanOrEqual(before);
      const later = scenario.wire.server.control.state().applications.map(({ id }) => id);
      expect(later).toHaveLength(1);
      expect(later).not.toEqual(first);
      expect(scenario.log.filter((line) => line.includes('"cause":"inactive"')).length).toBeGreaterThan(0);
      await scenario.take({ do: "invite", rings: 25_300, wait: 500 });
      expect(scenario.bell.state.invitations.map(({ state }) => state)).toEqual(["ringing"]);
      await scenario.end();
      verify(scenario);
    },
  );
});
