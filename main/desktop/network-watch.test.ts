import { describe, expect, it } from "vitest";

import { VirtualClock } from "../testing/virtual-clock.ts";
import { NetworkWatch } from "./network-watch.ts";

function watching() {
  const clock = new VirtualClock();
  const seen = { online: true, looks: 0, returns: 0 };
  const watch = new NetworkWatch({
    clock,
    isOnline: () => {
      seen.looks += 1;
      return seen.online;
    },
    back: () => void (seen.returns += 1),
  });
  return { clock, seen, watch };
}

describe("the watch over the network", () => {
  it("tells each return, and nothing else, though no page tells it anything", async () => {
    const { clock, seen, watch } = watching();
    await clock.advance(300_000);
    seen.online = false;
    await clock.advance(300_000);
    expect(seen.returns).toBe(0);
    seen.online = true;
    await clock.advance(300_000);
    expect(seen.returns).toBe(1);
    watch.dispose();
    seen.online = false;
    watch.told();
    expect(clock.pending).toBe(0);
  });

  it("tells a return at once when a page saw the network go and come", () => {
    const { seen, watch } = watching();
    seen.online = false;
    watch.told();
    seen.online = true;
    watch.told();
    expect(seen.returns).toBe(1);
  });

  it("believes no page, and finds out soon what a page knew first", async () => {
    const { clock, seen, watch } = watching();
    watch.told();
    watch.told();
    expect(seen.returns).toBe(0);
    seen.online = false;
    await clock.advance(5_000);
    seen.online = true;
    await clock.advance(5_000);
    expect(seen.returns).toBe(1);
  });

  it("looks every five minutes while all is well, and every five seconds while the network is away", async () => {
    const { clock, seen } = watching();
    seen.looks = 0;
    await clock.advance(5 * 300_000);
    expect(seen.looks).toBe(5);
    seen.online = false;
    await clock.advance(300_000);
    seen.looks = 0;
    await clock.advance(60_000);
    expect(seen.looks).toBe(12);
  });
});
