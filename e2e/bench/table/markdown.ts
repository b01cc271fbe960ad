import type { Spread } from "./statistics.ts";

/** Microseconds, as milliseconds where they are many: the median, and the spread. */
export function micros({ min, median, max }: Spread): string {
  const [unit, by, digits] = median >= 10_000 ? (["ms", 1000, 1] as const) : (["µs", 1, 0] as const);
  const show = (value: number) => (value / by).toFixed(digits);
  return `${show(median)} ${unit} (${show(min)} – ${show(max)})`;
}

/** How many times the floor. */
export function ratio({ min, median, max }: Spread): string {
  return `${median.toFixed(2)} (${min.toFixed(2)} – ${max.toFixed(2)})`;
}

/** A number of things. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** A table in Markdown; the first column holds text, the others figures. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const widths = head.map((name, column) =>
    Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
