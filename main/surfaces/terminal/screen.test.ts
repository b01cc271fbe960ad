import { describe, expect, it } from "vitest";
import { Screen } from "./screen.ts";

/** As much of a terminal as the screen uses: a cursor, rows that wrap, moving up, erasing downwards. */
class Terminal {
  columns: number;
  rows: string[] = [""];
  row = 0;
  column = 0;
  written = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  write(text: string): void {
    this.written++;
    // oxlint-disable-next-line no-control-regex -- the escape sequences that the screen writes
    for (const [token] of text.matchAll(/\u001B\[\d*[ACJ]|[\s\S]/g)) {
      const up = token.endsWith("A") && token.startsWith("\u001B") ? token.slice(2, -1) : undefined;
      const forward = token.endsWith("C") && token.startsWith("\u001B") ? token.slice(2, -1) : undefined;
      if (up !== undefined) this.row -= Number(up);
      else if (forward !== undefined) this.column += Number(forward);
      else if (token === "\u001B[J")
        this.rows = [...this.rows.slice(0, this.row), this.#current.slice(0, this.column)];
      else if (token === "\r") this.column = 0;
      else if (token === "\n") this.#newRow();
      else {
        if (this.column === this.columns) this.#newRow();
        this.rows[this.row] = this.#current.slice(0, this.column) + token;
        this.column++;
      }
      if (this.row < 0) throw new Error("The cursor went above what was drawn");
    }
  }

  get #current(): string {
    return this.rows[this.row] ?? "";
  }

  #newRow(): void {
    this.row++;
    this.column = 0;
    this.rows[this.row] ??= "";
  }
}

describe("The screen", () => {
  it("draws in place and keeps what was there before and what is printed", () => {
    const terminal = new Terminal(20);
    terminal.write("$ doorbell\n");
    const screen = new Screen(terminal);
    screen.draw(["ring 1 s", "keys"]);
    screen.draw(["ring 2 s", "keys"]);
    expect(terminal.rows).toEqual(["$ doorbell", "ring 2 s", "keys"]);
    screen.print(["missed"]);
    expect(terminal.rows).toEqual(["$ doorbell", "missed", "ring 2 s", "keys"]);
    screen.draw(["calm"]);
    expect(terminal.rows).toEqual(["$ doorbell", "missed", "calm"]);
    screen.close();
    expect(terminal.rows).toEqual(["$ doorbell", "missed", ""]);
  });

  it("writes nothing when nothing has changed", () => {
    const terminal = new Terminal(20);
    const screen = new Screen(terminal);
    screen.draw(["calm"]);
    const { written } = terminal;
    screen.draw(["calm"]);
    screen.print([]);
    expect(terminal.written).toBe(written);
  });

  it("takes away all rows that its lines fill after the window was made narrower", () => {
    const terminal = new Terminal(20);
    terminal.write("$ doorbell\n");
    const screen = new Screen(terminal);
    screen.draw(["0123456789abcdef", "keys"]);
    // A terminal breaks its lines anew; the cursor stays at the end of the last.
    terminal.columns = 10;
    terminal.rows = ["$ doorbell", "0123456789", "abcdef", "keys"];
    terminal.row = 3;
    screen.draw(["0123456789", "keys"]);
    expect(terminal.rows).toEqual(["$ doorbell", "0123456789", "keys"]);
  });

  it("puts the cursor at the caret of the last line, and takes all of it away from there", () => {
    const terminal = new Terminal(20);
    terminal.write("$ doorbell\n");
    const screen = new Screen(terminal);
    screen.draw(["keys", "> Hello"], 4);
    expect([terminal.row, terminal.column]).toEqual([2, 4]);
    screen.draw(["keys", "> Hello"], 0);
    expect([terminal.row, terminal.column]).toEqual([2, 0]);
    screen.print(["missed"]);
    expect(terminal.rows).toEqual(["$ doorbell", "missed", "keys", "> Hello"]);
    expect([terminal.row, terminal.column]).toEqual([3, 0]);
    screen.draw(["calm"]);
    expect(terminal.rows).toEqual(["$ doorbell", "missed", "calm"]);
    expect(terminal.column).toBe(4);
  });

  it("finds the rows of a line that broke behind its caret", () => {
    const terminal = new Terminal(20);
    terminal.write("$ doorbell\n");
    const screen = new Screen(terminal);
    screen.draw(["keys", "0123456789abcdef"], 4);
    // The window was made narrower: the cursor stays with its character.
    terminal.columns = 10;
    terminal.rows = ["$ doorbell", "keys", "0123456789", "abcdef"];
    terminal.row = 2;
    terminal.column = 4;
    screen.draw(["calm"]);
    expect(terminal.rows).toEqual(["$ doorbell", "calm"]);
  });

  it("counts columns without the colours", () => {
    const terminal = new Terminal(8);
    const screen = new Screen({ write: () => undefined, columns: 8 });
    const written: string[] = [];
    const coloured = new Screen({ write: (text) => written.push(text), columns: 8 });
    screen.draw([terminal.rows[0] ?? ""]);
    coloured.draw(["\u001B[31m1234567\u001B[39m", "x"]);
    coloured.draw(["y"]);
    expect(written[1]).toBe("\u001B[1A\r\u001B[Jy");
  });
});
