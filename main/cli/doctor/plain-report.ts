import { styleText } from "node:util";
import { texts } from "../../../locales/texts.ts";
import { Screen } from "../../surfaces/terminal/screen.ts";
import { columnsOf, truncate } from "../../surfaces/terminal/width.ts";
import type { ProgramIo } from "../composition.ts";
import type { Output } from "../output.ts";
import type { Check, CheckResult, Report } from "./check.ts";

const MARKS: Readonly<Record<CheckResult, string>> = { ok: "✓", warning: "!", failed: "✗", notReached: "-" };
const COLOURS = { ok: "green", warning: "yellow", failed: "red", notReached: "dim" } as const;
const NARROWEST_DETAIL = 20;

/** The form for people: a mark, what was looked at, what was found. Colours and what is waited for on a terminal only. */
export class PlainReport implements Report {
  readonly #io: ProgramIo;
  readonly #out: Output;
  readonly #errors: Output;
  /** Null where nothing can be drawn in place. */
  readonly #screen: Screen | null;
  readonly #coloured: boolean;
  #warned = false;

  constructor(io: ProgramIo, outputs: { readonly out: Output; readonly errors: Output }) {
    this.#io = io;
    this.#out = outputs.out;
    this.#errors = outputs.errors;
    const terminal = io.stdout.isTTY === true && io.env["TERM"] !== "dumb";
    this.#coloured = terminal && !io.env["NO_COLOR"];
    this.#screen =
      terminal && io.job.place() === "foreground"
        ? new Screen({
            write: (text) => outputs.out.write(text),
            get columns() {
              return io.stdout.columns || 80;
            },
          })
        : null;
  }

  check({ name, result, detail }: Check): void {
    this.#warned ||= result === "warning";
    const { shown } = this.#io;
    const { labels } = texts.doctor;
    const label = shown(labels[name]);
    const room = Math.max(...Object.values(labels).map((one) => columnsOf(shown(one))));
    const before = `${this.#painted(result, MARKS[result])} ${label}${" ".repeat(room - columnsOf(label) + 2)}`;
    const indent = room + 4;
    const [first = "", ...more] = this.#wrapped(shown(detail), indent);
    this.#print([
      before + this.#painted(result, first, true),
      ...more.map((line) => " ".repeat(indent) + this.#painted(result, line, true)),
    ]);
  }

  progress(what: string | null): void {
    this.#screen?.draw(
      what === null ? [] : [truncate(this.#io.shown(`… ${what}`), this.#io.stdout.columns || 80)],
    );
  }

  verdict(ok: boolean): void {
    const { sound, soundWithWarnings, unsound } = texts.doctor.verdict;
    const sentence = ok ? (this.#warned ? soundWithWarnings : sound) : unsound;
    const lines = this.#wrapped(this.#io.shown(sentence), 0).map((line) =>
      this.#painted(ok ? "ok" : "failed", line),
    );
    this.#print(["", ...lines]);
  }

  notice(line: string): void {
    // On one terminal a line of its own would end up in the middle of what is drawn.
    if (this.#screen !== null && this.#io.stderr.isTTY === true) this.#screen.print([line]);
    else this.#errors.write(`${line}\n`);
  }

  async close(): Promise<void> {
    this.#screen?.close();
    await Promise.all([this.#out.flush(), this.#errors.flush()]);
  }

  #print(lines: readonly string[]): void {
    if (this.#screen !== null) this.#screen.print(lines);
    else this.#out.write(lines.map((line) => `${line}\n`).join(""));
  }

  /** Into anything but a terminal a finding stays one line, for whoever searches in it. */
  #wrapped(text: string, indent: number): string[] {
    if (this.#screen === null) return [text];
    const room = Math.max(NARROWEST_DETAIL, (this.#io.stdout.columns || 80) - indent);
    const lines: string[] = [];
    for (const word of text.split(" ")) {
      const longer = `${lines.at(-1) ?? ""} ${word}`;
      if (lines.length > 0 && columnsOf(longer) <= room) lines.splice(-1, 1, longer);
      else lines.push(word);
    }
    return lines;
  }

  /** Of a finding only what could not be looked at is toned down; its mark carries the colour otherwise. */
  #painted(result: CheckResult, text: string, detail = false): string {
    if (!this.#coloured || (detail && result !== "notReached")) return text;
    return styleText(COLOURS[result], text, { validateStream: false });
  }
}
