import type { EditKey } from "../../surfaces/terminal/line-editor.ts";

/** One key, or what was pasted, as far as it concerns a text that is being written. */
export type Keystroke =
  | { readonly kind: "text" | "paste"; readonly text: string }
  | { readonly kind: "edit"; readonly key: EditKey }
  | { readonly kind: "enter" | "escape" | "endOfText" | "interrupt" | "stop" };

/** With it a terminal says where a paste begins and ends. Reference: xterm, bracketed paste mode. */
export const BRACKETED_PASTE = { on: "\u001B[?2004h", off: "\u001B[?2004l" } as const;
const PASTE_BEGINS = "\u001B[200~";
const PASTE_ENDS = "\u001B[201~";

/**
 * How long the rest of a key may take to come, in milliseconds: Escape alone is a key, and the beginning of many others.
 * Taken for Escape, the first piece of an arrow key would make commands of the letters behind it.
 */
export const KEY_MS = 50;

/**
 * Reads keys out of what a terminal sends. A paste, and a key, may come in any number of pieces: what is `unfinished` is
 * settled when nothing more has come in time.
 */
export class Keystrokes {
  #pasting = false;
  /** The beginning of a sequence whose rest has yet to come. */
  #begun = "";

  get unfinished(): boolean {
    return this.#begun !== "" && !this.#pasting;
  }

  /** Nothing more has come: Escape is Escape, and what else was begun is nothing. */
  settle(): Keystroke[] {
    if (!this.unfinished) return [];
    const escape = this.#begun === "\u001B";
    this.#begun = "";
    return escape ? [{ kind: "escape" }] : [];
  }

  read(chunk: string): Keystroke[] {
    // Nobody should have to wait for the end of a paste that does not come.
    if (chunk === "\u0003") return this.#reset({ kind: "interrupt" });
    let rest = this.#begun + chunk;
    this.#begun = "";
    if (!this.#pasting && isBarePaste(rest)) return [{ kind: "paste", text: rest }];
    const strokes: Keystroke[] = [];
    while (rest !== "") {
      if (this.#pasting) rest = this.#paste(rest, strokes);
      else if (rest.startsWith(PASTE_BEGINS)) {
        this.#pasting = true;
        rest = rest.slice(PASTE_BEGINS.length);
      } else {
        const [token = ""] = TOKEN.exec(rest) ?? [];
        rest = rest.slice(token.length);
        if (rest === "" && UNFINISHED.test(token)) this.#begun = token;
        else strokes.push(...strokeOf(token));
      }
    }
    return strokes;
  }

  #paste(rest: string, strokes: Keystroke[]): string {
    const end = rest.indexOf(PASTE_ENDS);
    if (end >= 0) this.#pasting = false;
    else this.#begun = ENDING.exec(rest)?.[0] ?? "";
    const text = rest.slice(0, end >= 0 ? end : rest.length - this.#begun.length);
    // An empty piece counts as well: what is pasted is no key.
    strokes.push({ kind: "paste", text });
    return end >= 0 ? rest.slice(end + PASTE_ENDS.length) : "";
  }

  #reset(stroke: Keystroke): Keystroke[] {
    this.#pasting = false;
    this.#begun = "";
    return [stroke];
  }
}

/** Where a terminal does not tell of pastes: nobody types an end of line and more at once. */
function isBarePaste(chunk: string): boolean {
  return !chunk.includes("\u001B") && /[\r\n]+[^\r\n]/.test(chunk);
}

/* oxlint-disable no-control-regex -- keys are sent as escape sequences */
/** A control sequence, a key with Alt, a control character, or a run of text. Reference: ECMA-48, 5.4. */
const TOKEN = /^(?:\u001B{1,2}\[[0-?]*[ -/]*[@-~]?|\u001BO?[^\u001B]?|\p{Cc}|\P{Cc}+)/u;
const UNFINISHED = /^\u001B(?:\[[0-?]*[ -/]*|O)?$/;
/** The end of a piece that may be the beginning of `PASTE_ENDS`. */
const ENDING = /\u001B(?:\[(?:2(?:0(?:1)?)?)?)?$/;
/* oxlint-enable no-control-regex */

function strokeOf(token: string): Keystroke[] {
  const known = Object.hasOwn(STROKES, token) ? STROKES[token] : undefined;
  if (known !== undefined) return [known];
  // What is left of the keys is none of ours.
  return /^\p{Cc}/u.test(token) ? [] : [{ kind: "text", text: token }];
}

const edit = (key: EditKey): Keystroke => ({ kind: "edit", key });

/** Keys as xterm and its relatives send them, and those of the shell's own line. */
const STROKES: Readonly<Record<string, Keystroke>> = {
  "\r": { kind: "enter" },
  "\n": { kind: "enter" },
  "\u001B": { kind: "escape" },
  "\u001B\r": { kind: "text", text: "\n" },
  "\u0003": { kind: "interrupt" },
  "\u0004": { kind: "endOfText" },
  "\u001A": { kind: "stop" },
  "\u007F": edit("backspace"),
  "\b": edit("backspace"),
  "\u001B[3~": edit("delete"),
  "\u001B[D": edit("left"),
  "\u001BOD": edit("left"),
  "\u0002": edit("left"),
  "\u001B[C": edit("right"),
  "\u001BOC": edit("right"),
  "\u0006": edit("right"),
  "\u001B[1;5D": edit("wordLeft"),
  "\u001B[1;3D": edit("wordLeft"),
  "\u001Bb": edit("wordLeft"),
  "\u001B[1;5C": edit("wordRight"),
  "\u001B[1;3C": edit("wordRight"),
  "\u001Bf": edit("wordRight"),
  "\u001B[H": edit("home"),
  "\u001BOH": edit("home"),
  "\u001B[1~": edit("home"),
  "\u0001": edit("home"),
  "\u001B[F": edit("end"),
  "\u001BOF": edit("end"),
  "\u001B[4~": edit("end"),
  "\u0005": edit("end"),
  "\u0017": edit("deleteWord"),
  "\u001B\u007F": edit("deleteWord"),
  "\u0015": edit("deleteToStart"),
  "\u000B": edit("deleteToEnd"),
};
