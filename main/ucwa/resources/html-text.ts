/**
 * The readable text of an HTML message. It is never rendered, so this needs no browser: tags are dropped, what a
 * browser would not show is dropped with its content, blocks become lines, entities become characters once. Time is
 * linear in the length, whatever the markup. The text may hold `<` and `&`: it is plain, not HTML.
 */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  for (let at = 0; at < html.length;) {
    const open = html.indexOf("<", at);
    const markup = open < 0 ? null : markupAt(html, open);
    // A `<` that begins no markup is text.
    const end = open < 0 ? html.length : markup ? open : open + 1;
    parts.push(html.slice(at, end).replaceAll(/\s+/g, " "));
    if (markup?.breaksLine) parts.push("\n");
    at = markup?.end ?? end;
  }
  return unescapeEntities(parts.join(""))
    .split("\n")
    .map((line) => line.trim())
    .filter((line, index, lines) => line !== "" || lines[index - 1] !== "")
    .join("\n")
    .trim();
}

/** One piece of markup, together with its content where a browser shows none. */
interface Markup {
  readonly end: number;
  readonly breaksLine: boolean;
}

function markupAt(html: string, open: number): Markup | null {
  if (html.startsWith("<!--", open)) {
    // From the second hyphen on: `<!-->` is a comment already.
    return { end: after(html, "-->", open + 2), breaksLine: false };
  }
  TAG_NAME.lastIndex = open;
  const [whole = "", slash = "", name = ""] = TAG_NAME.exec(html) ?? [];
  if (name === "") {
    return /[!?/]/.test(html.charAt(open + 1)) ? { end: after(html, ">", open), breaksLine: false } : null;
  }
  const tag = name.toLowerCase();
  const end = tagEnd(html, open + whole.length);
  const closing = slash === "" ? UNSHOWN.get(tag) : undefined;
  return { end: closing ? contentEnd(html, closing, end) : end, breaksLine: LINES.has(tag) };
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

/** One pass, so that `&amp;lt;` becomes `&lt;` and no further. */
function unescapeEntities(text: string): string {
  return text.replaceAll(ENTITY, (whole, hex?: string, decimal?: string, name = "") => {
    if (hex !== undefined) return character(Number.parseInt(hex, 16));
    if (decimal !== undefined) return character(Number.parseInt(decimal, 10));
    return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? whole;
  });
}

/** Numbers need no semicolon. */
const ENTITY = /&(?:#x([0-9a-f]+);?|#(\d+);?|([a-z][a-z0-9]{1,30});)/gi;

/** What stands for no character becomes the replacement character; 128 to 159 mean what they mean on Windows. */
function character(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252.decode(Uint8Array.of(code));
  const exists = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return exists ? String.fromCodePoint(code) : "\uFFFD";
}

const WINDOWS_1252 = new TextDecoder("windows-1252");

/** What chat clients write; a name that is not here is shown as it came. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    nbsp: " ",
    copy: "©",
    reg: "®",
    trade: "™",
    euro: "€",
    pound: "£",
    yen: "¥",
    cent: "¢",
    sect: "§",
    para: "¶",
    deg: "°",
    micro: "µ",
    middot: "·",
    bull: "•",
    hellip: "…",
    ndash: "–",
    mdash: "—",
    lsquo: "‘",
    rsquo: "’",
    sbquo: "‚",
    ldquo: "“",
    rdquo: "”",
    bdquo: "„",
    laquo: "«",
    raquo: "»",
    times: "×",
    divide: "÷",
    plusmn: "±",
    frac12: "½",
    frac14: "¼",
    auml: "ä",
    Auml: "Ä",
    ouml: "ö",
    Ouml: "Ö",
    uuml: "ü",
    Uuml: "Ü",
    szlig: "ß",
    eacute: "é",
    Eacute: "É",
    egrave: "è",
    Egrave: "È",
    ecirc: "ê",
    agrave: "à",
    Agrave: "À",
    aacute: "á",
    acirc: "â",
    aring: "å",
    Aring: "Å",
    aelig: "æ",
    AElig: "Æ",
    oslash: "ø",
    Oslash: "Ø",
    ccedil: "ç",
    Ccedil: "Ç",
    ntilde: "ñ",
    Ntilde: "Ñ",
    iacute: "í",
    oacute: "ó",
    uacute: "ú",
    ocirc: "ô",
    ugrave: "ù",
    larr: "←",
    rarr: "→",
  }),
);
