import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BRACKETED_PASTE, Keystrokes, type Keystroke } from "./keystrokes.ts";

const read = (...chunks: readonly string[]): Keystroke[] => {
  const keys = new Keystrokes();
  return [...chunks.flatMap((chunk) => keys.read(chunk)), ...keys.settle()];
};
const pasted = (text: string): string => `\u001B[200~${text}\u001B[201~`;
/** All that was pasted, and how much else there was. */
const sum = (strokes: readonly Keystroke[]) => ({
  text: strokes.map((stroke) => (stroke.kind === "paste" ? stroke.text : "")).join(""),
  others: strokes.filter(({ kind }) => kind !== "paste"),
});

describe("What a terminal sends", () => {
  it.each<[string, Keystroke[]]>([
    ["a", [{ kind: "text", text: "a" }]],
    ["Grüße 王", [{ kind: "text", text: "Grüße 王" }]],
    ["\r", [{ kind: "enter" }]],
    ["\n", [{ kind: "enter" }]],
    ["Hello\r", [{ kind: "text", text: "Hello" }, { kind: "enter" }]],
    ["\u001B", [{ kind: "escape" }]],
    ["\u001B\u001B", [{ kind: "escape" }, { kind: "escape" }]],
    ["\u001B\r", [{ kind: "text", text: "\n" }]],
    ["\u0003", [{ kind: "interrupt" }]],
    ["\u0004", [{ kind: "endOfText" }]],
    ["\u001A", [{ kind: "stop" }]],
    ["\u007F\b", [1, 2].map(() => ({ kind: "edit", key: "backspace" }) as const)],
    ["\u001B[D\u001BOD\u0002", [1, 2, 3].map(() => ({ kind: "edit", key: "left" }) as const)],
    ["\u001B[1;5C\u001Bf", [1, 2].map(() => ({ kind: "edit", key: "wordRight" }) as const)],
    ["\u001B[3~", [{ kind: "edit", key: "delete" }]],
    // What means nothing is nothing, and nothing of it is text.
    ["\u001B[A\u001B[15~\u001B[1;2P\u001BOP\u001B\u001B[D\u001Bx\u0000\t\u0019\u009B", []],
    // An end of line with more behind it is none that anybody has pressed.
    ["one\rtwo\r", [{ kind: "paste", text: "one\rtwo\r" }]],
    ["\ra", [{ kind: "paste", text: "\ra" }]],
    [pasted("one\rtwo\r"), [{ kind: "paste", text: "one\rtwo\r" }]],
    [pasted(""), [{ kind: "paste", text: "" }]],
    [`x${pasted("a")}\r`, [{ kind: "text", text: "x" }, { kind: "paste", text: "a" }, { kind: "enter" }]],
  ])("%j is %j", (chunk, strokes) => {
    expect(read(chunk)).toEqual(strokes);
  });

  it("is one paste in however many pieces it comes", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "\r", "\u001B", "[", "2", "0", "1", "q", "\u0003") }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (text, cuts) => {
          fc.pre(!text.includes("\u001B[201~"));
          const whole = pasted(text);
          const places = [...cuts.map((cut) => cut % whole.length), 0, whole.length].toSorted(
            (a, b) => a - b,
          );
          const pieces = places.slice(1).map((place, index) => whole.slice(places[index], place));
          // A piece that is Ctrl-C alone ends it.
          fc.pre(!pieces.includes("\u0003"));
          expect(sum(read(...pieces))).toEqual({ text, others: [] });
        },
      ),
    );
  });

  it("is a key again after Ctrl-C, though the end of a paste has not come", () => {
    expect(read("\u001B[200~half", "q", "\u0003", "q")).toEqual([
      { kind: "paste", text: "half" },
      { kind: "paste", text: "q" },
      { kind: "interrupt" },
      { kind: "text", text: "q" },
    ]);
  });

  it("is a key when it comes in two pieces", () => {
    expect(read("\u001B", "[C", "\u001B[", "D", "\u001B[1;5", "C", "\u001B[200", "~a\u001B[201~")).toEqual([
      { kind: "edit", key: "right" },
      { kind: "edit", key: "left" },
      { kind: "edit", key: "wordRight" },
      { kind: "paste", text: "a" },
    ]);
  });

  it("is Escape, or nothing, when its rest has not come in time", () => {
    const keys = new Keystrokes();
    expect(keys.read("\u001B")).toEqual([]);
    expect(keys.unfinished).toBe(true);
    expect(keys.settle()).toEqual([{ kind: "escape" }]);
    expect(keys.unfinished).toBe(false);
    expect(keys.read("\u001B[")).toEqual([]);
    expect(keys.settle()).toEqual([]);
    expect(keys.read("D")).toEqual([{ kind: "text", text: "D" }]);
    // The end of a paste may take its time.
    expect(keys.read("\u001B[200~a\u001B")).toEqual([{ kind: "paste", text: "a" }]);
    expect(keys.settle()).toEqual([]);
  });

  it("never holds a control character in a text, and ends, whatever it is", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (chunks) => {
        for (const stroke of read(...chunks))
          if (stroke.kind === "text") expect(stroke.text).not.toMatch(/(?!\n)\p{Cc}/u);
      }),
    );
    expect(BRACKETED_PASTE.on).not.toBe(BRACKETED_PASTE.off);
  });
});
