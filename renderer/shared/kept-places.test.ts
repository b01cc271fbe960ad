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
