/** A piece of a text; all pieces one after the other are the whole text. */
export interface TextPart {
  readonly text: string;
  /** Where it leads, as a program is given it; null for what is no link. */
  readonly href: string | null;
}

/** What a person may be led to, with the colon, as in `URL.protocol`. Whatever else a text names stays text. */
export const LINK_SCHEMES: readonly string[] = ["https:", "http:", "mailto:"];

/** No browser's limit is lower, and no person reads more. UTF-16 code units. */
const LONGEST_LINK = 2_000;
/** In one text. */
const MOST_LINKS = 200;

/** Where a link may begin; what stands before it must not be part of a word. */
const CANDIDATE = /(?<![\p{L}\p{N}_@.:/-])(?:https?:\/\/|mailto:|www\.)[^\s<>"“”«»‹›„]{2,}/giu;
/** What ends a sentence and no address. */
const CLOSING = /[.,;:!?'’*_~…]$/u;
const PAIRS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Finds the links of a text. Pure; takes time by the length of the text. */
export function linkedParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  let links = 0;
  for (const { 0: found, index } of text.matchAll(CANDIDATE)) {
    const shown = found.length > LONGEST_LINK ? found : withoutClosing(found);
    const href = hrefOf(shown);
    if (href === null) continue;
    if (++links > MOST_LINKS) break;
    if (index > end) parts.push({ text: text.slice(end, index), href: null });
    parts.push({ text: shown, href });
    end = index + shown.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/**
 * What is opened for a link as somebody has written it: normalised, in ASCII; null when it leads nowhere that a person is
 * led to. A name before the host is there to be taken for the host. Of a mail address nothing but the address counts,
 * since some mail programs would attach files that a link names. Pure.
 */
export function hrefOf(written: string): string | null {
  if (written.length > LONGEST_LINK) return null;
  const url = URL.parse(/^www\./i.test(written) ? `https://${written}` : written);
  if (url === null || !LINK_SCHEMES.includes(url.protocol)) return null;
  if (url.username !== "" || url.password !== "") return null;
  if (url.protocol !== "mailto:") return url.href;
  return /^[\w.+%-]+@[\w-]+(?:\.[\w-]+)+$/.test(url.pathname) ? `mailto:${url.pathname}` : null;
}

function withoutClosing(found: string): string {
  let shown = found;
  for (;;) {
    const last = shown.at(-1) ?? "";
    const opening = PAIRS[last];
    const isClosing =
      opening === undefined ? CLOSING.test(last) : countOf(last, shown) > countOf(opening, shown);
    if (!isClosing) return shown;
    shown = shown.slice(0, -1);
  }
}

function countOf(character: string, text: string): number {
  return text.split(character).length - 1;
}
