import { describe, expect, it } from "vitest";
import { lineLogger } from "../platform/logger.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { systemNotifications } from "./notifications.ts";
import { FakeCore } from "./testing/fakes.ts";

describe("Notifications of the command line", () => {
  it("exist on Linux only", () => {
    expect(systemNotifications("darwin", {}, new VirtualClock())).toBeNull();
    expect(systemNotifications("win32", {}, new VirtualClock())).toBeNull();
  });

  it("say that invitations ring in the terminal only where there is no session bus, and end without one", async () => {
    const clock = new VirtualClock();
    const open = systemNotifications("linux", {}, clock);
    const problems: (string | null)[] = [];
    const logger = lineLogger("error", clock, (line) => problems.push(line));
    const notifications = open?.(new FakeCore().bell, (problem) => problems.push(problem), logger);
    await clock.advance(1_000);
    expect(problems).toEqual([expect.stringMatching(/^[A-Z].*\. Invitations ring here only\.$/)]);
    await notifications?.dispose();
    expect(clock.pending).toBe(0);
  });
});
