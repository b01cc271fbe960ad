import { columnsOf } from "./width.ts";

/** What the screen needs of a terminal. */
export interface TerminalOutput {
  write(text: string): void;
  readonly columns: number;
}

/**
 * Keeps a few lines at the bottom of a terminal and draws them in place; what is printed stays above them. It never
 * clears more than it has drawn, so the scrollback of the user's shell is untouched.
 */
export class Screen {
  readonly #output: TerminalOutput;
  /** The columns each drawn line takes, to know how many rows it fills after the window was made narrower. */
  #drawn: readonly number[] = [];
  #live: readonly string[] = [];
  /** The column of the caret in the last line; null where the cursor waits at its end. */
  #caret: number | null = null;

  constructor(output: TerminalOutput) {
    this.#output = output;
  }

  /** Prints lines for good, above the live ones. */
  print(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#output.write(`${this.#erase()}${lines.map((line) => `${line}\n`).join("")}${this.#paint()}`);
  }

  /**
   * Replaces the live lines; they must fit the width. The cursor waits at the end of the last one, or at the column
   * `caret` of it. Nothing is written when nothing has changed.
   */
  draw(lines: readonly string[], caret: number | null = null): void {
    const same =
      lines.length === this.#live.length && lines.every((line, index) => line === this.#live[index]);
    if (same && caret === this.#caret) return;
    const erase = this.#erase();
    this.#live = [...lines];
    this.#caret = caret;
    this.#output.write(erase + this.#paint());
  }

  /** Takes the live lines away; what was printed stays. */
  close(): void {
    const erase = this.#erase();
    this.#live = [];
    this.#caret = null;
    this.#output.write(erase);
  }

  #erase(): string {
    if (this.#drawn.length === 0) return "";
    const columns = Math.max(1, this.#output.columns);
    const rowsOf = (width: number): number => Math.max(1, Math.ceil(width / columns));
    const rows = this.#drawn.reduce((sum, width) => sum + rowsOf(width), 0);
    // The cursor waits in the last row, or before it where the caret was when the line broke.
    const below = this.#caret === null ? 0 : rowsOf(this.#drawn.at(-1) ?? 0) - rowsOf(this.#caret + 1);
    const up = rows - 1 - Math.max(0, below);
    this.#drawn = [];
    return `${up > 0 ? `\u001B[${up}A` : ""}\r\u001B[J`;
  }

  #paint(): string {
    this.#drawn = this.#live.map((line) => columnsOf(line.replaceAll(STYLE, "")));
    const caret = this.#caret === null ? "" : `\r${this.#caret > 0 ? `\u001B[${this.#caret}C` : ""}`;
    return this.#live.join("\n") + caret;
  }
}

// oxlint-disable-next-line no-control-regex -- the escape sequences are our own
const STYLE = /\u001B\[[\d;]*m/g;
