import { describe, expect, it } from "vitest";

import { VirtualClock } from "../testing/virtual-clock.ts";
import { watchNetwork } from "./network-watch.ts";

describe("the watch over the network", () => {
  it("tells each return, and nothing else", async () => {
    const clock = new VirtualClock();
    let online = true;
    let returns = 0;
    const stop = watchNetwork(
      clock,
      () => online,
      () => {
        returns += 1;
      },
    );
    await clock.advance(60_000);
    online = false;
    await clock.advance(60_000);
    expect(returns).toBe(0);
    online = true;
    await clock.advance(60_000);
    expect(returns).toBe(1);
    stop();
    expect(clock.pending).toBe(0);
  });
});
