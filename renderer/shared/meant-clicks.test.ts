import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";

import { MeantClicks, SETTLE_MS, type Control, type Place } from "./meant-clicks.ts";

const PLACE: Place = { left: 20, top: 100, width: 90, height: 34 };
const accept = { name: "accept" };
const decline = { name: "decline" };

let clicks: MeantClicks;

beforeEach(() => {
  clicks = new MeantClicks();
});

function look(now: number, places: ReadonlyArray<readonly [Control, Place]> = [[accept, PLACE]]): void {
  clicks.look(new Map(places), now);
}

/** A press and a release at the same time, on the control. */
function click(at: number, detail = 1, control: Control = accept): boolean {
  if (detail > 0) clicks.pressed(control, { detail, at });
  return clicks.isMeant(control, { detail, at });
}

/** One that no other was made before. */
function firstClick(at: number): boolean {
  return clicks.isMeant(accept, { detail: 1, at });
}

describe("a click by pointer", () => {
  it("is meant from half a second after the button came", () => {
    look(1_000);
    expect(firstClick(1_000)).toBe(false);
    expect(firstClick(1_499)).toBe(false);
    expect(firstClick(1_500)).toBe(true);
  });

  it("is not meant when it was made before the button came, however late it arrives", () => {
    look(1_000);
    look(9_000);
    expect(click(990)).toBe(false);
  });

  it("is not meant for half a second after the button moved", () => {
    look(1_000);
    look(5_000, [[accept, { ...PLACE, top: 300 }]]);
    expect(firstClick(5_499)).toBe(false);
    expect(firstClick(5_500)).toBe(true);
  });

  it("is meant when everything but the button moved", () => {
    look(1_000);
    look(5_000, [
      [accept, { ...PLACE, top: PLACE.top + 0.3 }],
      [decline, { ...PLACE, top: 300 }],
    ]);
    expect(click(5_100)).toBe(true);
    expect(click(5_100, 1, decline)).toBe(false);
  });

  it("is not meant for half a second after the whole window came up or moved", () => {
    look(1_000);
    clicks.windowPlaced(8_000);
    expect(firstClick(8_499)).toBe(false);
    expect(firstClick(8_500)).toBe(true);
  });

  it("is not meant when it is the second of a double click, or the third", () => {
    look(1_000);
    expect(click(5_000, 1)).toBe(true);
    expect(click(5_150, 2)).toBe(false);
    expect(click(5_300, 3)).toBe(false);
    expect(click(6_000, 1)).toBe(true);
  });

  it("is not meant when it is one more of a hurried row, though browsers count a row of four as three and one", () => {
    look(1_000);
    for (const [index, detail] of [1, 2, 3, 1, 2, 3, 1].entries())
      expect(click(1_100 + index * 150, detail), String(index)).toBe(false);
    expect(click(2_600, 1)).toBe(true);
  });

  it("goes by the press: a finger that was down before is not meant, however late it goes up", () => {
    look(1_000);
    clicks.pressed(accept, { detail: 1, at: 1_100 });
    expect(clicks.isMeant(accept, { detail: 1, at: 2_000 })).toBe(false);
  });

  it("is not meant on a button that went and came back", () => {
    look(1_000);
    look(3_000, []);
    expect(firstClick(3_100)).toBe(false);
    look(4_000);
    expect(firstClick(4_100)).toBe(false);
    expect(firstClick(4_500)).toBe(true);
  });
});

describe("a click by key or screen reader", () => {
  it("is meant from half a second after the button came, wherever it has moved since", () => {
    look(1_000);
    expect(click(1_499, 0)).toBe(false);
    look(1_450, [[accept, { ...PLACE, top: 300 }]]);
    expect(click(1_500, 0)).toBe(true);
    expect(clicks.settledAt(accept)).toBe(1_950);
  });

  it("is not measured by an earlier press of the pointer", () => {
    clicks.pressed(null, { detail: 1, at: 100 });
    look(1_000);
    expect(click(2_000, 0)).toBe(true);
  });
});

describe("the second press of a double click", () => {
  it("belongs to what the first was on, and to nothing that slid under the pointer meanwhile", () => {
    clicks.pressed(accept, { detail: 1, at: 1_000 });
    expect(clicks.isItsOwn(decline, 2)).toBe(false);
    expect(clicks.isItsOwn(accept, 2)).toBe(true);
    clicks.pressed(null, { detail: 1, at: 3_000 });
    expect(clicks.isItsOwn(decline, 2)).toBe(false);
    expect(clicks.isItsOwn(null, 2)).toBe(true);
    expect(clicks.isItsOwn(decline, 1)).toBe(true);
  });
});

it("no click by pointer is ever meant within half a second of a change of its button, or of another click on it", () => {
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 900 }),
    what: fc.constantFrom("look", "move", "remove", "window", "click", "doubleClick"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      clicks = new MeantClicks();
      let now = 0;
      let top = 0;
      let changedAt = Infinity;
      let there = false;
      let pressedAt = -Infinity;
      for (const { wait, what } of steps) {
        now += wait;
        if (what === "look" || what === "move") {
          if (what === "move") top += 10;
          if (what === "move" || !there) changedAt = now;
          there = true;
          look(now, [[accept, { ...PLACE, top }]]);
        } else if (what === "remove") {
          there = false;
          look(now, []);
        } else if (what === "window") {
          clicks.windowPlaced(now);
          changedAt = now;
        } else {
          const calm = now - changedAt >= SETTLE_MS && now - pressedAt >= SETTLE_MS;
          pressedAt = now;
          expect(click(now, what === "click" ? 1 : 2)).toBe(what === "click" && there && calm);
        }
      }
    }),
  );
});
