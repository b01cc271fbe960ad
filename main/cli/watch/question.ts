import { texts } from "../../../locales/texts.ts";
import type { PlainContext } from "../../surfaces/terminal/plain.ts";
import { folded } from "../../surfaces/terminal/width.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";

/** What the person is asked to say yes or no to. */
export interface Question {
  /** What it is about: the same is not asked twice. */
  readonly about: string;
  readonly text: string;
  answered(yes: boolean): void;
}

export function questionText({ text }: Question): string {
  const { yes, no } = texts.terminal.questions;
  return `${safeLine(text)} [${yes}/${no.toUpperCase()}] `;
}

/** Never cut: an origin that is read in part may be taken for another. `shown` is what the terminal can show of a text. */
export function questionLines(
  question: Question,
  { columns, paint, shown }: Pick<PlainContext, "columns" | "paint" | "shown">,
): string[] {
  return folded(shown(questionText(question).trimEnd()), columns).map(paint.strong);
}
