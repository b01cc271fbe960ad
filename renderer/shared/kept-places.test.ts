import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { keptPlaces } from "./kept-places.ts";

describe("the places of what rings", () => {
  it("are those of what rings, in its order, while the pointer is elsewhere", () => {
    expect(keptPlaces(["a", "b"], ["b", "c"], false)).toEqual(["b", "c"]);
  });

  it("stay while the pointer is over them, and new ones come below", () => {
    expect(keptPlaces(["a", "b"], ["b", "c"], true)).toEqual(["a", "b", "c"]);
    expect(keptPlaces(["a", "b", "c"], ["c"], true)).toEqual(["a", "b", "c"]);
  });

  it("are not kept below the last that rings, where nothing can slide up", () => {
    expect(keptPlaces(["a", "b", "c"], ["a"], true)).toEqual(["a"]);
  });

  it("are gone when nothing rings any more", () => {
    expect(keptPlaces(["a", "b"], [], true)).toEqual([]);
  });

  it("are three where there is room for three, and the oldest have them", () => {
    expect(keptPlaces([], ["a", "b", "c", "d"], false, 3)).toEqual(["a", "b", "c"]);
    expect(keptPlaces(["a", "b", "c"], ["b", "c", "d", "e"], false, 3)).toEqual(["b", "c", "d"]);
  });

  it("are taken by those that have waited, only below what stays where it is while the pointer is over it", () => {
    expect(keptPlaces(["a", "b", "c"], ["b", "c", "d"], true, 3)).toEqual(["a", "b", "c"]);
    expect(keptPlaces(["a", "b", "c"], ["a", "b", "d"], true, 3)).toEqual(["a", "b", "d"]);
    expect(keptPlaces(["a", "b", "c"], ["d", "e", "f", "g"], true, 3)).toEqual(["d", "e", "f"]);
  });

  it("are never more than there is room for, and the same when asked again", () => {
    const ids = fc.uniqueArray(fc.constantFrom<string>("a", "b", "c", "d", "e", "f", "g", "h"));
    fc.assert(
      fc.property(ids, ids, fc.boolean(), (earlier, ringing, over) => {
        const before = earlier.slice(0, 3);
        const places = keptPlaces(before, ringing, over, 3);
        expect(places.length).toBeLessThanOrEqual(3);
        expect(new Set(places).size).toBe(places.length);
        expect(places.some((id) => ringing.includes(id))).toBe(ringing.length > 0);
        expect(keptPlaces(places, ringing, over, 3)).toEqual(places);
        if (!over) return;
        for (const [index, id] of before.entries()) if (ringing.includes(id)) expect(places[index]).toBe(id);
      }),
    );
  });

  it("show everything that rings, once, and move nothing while the pointer is over them", () => {
    const ids = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"));
    fc.assert(
      fc.property(ids, ids, fc.boolean(), (before, ringing, over) => {
        const places = keptPlaces(before, ringing, over);
        expect(new Set(places).size).toBe(places.length);
        expect(places).toEqual(expect.arrayContaining([...ringing]));
        if (!over || ringing.length === 0) return;
        for (const [index, id] of before.entries()) if (ringing.includes(id)) expect(places[index]).toBe(id);
      }),
    );
  });
});
