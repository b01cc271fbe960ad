import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { contains, type ScreenView } from "../window/area.ts";
import { toastBounds, toastScreen } from "./toast-bounds.ts";

const coordinate = fc.integer({ min: -8_000, max: 8_000 });
const length = fc.integer({ min: 1, max: 6_000 });
const screens = fc.uniqueArray(
  fc.record({
    id: fc.integer(),
    workArea: fc.record({ x: coordinate, y: coordinate, width: length, height: length }),
  }),
  { minLength: 1, maxLength: 5, selector: ({ id }) => id },
);
const point = fc.record({ x: coordinate, y: coordinate });
const platform = fc.constantFrom<NodeJS.Platform>("linux", "win32", "darwin");

const left: ScreenView = { id: 1, workArea: { x: 0, y: 0, width: 1000, height: 800 } };
const right: ScreenView = { id: 2, workArea: { x: 1000, y: 0, width: 1000, height: 800 } };

describe("the place of the toast", () => {
  it("is in the corner of the system's own notifications", () => {
    const screen = { x: 1920, y: 30, width: 1280, height: 700 };
    expect(toastBounds(screen, 184, "linux")).toEqual({ x: 2808, y: 42, width: 380, height: 184 });
    expect(toastBounds(screen, 184, "win32")).toEqual({ x: 2808, y: 534, width: 380, height: 184 });
    expect(toastBounds(screen, 5_000, "linux").height).toBe(676);
    expect(toastBounds({ x: 0, y: 0, width: 300, height: 400 }, 184, "darwin")).toMatchObject({
      x: 0,
      width: 300,
    });
  });

  it("is always within some screen, whatever screens there are and wherever it was before", () => {
    fc.assert(
      fc.property(
        screens,
        fc.option(fc.integer()),
        fc.option(point),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        platform,
        (list, shownOn, pointer, height, system) => {
          const screen = toastScreen(list, shownOn, pointer);
          const bounds = toastBounds(screen!.workArea, height, system);
          expect(list.some(({ workArea }) => contains(workArea, bounds))).toBe(true);
          expect(bounds.width).toBeGreaterThan(0);
          expect(bounds.height).toBeGreaterThan(0);
        },
      ),
    );
  });

  it("is on the screen with the pointer when it comes up", () => {
    expect(toastScreen([left, right], null, { x: 1_500, y: 20 })).toBe(right);
    expect(toastScreen([left, right], null, { x: 5, y: 795 })).toBe(left);
  });

  it("is on the nearest screen while the pointer is on none", () => {
    expect(toastScreen([left, right], null, { x: 2_400, y: 900 })).toBe(right);
  });

  it("is on the first screen where nobody knows the pointer", () => {
    expect(toastScreen([right, left], null, null)).toBe(right);
  });

  it("stays on its screen when the pointer moves on to another", () => {
    expect(toastScreen([left, right], 1, { x: 1_500, y: 20 })).toBe(left);
  });

  it("goes to the pointer's screen when its own is unplugged", () => {
    expect(toastScreen([left], 2, { x: 999, y: 20 })).toBe(left);
  });

  it("is nowhere without a screen", () => {
    expect(toastScreen([], 2, { x: 0, y: 0 })).toBeNull();
  });
});
