import { describe, expect, it } from "vitest";

import { VirtualClock } from "../../testing/virtual-clock.ts";
import { quitOnce } from "./quit.ts";

function rig(work: () => Promise<unknown>) {
  const clock = new VirtualClock();
  let exits = 0;
  const quit = quitOnce(clock, work, () => {
    exits += 1;
  });
  return { clock, quit, exits: () => exits };
}

describe("quitting", () => {
  it("waits for the work, once, however often it is asked", async () => {
    const done = Promise.withResolvers<void>();
    let works = 0;
    const { clock, quit, exits } = rig(() => {
      works += 1;
      return done.promise;
    });
    quit();
    quit();
    await clock.settle();
    expect([works, exits()]).toEqual([1, 0]);
    done.resolve();
    await clock.settle();
    expect([exits(), clock.pending]).toEqual([1, 0]);
  });

  it("does not wait for work that never ends", async () => {
    const { clock, quit, exits } = rig(() => new Promise(() => undefined));
    quit();
    await clock.advance(4_000);
    expect(exits()).toBe(1);
  });

  it("ends after work that failed", async () => {
    const { clock, quit, exits } = rig(() => {
      throw new Error("broken");
    });
    quit();
    await clock.settle();
    expect(exits()).toBe(1);
  });
});
