import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { contains } from "../window/area.ts";
import { toastShape } from "./toast-shape.ts";

describe("the shape of the toast", () => {
  it("lacks its corners, and nothing else", () => {
    const shape = toastShape({ width: 380, height: 200 });
    const has = (x: number, y: number) => shape.some((area) => contains(area, { x, y, width: 1, height: 1 }));
    for (const x of [0, 379]) for (const y of [0, 199]) expect(has(x, y)).toBe(false);
    for (const [x, y] of [
      [12, 0],
      [367, 199],
      [0, 12],
      [379, 187],
      [4, 4],
      [375, 195],
      [190, 100],
    ] as const)
      expect(has(x, y), `${x}, ${y}`).toBe(true);
  });

  it("has each row of the window once, and nothing outside it", () => {
    const size = fc.record({
      width: fc.integer({ min: 1, max: 400 }),
      height: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(size, ({ width, height }) => {
        const shape = toastShape({ width, height }).filter((area) => area.height > 0);
        const rows = shape.flatMap(({ y, height: rest }) =>
          Array.from({ length: rest }, (_, row) => y + row),
        );
        expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: height }, (_, row) => row));
        for (const area of shape) {
          expect(area.width).toBeGreaterThan(0);
          expect(contains({ x: 0, y: 0, width, height }, area)).toBe(true);
        }
      }),
    );
  });
});
