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

  constructor(output: TerminalOutput) {
    this.#output = output;
  }

  /** Prints lines for good, above the live ones. */
  print(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#output.write(`${this.#erase()}${lines.map((line) => `${line}\n`).join("")}${this.#paint()}`);
  }

  /** Replaces the live lines; they must fit the width. Nothing is written when nothing has changed. */
  draw(lines: readonly string[]): void {
    if (lines.length === this.#live.length && lines.every((line, index) => line === this.#live[index]))
      return;
    this.#live = [...lines];
    this.#output.write(this.#erase() + this.#paint());
  }

  /** Takes the live lines away; what was printed stays. */
  close(): void {
    this.#live = [];
    this.#output.write(this.#erase());
  }

  #erase(): string {
    if (this.#drawn.length === 0) return "";
    const columns = Math.max(1, this.#output.columns);
    const rows = this.#drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    this.#drawn = [];
    // The cursor waits at the end of the last row.
    return `${rows > 1 ? `\u001B[${rows - 1}A` : ""}\r\u001B[J`;
  }

  #paint(): string {
    this.#drawn = this.#live.map((line) => columnsOf(line.replaceAll(STYLE, "")));
    return this.#live.join("\n");
  }
}

// oxlint-disable-next-line no-control-regex -- the escape sequences are our own
const STYLE = /\u001B\[[\d;]*m/g;
