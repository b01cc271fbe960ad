import { describe, expect, it } from "vitest";
import { judge } from "./judge.ts";
import { Story } from "./story.ts";

const HOUR_MS = 3_600_000;

describe("somebody who leaves the machine awake for three hours", () => {
  it(
    "is not reported as active, so the server ends the application; the next invitation still rings",
    { tags: ["activity-never-pretended", "activity-silence", "recreate-after-inactivity"] },
    async () => {
      let present = true;
      const story = new Story({ present: () => present });
      await story.pass(10 * 60_000);
      const requests = () => story.wire.server.control.state().requests;
      const first = story.wire.server.control.state().applications.map(({ id }) => id);
      present = false;
      const reported = () => requests().filter(({ endpoint }) => endpoint === "reportMyActivity").length;
      const before = reported();
      expect(before).toBeGreaterThan(0);
      await story.pass(3 * HOUR_MS);
      expect(reported()).toBeLessThanOrEqual(before);
      const later = story.wire.server.control.state().applications.map(({ id }) => id);
      expect(later).toHaveLength(1);
      expect(later).not.toEqual(first);
      expect(story.log.filter((line) => line.includes('"cause":"inactive"')).length).toBeGreaterThan(0);
      await story.take({ do: "invite", rings: 25_300, wait: 500 });
      expect(story.bell.state.invitations.map(({ state }) => state)).toEqual(["ringing"]);
      await story.end();
      judge(story);
    },
  );
});
