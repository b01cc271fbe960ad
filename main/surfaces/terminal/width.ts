import { graphemes } from "../../platform/graphemes.ts";

/** How many columns of a terminal the text takes. It holds no control characters. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes(text)) columns += columnsOfGrapheme(segment);
  return columns;
}

/** The text in at most `columns` columns; what was cut away is told by an ellipsis, where there is room for one. */
export function truncate(text: string, columns: number, ellipsis: string = "…"): string {
  if (columns <= 0) return "";
  let taken = "";
  let width = 0;
  // Where the text has to end if more comes than fits: the last columns are the ellipsis's.
  let cut = "";
  for (const { segment } of graphemes(text)) {
    width += columnsOfGrapheme(segment);
    if (width > columns) return ellipsis.length > columns ? taken : cut + ellipsis;
    taken += segment;
    if (width <= columns - ellipsis.length) cut = taken;
  }
  return taken;
}

/** The whole text in rows of at most `columns` columns: broken between words, and within one that fills more than a row. */
export function folded(text: string, columns: number): string[] {
  const rows: string[] = [];
  let room = 0;
  for (const word of text.split(/(?<= )/)) {
    const parts = columnsOf(word.trimEnd()) > columns ? graphemesOf(word) : [word];
    for (const part of parts) {
      if (rows.length === 0 || columnsOf(part.trimEnd()) > room) {
        rows.push("");
        room = columns;
      }
      rows.push((rows.pop() ?? "") + part);
      room -= columnsOf(part);
    }
  }
  return rows.map((row) => row.trimEnd());
}

function graphemesOf(text: string): string[] {
  return Array.from(graphemes(text), ({ segment }) => segment);
}

function columnsOfGrapheme(grapheme: string): number {
  if (/^[\p{M}\p{Cf}\u200B]+$/u.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** East Asian wide and fullwidth, Hangul, and what is drawn as an emoji: two columns (Unicode UAX #11). */
const WIDE =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}])/u;
