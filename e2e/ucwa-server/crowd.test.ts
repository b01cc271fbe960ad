import { describe, expect, it } from "vitest";
import { virtualServer } from "./testing/client.ts";
import { ringsInMemory, ringsOverSockets } from "./testing/crowd.ts";

// A thousand of them are for the soak, e2e/soak/crowd.soak.ts: they take ten seconds.
const COUNT = 150;

describe("a crowd", () => {
  it("of endpoints of one user is parked, rings, and stops when one answers", () => ringsInMemory(COUNT));

  it("of endpoints is parked over sockets of their own, and rings", () => ringsOverSockets(COUNT));

  it("fifty thousand timers are set and cancelled in no time", async () => {
    const server = virtualServer();
    const { clock } = server;
    const started = performance.now();
    const stops = Array.from({ length: 50_000 }, (_, index) => clock.after(index, () => {}));
    for (const stop of stops) stop();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
