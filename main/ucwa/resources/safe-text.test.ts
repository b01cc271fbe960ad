import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, LONGEST_LINE, LONGEST_TEXT, safeLine, safeText } from "./safe-text.ts";
import { processorMs } from "../../testing/processor-time.ts";

/** Spelled out here once more, so that the test does not believe the rule's own pattern. */
const FORBIDDEN: readonly (readonly [string, number, number])[] = [
  ["C0 before tab", 0x00, 0x08],
  ["C0 after line feed", 0x0b, 0x1f],
  ["DEL and C1", 0x7f, 0x9f],
  ["soft hyphen", 0xad, 0xad],
  ["Arabic letter mark", 0x61c, 0x61c],
  ["Mongolian vowel separator", 0x180e, 0x180e],
  ["zero width space", 0x200b, 0x200b],
  ["direction marks", 0x200e, 0x200f],
  ["line and paragraph separator", 0x2028, 0x2029],
  ["embeddings and overrides", 0x202a, 0x202e],
  ["word joiner and invisible operators", 0x2060, 0x2064],
  ["isolates and deprecated format characters", 0x2066, 0x206f],
  ["byte order mark", 0xfeff, 0xfeff],
  ["interlinear annotations", 0xfff9, 0xfffb],
  ["blanks that are letters", 0x3164, 0x3164],
  ["braille blank", 0x2800, 0x2800],
  ["noncharacters", 0xfdd0, 0xfdef],
  ["the last two of the plane", 0xfffe, 0xffff],
  ["lone surrogates", 0xd800, 0xdfff],
  ["language tag", 0xe0001, 0xe0001],
  ["tags", 0xe0020, 0xe007f],
];

function forbiddenIn(text: string): string[] {
  return [...text].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    return FORBIDDEN.filter(([, first, last]) => code >= first && code <= last).map(([name]) => name);
  });
}

/** Everything that attacks a text, and a few letters between. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...FORBIDDEN).chain(([, first, last]) => fc.integer({ min: first, max: last })),
      fc.constantFrom(0x200c, 0x200d, 0xfe0f, 0x300, 0x489, 0x1f3fb, 0x1f468, 0x1f1e9, 0x20, 0x0a, 0x0d),
      fc.constantFrom(0x61, 0x5d0, 0x928, 0x94d, 0x1f600),
      fc.integer({ min: 0, max: 0x10ffff }),
    ),
    { maxLength: 40, size: "max" },
  )
  .map((codes) => codes.map((code) => String.fromCodePoint(code)).join(""));

describe("a text from the wire", () => {
  it.each(FORBIDDEN)("loses %s", (_, first, last) => {
    for (const code of [first, last]) {
      const character = String.fromCodePoint(code);
      expect(forbiddenIn(safeText(`a${character}b`))).toEqual([]);
      expect(forbiddenIn(safeLine(`a${character}b`))).toEqual([]);
    }
  });

  it("holds nothing forbidden, whatever came, and is not changed by being made safe again", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 2, max: 60 }), (text, longest) => {
        const shown = safeText(text, longest);
        expect(forbiddenIn(shown)).toEqual([]);
        expect(shown.length).toBeLessThanOrEqual(longest);
        expect(shown.isWellFormed()).toBe(true);
        expect(safeText(shown, longest)).toBe(shown);
        const line = safeLine(text, longest);
        expect(forbiddenIn(line)).toEqual([]);
        expect(line).not.toMatch(/[\n\t]|\s\s|^\s|\s$/);
        expect(line.length).toBeLessThanOrEqual(longest);
        expect(safeLine(line, longest)).toBe(line);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ["plain words", "Lene Aaling (external) <b>&amp;"],
    ["accents, composed and not", "Zoë Zoe\u0308"],
    ["Hebrew and Arabic", "דנה شادي"],
    ["a Persian name with its joiner", "علی\u200Cرضا"],
    ["a Hindi ligature with its joiner", "क्\u200Dष"],
    ["a family", "👨‍👩‍👧‍👦"],
    ["a heart in colour", "❤️"],
    ["skin tones", "👍🏽"],
    ["the flag of Wales", "🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}"],
    ["a deep Tibetan stack", "ཧྐྵྨླྺྼྻྂ"],
    ["variants of ideographs", "葛\u{E0100}城"],
  ])("keeps %s as it is", (_, text) => {
    expect(safeLine(text)).toBe(text);
  });

  it("takes every kind of line end for one, and none for a part of a line", () => {
    expect(safeText("a\r\nb\rc\u2028d\u2029e\u0085f\vg")).toBe("a\nb\nc\nd\ne\nf\ng");
    expect(safeLine("a\r\nb\u2028c\t\td")).toBe("a b c d");
  });

  it("disarms the escape sequences of a terminal", () => {
    expect(safeLine("\u001B]0;title\u0007\u001B[2J\u009B31mred\u001B]8;;http://evil.example\u001B\\x")).toBe(
      "]0;title[2J31mred]8;;http://evil.example\\x",
    );
  });

  it("drops a flood of marks that would be drawn over the lines around, and marks that have no letter", () => {
    expect(safeLine(`a${"\u0300".repeat(5_000)}b`)).toBe(`a${"\u0300".repeat(8)}b`);
    expect(safeLine("\u0489\u0300a")).toBe("a");
    expect(safeText("x\n\u20DDy")).toBe("x\ny");
  });

  it("shows nothing for a name that only looks like nothing", () => {
    expect(safeLine("\u200B\u200D\u3164\u2800\u00AD\u{E0061}\uFE0F")).toBe("");
  });

  it("keeps the tags of a whole flag and no hidden message", () => {
    const hidden = [..."evil"].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");
    expect(safeLine(`a${hidden}b🏴${hidden}`)).toBe("ab🏴");
  });

  it("is bounded by default, a line more tightly than a text", () => {
    expect(safeLine("x".repeat(1_000_000))).toHaveLength(LONGEST_LINE);
    expect(safeText("é\n".repeat(1_000_000)).length).toBeLessThanOrEqual(LONGEST_TEXT);
  });

  it("is cut between whole characters, with an ellipsis", () => {
    expect(cutText("abcdef", 6)).toBe("abcdef");
    expect(cutText("abcdefg", 6)).toBe("abcde…");
    expect(cutText("ab 👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 12)).toBe("ab…");
    expect(cutText("🇩🇪🇫🇷🇮🇹", 7)).toBe("🇩🇪…");
    expect(cutText(`e${"\u0301".repeat(50)}`, 10)).toBe("…");
  });

  it("takes a megabyte of the worst in no time worth telling", () => {
    const worst = ["\u200D", "\u0300", "a\u200D", " ", "\r", "👨\u200D", "🇩", "\u{E0061}", "🏴\u{E0061}"];
    const startedAt = processorMs();
    for (const unit of worst) {
      safeLine(unit.repeat(250_000));
      safeText(unit.repeat(250_000));
    }
    // A rule that is quadratic anywhere takes minutes.
    expect(processorMs() - startedAt).toBeLessThan(5_000);
  });
});
