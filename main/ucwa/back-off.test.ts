import { expect, it } from "vitest";

import { VirtualClock } from "../testing/virtual-clock.ts";
import { Pause } from "./back-off.ts";

it("waits that go on at the same time are all ended by a word, and each by its own time", async () => {
  const clock = new VirtualClock();
  const pause = new Pause(clock);
  const { signal } = new AbortController();
  const ended: string[] = [];
  const wait = (name: string, ms: number) => void pause.wait(ms, signal).then(() => ended.push(name));
  wait("short", 1_000);
  wait("long", 5_000);
  await clock.advance(1_000);
  expect([ended, pause.waiting]).toEqual([["short"], true]);
  wait("other", 5_000);
  pause.end();
  await clock.settle();
  expect([ended, pause.waiting, clock.pending]).toEqual([["short", "long", "other"], false, 0]);
});
