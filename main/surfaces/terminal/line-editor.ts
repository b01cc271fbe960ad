import { graphemes } from "../../platform/graphemes.ts";
import { LONGEST_TEXT } from "../../ucwa/resources/safe-text.ts";
import { columnsOf } from "./width.ts";

/** A text that is being written; `caret` counts UTF-16 code units from its beginning, and stands between two graphemes. */
export interface EditedText {
  readonly text: string;
  readonly caret: number;
}

export const NOTHING: EditedText = { text: "", caret: 0 };

/** What a key does to a text beside adding to it. */
export type EditKey =
  | "backspace"
  | "delete"
  | "left"
  | "right"
  | "wordLeft"
  | "wordRight"
  | "home"
  | "end"
  | "deleteWord"
  | "deleteToStart"
  | "deleteToEnd";

/** With what was typed or pasted at the caret: line breaks stay, no other control character does. */
export function insertedIn({ text, caret }: EditedText, added: string): EditedText {
  const room = LONGEST_TEXT - text.length;
  const clean = added
    .toWellFormed()
    .replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replaceAll(NOT_TYPED, "");
  const taken = clean.length <= room ? clean : clean.slice(0, boundary(clean, room));
  const longer = text.slice(0, caret) + taken + text.slice(caret);
  // What was added may have become one with what stood there, as a mark with its letter.
  return { text: longer, caret: boundaryAfter(longer, caret + taken.length) };
}

/** A joiner or a mark stays: it belongs to what is typed before or after it. */
const NOT_TYPED = /[[\p{Cc}--\n]\p{Bidi_Control}]/gv;

export function editedBy(key: EditKey, { text, caret }: EditedText): EditedText {
  const without = (from: number, to: number): EditedText => {
    const shorter = text.slice(0, from) + text.slice(to);
    return { text: shorter, caret: boundaryAfter(shorter, from) };
  };
  switch (key) {
    case "left":
      return { text, caret: boundary(text, caret - 1) };
    case "right":
      return { text, caret: boundaryAfter(text, caret + 1) };
    case "wordLeft":
      return { text, caret: wordBefore(text, caret) };
    case "wordRight":
      return { text, caret: caret + (/^\s*\S*/.exec(text.slice(caret))?.[0].length ?? 0) };
    case "home":
      return { text, caret: 0 };
    case "end":
      return { text, caret: text.length };
    case "backspace":
      return without(boundary(text, caret - 1), caret);
    case "delete":
      return without(caret, boundaryAfter(text, caret + 1));
    case "deleteWord":
      return without(wordBefore(text, caret), caret);
    case "deleteToStart":
      return without(0, caret);
    case "deleteToEnd":
      return without(caret, text.length);
  }
}

/**
 * As much of the text as fits into one row of `columns` columns, with the caret in it; `caret` is its column. What is
 * cut off is told by an ellipsis, and a line break by a sign. `shown` is what the terminal can show of a text.
 */
export function rowOf(
  { text, caret }: EditedText,
  columns: number,
  shown: (text: string) => string,
): { readonly row: string; readonly caret: number } {
  const cellsOf = (part: string): Cell[] =>
    Array.from(graphemes(part), ({ segment }) => {
      const sign = shown(segment === "\n" ? "↵" : segment);
      return { sign, width: columnsOf(sign) };
    });
  const before = cellsOf(text.slice(0, caret)).toReversed();
  const after = cellsOf(text.slice(caret));
  // At the end of the text the caret needs a column of its own. In the middle of a long one, what follows it is seen too.
  const own = after.length === 0 ? 1 : 0;
  const following = Math.max(1, Math.min(widthOf(after), Math.floor(columns / 3)));
  const left = taken(before, columns - following, shown(ELLIPSIS));
  const right = taken(after, columns - widthOf(left) - own, shown(ELLIPSIS));
  const row = [...left.toReversed(), ...right].map(({ sign }) => sign).join("");
  return { row, caret: widthOf(left) };
}

const ELLIPSIS = "…";

interface Cell {
  readonly sign: string;
  readonly width: number;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

/** The first cells that fit; where some do not, an ellipsis takes the place of the rest, if there is room for it. */
function taken(cells: readonly Cell[], columns: number, ellipsis: string): readonly Cell[] {
  if (widthOf(cells) <= columns) return cells;
  const end = { sign: ellipsis, width: columnsOf(ellipsis) };
  if (end.width > columns) return [];
  let width = end.width;
  const some = cells.slice(
    0,
    cells.findIndex((cell) => (width += cell.width) > columns),
  );
  return [...some, end];
}

/** A mark may belong to the space before it, and is no beginning of a word then. */
function wordBefore(text: string, caret: number): number {
  return boundary(text, caret - (/\S*\s*$/.exec(text.slice(0, caret))?.[0].length ?? 0));
}

/** The last place between two graphemes that is not behind `at`. */
function boundary(text: string, at: number): number {
  if (at >= text.length) return text.length;
  return at <= 0 ? 0 : (graphemes(text).containing(at)?.index ?? 0);
}

/** The first one that is not before `at`. */
function boundaryAfter(text: string, at: number): number {
  const before = boundary(text, at);
  if (before >= at || before >= text.length) return before;
  return before + (graphemes(text).containing(before)?.segment.length ?? 0);
}
