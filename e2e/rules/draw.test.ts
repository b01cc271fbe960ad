import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawRules, tellDraw } from "./draw.ts";
import type { Section } from "./rule.ts";

const of = (...ids: string[]): Section => ({
  title: "Discovery",
  rules: ids.map((id) => ({ id, page: "RootURL", rule: `Of ${id}.`, noServer: "Nobody asks." })),
});
const SECTIONS = [of("a", "b", "c"), of("d", "e")];

describe("rules that are drawn", () => {
  it("are as many as were asked for, or all, each once, and the same for the same seed", () => {
    fc.assert(
      fc.property(fc.nat(8), fc.integer(), (count, seed) => {
        const ids = drawRules(SECTIONS, { count, seed }).map(({ id }) => id);
        expect(new Set(ids).size).toBe(Math.min(count, 5));
        expect(drawRules(SECTIONS, { count, seed }).map(({ id }) => id)).toEqual(ids);
      }),
    );
  });

  it("are others for other seeds, until every rule has had its turn", () => {
    const drawn = Array.from({ length: 100 }, (_, seed) => drawRules(SECTIONS, { count: 1, seed })[0]?.id);
    expect(new Set(drawn).size).toBe(5);
  });

  it("are told with the seed, and of each side the test or the reason for none", () => {
    const proofs = [{ rule: "a", file: "main/a.test.ts", name: "proves a", cases: 2 }];
    expect(tellDraw([of("a")], proofs, { count: 3, seed: 7 })).toBe(
      [
        "Seed 7.",
        "",
        "1. a: Of a.",
        "   client: proves a (2 cases) (main/a.test.ts)",
        "   server: Nobody asks.",
        "",
      ].join("\n"),
    );
  });
});
