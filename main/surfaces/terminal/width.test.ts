import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, folded, truncate } from "./width.ts";

describe("The width of a text on a terminal", () => {
  it.each([
    ["Lena", 4],
    ["", 0],
    ["Jürgen", 6],
    ["Ju\u0308rgen", 6],
    ["王小明", 6],
    ["ｶﾅ", 2],
    ["한국", 4],
    ["🔔", 2],
    ["👩‍👩‍👧", 2],
    ["❤️", 2],
    ["\u200B", 0],
  ])("of %j is %i columns", (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  it.each([
    ["Lena Berg", 20, "Lena Berg"],
    ["Lena Berg", 9, "Lena Berg"],
    ["Lena Berg", 8, "Lena Be…"],
    ["王小明", 5, "王小…"],
    ["王小明", 4, "王…"],
    ["Lena", 1, "…"],
    ["Lena", 0, ""],
  ])("%j in %i columns is %j", (text, columns, cut) => {
    expect(truncate(text, columns)).toBe(cut);
  });

  it("is never exceeded by a truncated text, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, columns) => {
        const cut = truncate(text, columns);
        expect(columnsOf(cut)).toBeLessThanOrEqual(columns);
        if (columnsOf(text) <= columns) expect(cut).toBe(text);
      }),
    );
  });

  it.each([
    ["Trust https://x? [y/N]", 40, ["Trust https://x? [y/N]"]],
    ["Trust https://x? [y/N]", 10, ["Trust", "https://x?", "[y/N]"]],
    ["Trust https://x? [y/N]", 8, ["Trust ht", "tps://x?", "[y/N]"]],
    ["王小明?", 4, ["王小", "明?"]],
    ["", 4, [""]],
  ])("%j in rows of %i columns is %j", (text, columns, rows) => {
    expect(folded(text, columns)).toEqual(rows);
  });

  it("is in no row exceeded, and nothing is lost but blanks, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 30 }), (text, columns) => {
        const rows = folded(text, columns);
        for (const row of rows) expect(columnsOf(row)).toBeLessThanOrEqual(columns);
        expect(rows.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
      }),
    );
  });
});
