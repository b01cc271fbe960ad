import { describe, expect, it } from "vitest";

import { VirtualClock } from "../../testing/virtual-clock.ts";
import { PageReload } from "./page-reload.ts";

function rig() {
  const clock = new VirtualClock();
  const seen = { loads: 0, givenUp: 0 };
  const reload = new PageReload({
    clock,
    load: () => (seen.loads += 1),
    gaveUp: () => (seen.givenUp += 1),
  });
  /** Every page dies at once, until nothing is loaded any more. */
  const dieOut = async (): Promise<readonly (number | null)[]> => {
    const delays: (number | null)[] = [];
    for (let delay = reload.died(); ; delay = reload.died()) {
      delays.push(delay);
      if (delay === null) return delays;
      await clock.advance(delay);
    }
  };
  return { clock, seen, reload, dieOut };
}

describe("a page that dies", () => {
  it("is loaded when it is first asked for, and not twice", () => {
    const { seen, reload } = rig();
    expect(seen.loads).toBe(0);
    reload.retry();
    reload.retry();
    expect(seen).toEqual({ loads: 1, givenUp: 0 });
  });

  it("is loaded again, later each time, and given up after eight deaths in a row", async () => {
    const { clock, seen, reload, dieOut } = rig();
    reload.retry();
    expect(await dieOut()).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, null]);
    expect(seen).toEqual({ loads: 9, givenUp: 1 });
    await clock.advance(600_000);
    expect(seen.loads).toBe(9);
    expect(clock.pending).toBe(0);
  });

  it("has a new chance of eight when somebody wants it again", async () => {
    const { seen, reload, dieOut } = rig();
    reload.retry();
    const first = await dieOut();
    reload.retry();
    expect(await dieOut()).toEqual(first);
    expect(seen).toEqual({ loads: 18, givenUp: 2 });
  });

  it("is never given up while it lives for half a minute at a time", async () => {
    const { clock, seen, reload } = rig();
    reload.retry();
    for (let death = 0; death < 50; death++) {
      await clock.advance(30_000);
      expect(reload.died()).toBe(100);
      await clock.advance(100);
    }
    expect(seen.givenUp).toBe(0);
  });

  it("dies once, however often that is told", async () => {
    const { clock, seen, reload, dieOut } = rig();
    reload.retry();
    expect(reload.died()).toBe(100);
    expect(reload.died()).toBeNull();
    await clock.advance(100);
    expect(seen.loads).toBe(2);
    await dieOut();
    expect(reload.died()).toBeNull();
    expect(seen.givenUp).toBe(1);
  });

  it("is not loaded into a window that is gone", async () => {
    const { clock, seen, reload } = rig();
    reload.retry();
    reload.died();
    reload.dispose();
    await clock.advance(600_000);
    expect(seen.loads).toBe(1);
  });
});
