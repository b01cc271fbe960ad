import { rowOf } from "../../surfaces/terminal/line-editor.ts";
import type { PlainContext } from "../../surfaces/terminal/plain.ts";
import { columnsOf, truncate } from "../../surfaces/terminal/width.ts";
import type { WritingView } from "./writing.ts";

/** The row that a text is written in, under what belongs to it; the caret's column in it. */
export function writtenLines(
  { prompt, text, above }: WritingView,
  { columns, rows, paint, shown }: PlainContext,
): { readonly lines: readonly string[]; readonly caret: number } {
  // At least half of the row is for the text.
  const before = truncate(shown(prompt), Math.floor(columns / 2), shown("…> "));
  const row = rowOf(text, columns - columnsOf(before), shown);
  const lines = above
    .slice(0, Math.max(0, rows - 4))
    .map((line) => truncate(shown(line), columns, shown("…")));
  return {
    lines: [...lines, paint.strong(before) + row.row],
    caret: columnsOf(before) + row.caret,
  };
}
