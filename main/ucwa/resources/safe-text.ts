import { graphemes } from "../../platform/graphemes.ts";

/**
 * Text from the wire made safe to show anywhere, in one place for every surface. A name can neither break out of the
 * line that it is shown in, nor turn the direction of what follows, nor hide what it says, nor be drawn over the lines
 * around it. Lengths are UTF-16 code units.
 */

/** Of a name, a subject or an address; the reference bounds a subject at 250. */
export const LONGEST_LINE = 1_000;
/** Of a message: a notification shows a line of it, and nothing bounds what a server sends. */
export const LONGEST_TEXT = 16_384;

/**
 * Line feed and tab are the only control characters that stay, the joiners of emoji and of scripts that need them the
 * only invisible ones. What is longer than `longest` ends in an ellipsis, at a whole character. Idempotent.
 */
export function safeText(text: string, longest: number = LONGEST_TEXT): string {
  return cutText(isPlain(text) ? text : visible(text), longest);
}

/** The same on one line: names, subjects, addresses. White space is folded. */
export function safeLine(text: string, longest: number = LONGEST_LINE): string {
  // Most lines are safe as they are, and looking once costs less than cleaning.
  if (text.length <= longest && /^(?:[!-~]+(?: [!-~]+)*)?$/.test(text)) return text;
  const shown = isPlain(text) ? text : visible(text);
  return cutText(shown.replaceAll(/\s+/g, " ").trim(), longest);
}

/** At most `longest` code units; an ellipsis tells of what was cut, and no grapheme is cut in two. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // A little of what follows, to see where the last grapheme begins; the rest may be a megabyte.
  const last = graphemes(text.slice(0, longest + 8)).containing(longest - 1);
  return `${text.slice(0, last?.index ?? 0).trimEnd()}…`;
}

/** Most texts are, and looking costs less than cleaning. */
function isPlain(text: string): boolean {
  return /^[\n\t -~]*$/.test(text);
}

function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
    .replaceAll(HIDDEN, "$1")
    .replaceAll(PILED, "$1")
    .replaceAll(LOOSE, "");
}

/**
 * C0 but tab and line feed, DEL and C1; all that changes direction; what is drawn as nothing or as a blank (zero width
 * space, soft hyphen, fillers, tags, interlinear annotations); noncharacters, which XML and the session bus refuse.
 * Joiners and variation selectors stay, and so do the tags of a whole flag: they belong to what they follow.
 */
const HIDDEN =
  /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F})|[[\p{Cc}--[\t\n]][\p{Default_Ignorable_Code_Point}--[\u200C\u200D\p{M}]]\p{Bidi_Control}\p{Noncharacter_Code_Point}\u034F\u17B4\u17B5\u2800\uFFF9-\uFFFB]/gv;

/** More marks on one letter than any script piles up; a flood of them is drawn over the lines around. */
const PILED = /([\p{M}\u200C\u200D]{8})[\p{M}\u200C\u200D]+/gu;

/** A mark without its letter would be drawn over what stands before the text; a joiner at an edge joins nothing. */
const LOOSE = /(?<=^|\s)[\p{M}\u200C\u200D]+|[\u200C\u200D]+(?=\s|$)/gu;
