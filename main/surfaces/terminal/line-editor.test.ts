import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownIn } from "./ascii.ts";
import { editedBy, type EditedText, type EditKey, insertedIn, NOTHING, rowOf } from "./line-editor.ts";
import { columnsOf } from "./width.ts";

const asItIs = (text: string): string => text;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The text with its caret drawn as a bar. */
function drawn({ text, caret }: EditedText): string {
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

function at(picture: string): EditedText {
  const caret = picture.indexOf("|");
  return { text: picture.replace("|", ""), caret };
}

describe("A text that is written in the terminal", () => {
  it.each<[string, EditKey, string]>([
    ["Hello|", "backspace", "Hell|"],
    ["|Hello", "backspace", "|Hello"],
    ["He|llo", "delete", "He|lo"],
    ["Hello|", "delete", "Hello|"],
    ["Hello|", "left", "Hell|o"],
    ["|Hello", "left", "|Hello"],
    ["Hell|o", "right", "Hello|"],
    ["Hello|", "right", "Hello|"],
    ["He|llo", "home", "|Hello"],
    ["He|llo", "end", "Hello|"],
    ["one two|  three", "wordLeft", "one |two  three"],
    ["one two |", "wordLeft", "one |two "],
    ["one \u0301|", "wordLeft", "one| \u0301"],
    ["one| two three", "wordRight", "one two| three"],
    ["one two |three", "deleteWord", "one |three"],
    ["one two|", "deleteWord", "one |"],
    ["one| two", "deleteToStart", "| two"],
    ["one| two", "deleteToEnd", "one|"],
    // What is seen as one character is one, however many it is made of.
    ["a👩‍👩‍👧|b", "backspace", "a|b"],
    ["a|👩‍👩‍👧b", "right", "a👩‍👩‍👧|b"],
    ["Ju\u0308|rgen", "left", "J|u\u0308rgen"],
    ["王小|明", "delete", "王小|"],
  ])("%j and %s is %j", (before, key, after) => {
    expect(drawn(editedBy(key, at(before)))).toBe(after);
  });

  it.each([
    ["|", "Hello", "Hello|"],
    ["Hel|o", "l", "Hell|o"],
    ["|", "one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour|"],
    ["|", "a\tb\u0007c\u001B[31m\u202Ed\u0085", "a bc[31md\n|"],
    // Typed one after the other: a letter and its mark, a word with a joiner in it.
    ["u|", "\u0308", "u\u0308|"],
    ["|\u0308", "u", "u\u0308|"],
    ["می|", "\u200C", "می\u200C|"],
    ["|", "\uD800", "\uFFFD|"],
  ])("%j with %j is %j", (before, added, after) => {
    expect(drawn(insertedIn(at(before), added))).toBe(after);
  });

  it("has an end, and no character is cut in two by it", () => {
    const long = insertedIn(NOTHING, "x".repeat(16_383));
    expect(insertedIn(long, "🔔").text).toBe(long.text);
    expect(insertedIn(long, "y").text).toHaveLength(16_384);
    expect(insertedIn(insertedIn(long, "y"), "z").text).toHaveLength(16_384);
  });

  it("is in one row, with a sign for each line break and an ellipsis for what is cut off", () => {
    expect(rowOf(at("one\ntwo|"), 20, asItIs)).toEqual({ row: "one↵two", caret: 7 });
    expect(rowOf(at("0123456789|"), 8, asItIs)).toEqual({ row: "…456789", caret: 7 });
    expect(rowOf(at("|0123456789"), 8, asItIs)).toEqual({ row: "0123456…", caret: 0 });
    expect(rowOf(at("0123456|789"), 8, asItIs)).toEqual({ row: "…234567…", caret: 6 });
    expect(rowOf(at("Zoë\n|王"), 20, shownIn("linux", {}))).toEqual({ row: "Zoe|?", caret: 4 });
  });

  const keys: EditKey[] = [
    "backspace",
    "delete",
    "left",
    "right",
    "wordLeft",
    "wordRight",
    "home",
    "end",
    "deleteWord",
    "deleteToStart",
    "deleteToEnd",
  ];
  const typed = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 5 }),
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.constantFrom("e\u0301", "\u0301", "👩‍👩‍👧", "\u200D", " ", "王", "🇩", "🇪", "\r\n", "שלום"),
  );
  const step = fc.oneof(
    typed.map((text) => ({ text })),
    fc.constantFrom(...keys).map((key) => ({ key })),
  );
  const written = fc
    .array(step, { maxLength: 30 })
    .map((steps) =>
      steps.reduce<EditedText>(
        (text, one) => ("key" in one ? editedBy(one.key, text) : insertedIn(text, one.text)),
        NOTHING,
      ),
    );

  it("keeps its caret between two characters, and holds no control character, whatever is pressed", () => {
    fc.assert(
      fc.property(written, ({ text, caret }) => {
        const places = [...graphemes.segment(text)].map(({ index }) => index);
        expect([...places, text.length]).toContain(caret);
        expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });

  it("fits its row with the caret in it, however narrow that is and whatever it can show", () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 1, max: 40 }), fc.boolean(), (text, columns, ascii) => {
        const shown = ascii ? shownIn("linux", {}) : asItIs;
        const { row, caret } = rowOf(text, columns, shown);
        expect(columnsOf(row)).toBeLessThanOrEqual(columns);
        expect(caret).toBeLessThan(columns);
        expect(row).not.toContain("\n");
      }),
    );
  });

  it("is whole in a row that has room for it", () => {
    fc.assert(
      fc.property(written, (text) => {
        const { row, caret } = rowOf(text, 1_000, asItIs);
        expect(row).toBe(text.text.replaceAll("\n", "↵"));
        expect(caret).toBe(columnsOf(row.slice(0, text.caret)));
      }),
    );
  });
});
