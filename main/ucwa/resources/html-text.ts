import { decodeHTML } from "entities/decode";

/**
 * The readable text of an HTML message. It is never rendered, so this needs no browser: tags are dropped, what a
 * browser would not show is dropped with its content, blocks become lines, cells are set apart by tabs, entities become
 * characters once. Time is linear in the length, whatever the markup. The text may hold `<` and `&`: it is plain, not HTML.
 */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  for (let at = 0; at < html.length;) {
    const open = html.indexOf("<", at);
    const markup = open < 0 ? null : markupAt(html, open);
    // A `<` that begins no markup is text.
    const end = open < 0 ? html.length : markup ? open : open + 1;
    parts.push(html.slice(at, end).replaceAll(/[\t\n\f\r ]+/g, " "));
    if (markup) parts.push(markup.shownAs);
    at = markup?.end ?? end;
  }
  // One pass, so that `&amp;lt;` becomes `&lt;` and no further.
  return decodeHTML(parts.join("").replaceAll(/[\t ]{2,}/g, (blanks) => (blanks.includes("\t") ? "\t" : " ")))
    .replaceAll("\u00A0", " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line, index, lines) => line !== "" || lines[index - 1] !== "")
    .join("\n")
    .trim();
}

/** One piece of markup, together with its content where a browser shows none. */
interface Markup {
  readonly end: number;
  readonly shownAs: "" | "\n" | "\t";
}

function markupAt(html: string, open: number): Markup | null {
  if (html.startsWith("<!--", open)) {
    // From the second hyphen on: `<!-->` is a comment already.
    return { end: after(html, "-->", open + 2), shownAs: "" };
  }
  TAG_NAME.lastIndex = open;
  const [whole = "", slash = "", name = ""] = TAG_NAME.exec(html) ?? [];
  if (name === "") {
    return /[!?/]/.test(html.charAt(open + 1)) ? { end: after(html, ">", open), shownAs: "" } : null;
  }
  const tag = name.toLowerCase();
  const end = tagEnd(html, open + whole.length);
  const closing = slash === "" ? UNSHOWN.get(tag) : undefined;
  return {
    end: closing ? contentEnd(html, closing, end) : end,
    shownAs: LINES.has(tag) ? "\n" : tag === "td" || tag === "th" ? "\t" : "",
  };
}

const TAG_NAME = /<(\/?)([a-z][a-z0-9]*)/iy;

/** Elements whose content nobody sees, with the tag that ends them. */
const UNSHOWN: ReadonlyMap<string, RegExp> = new Map(
  ["script", "style", "title", "template", "noscript", "iframe", "noembed", "noframes", "object"].map(
    (name) => [name, new RegExp(`</${name}(?![a-z0-9])`, "gi")],
  ),
);

const LINES: ReadonlySet<string> = new Set(
  "br p div li tr ul ol dl dt dd table h1 h2 h3 h4 h5 h6 hr blockquote pre section article header footer".split(
    " ",
  ),
);

/** A `>` inside a quoted value ends no tag; one that never ends swallows the rest, as in a browser. */
function tagEnd(html: string, from: number): number {
  for (let at = from; ;) {
    VALUE_OR_END.lastIndex = at;
    const found = VALUE_OR_END.exec(html);
    if (!found) return html.length;
    if (found[0] === ">") return VALUE_OR_END.lastIndex;
    at = after(html, found[0].slice(-1), VALUE_OR_END.lastIndex);
  }
}

const VALUE_OR_END = /=\s*["']|>/g;

function contentEnd(html: string, closing: RegExp, from: number): number {
  closing.lastIndex = from;
  return closing.exec(html) ? tagEnd(html, closing.lastIndex) : html.length;
}

/** The index behind the next `what`; the end where there is none. */
function after(html: string, what: string, from: number): number {
  const at = html.indexOf(what, from);
  return at < 0 ? html.length : at + what.length;
}
