import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { contains, type ScreenView } from "./area.ts";
import { boundsOnScreen, firstPlace } from "./window-bounds.ts";

const coordinate = fc.integer({ min: -8_000, max: 8_000 });
const length = fc.integer({ min: 2, max: 6_000 });
const area = fc.record({ x: coordinate, y: coordinate, width: length, height: length });
const screens = fc.array(fc.record({ id: fc.integer(), workArea: area }), { minLength: 1, maxLength: 5 });

const left: ScreenView = { id: 1, workArea: { x: 0, y: 0, width: 1000, height: 800 } };
const right: ScreenView = { id: 2, workArea: { x: 1000, y: 0, width: 1000, height: 800 } };
const wished = { width: 400, height: 620 };
const least = { width: 320, height: 380 };
const panel = { x: 1_200, y: 100, width: 400, height: 620 };

describe("the place of a window", () => {
  it("is at first in the middle of the screen with the pointer, with room for a title bar", () => {
    expect(firstPlace([left, right], { x: 1_500, y: 20 }, wished, least)).toEqual({
      x: 1_300,
      y: 110,
      ...wished,
      minWidth: 320,
      minHeight: 380,
    });
  });

  it("is no taller than a small screen, such as one of 1280 by 800 at scale 2", () => {
    const small = { id: 1, workArea: { x: 0, y: 0, width: 640, height: 400 } };
    expect(firstPlace([small], { x: 0, y: 0 }, wished, least)).toEqual({
      x: 120,
      y: 40,
      width: 400,
      height: 360,
      minWidth: 320,
      minHeight: 360,
    });
  });

  it("stays where a person has put it, as long as all of it is on a screen", () => {
    expect(boundsOnScreen([left, right], panel)).toBeNull();
  });

  it("is brought back, at its size, when its screen is unplugged", () => {
    expect(boundsOnScreen([left], panel)).toEqual({ x: 600, y: 100, width: 400, height: 620 });
  });

  it("goes to the screen that shows most of it", () => {
    const across = { ...panel, x: 850, y: 700 };
    expect(boundsOnScreen([left, right], across)).toMatchObject({ x: 1_000, y: 180 });
  });

  it("is always within some screen afterwards", () => {
    fc.assert(
      fc.property(screens, area, (list, bounds) => {
        const placed = boundsOnScreen(list, bounds) ?? bounds;
        expect(list.some(({ workArea }) => contains(workArea, placed))).toBe(true);
        const first = firstPlace(list, bounds, wished, least)!;
        expect(list.some(({ workArea }) => contains(workArea, first))).toBe(true);
      }),
    );
  });

  it("is left alone where there is no screen", () => {
    expect(boundsOnScreen([], panel)).toBeNull();
    expect(firstPlace([], { x: 0, y: 0 }, wished, least)).toBeUndefined();
  });
});
