import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, median, spread } from "./statistics.ts";

const samples = fc.array(fc.double({ min: 0.001, max: 1e9, noNaN: true }), { minLength: 1 });

describe("the statistics of a measurement", () => {
  it("takes the middle one of an odd number and the middle of the two of an even one, by size", () => {
    expect(median([100, 9, 20])).toBe(20);
    expect(median([100, 9, 20, 30])).toBe(25);
  });

  it("has no median of nothing", () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => spread([])).toThrow(RangeError);
  });

  it("keeps at most half of the samples on either side of the median, and leaves their order alone", () => {
    fc.assert(
      fc.property(samples, (values) => {
        const before = [...values];
        const middle = median(values);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values).toEqual(before);
      }),
    );
  });

  it("spans every value by its spread", () => {
    fc.assert(
      fc.property(samples, (values) => {
        const { min, median: middle, max } = spread(values);
        for (const value of values) expect(value >= min && value <= max).toBe(true);
        expect(middle >= min && middle <= max).toBe(true);
      }),
    );
  });

  it("takes the ratio inside each round, so that a slow round does not look like a slow client", () => {
    const { ratio, client } = compare([
      { client: [12], floor: [10] },
      { client: [1200], floor: [1000] },
      { client: [36], floor: [30] },
    ]);
    expect(ratio).toEqual({ min: 1.2, median: 1.2, max: 1.2 });
    expect(client).toEqual({ min: 12, median: 36, max: 1200 });
  });

  it("does not let one sample of a round carry it away", () => {
    expect(compare([{ client: [2, 2, 9000], floor: [1, 1, 1] }]).ratio.max).toBe(2);
  });

  it("tells the bare socket apart from the floor", () => {
    expect(compare([{ client: [4], floor: [2] }]).bare).toBeNull();
    expect(compare([{ client: [4], floor: [2], bare: [1] }])).toMatchObject({
      bare: { median: 1 },
      ratio: { median: 2 },
    });
  });
});
