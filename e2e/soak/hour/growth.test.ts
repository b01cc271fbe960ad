import { expect, it } from "vitest";
import { growthOf } from "./growth.ts";

/** A sample a minute of an hour. */
const hour = (bytesAt: (minute: number) => number) =>
  Array.from({ length: 61 }, (_, minute) => ({ minute, bytes: bytesAt(minute) }));

it("growth compares the minutes from 15 to 20 with the last five, and nothing else counts", () => {
  const samples = hour((minute) => {
    if (minute < 15) return 1;
    if (minute <= 20) return 1_000;
    return minute < 55 ? 9_000 : 1_010;
  });
  expect(growthOf(samples, 60)).toEqual({ before: 1_000, after: 1_010, share: 0.01 });
});

it("one odd sample in a window changes nothing", () => {
  const samples = hour((minute) => (minute === 17 ? 5 : minute === 58 ? 9_000 : 1_000));
  expect(growthOf(samples, 60).share).toBe(0);
});

it("growth of what was never measured is no number, which is below no limit", () => {
  expect(growthOf([], 60).share).toBeNaN();
});
