/**
 * Times, numbers and plurals, as the region writes them that the program speaks to. Until it is told one, that of the
 * system; but what goes by the language of the texts, plurals and lists, goes by English then. `Intl` is slow to begin, so that each format is made once.
 */
let region: string | undefined;
const made = new Map<string, unknown>();

export function formatFor(tag: string): void {
  region = tag;
  made.clear();
}

export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return once("date", options, () => new Intl.DateTimeFormat(region, options));
}

export function numberFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return once("number", options, () => new Intl.NumberFormat(region, options));
}

/** What joins is a word, and English in these texts is British: without a comma before "and". */
export function listFormat(options: Intl.ListFormatOptions): Intl.ListFormat {
  const words = region === undefined || /^en\b/.test(region) ? "en-GB" : region;
  return once("list", options, () => new Intl.ListFormat(words, options));
}

/** The form for this many; `#` in it is the number. */
export function plural(
  count: number,
  forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & Record<"other", string>>,
): string {
  const rules = once("plural", {}, () => new Intl.PluralRules(region ?? "en"));
  return (forms[rules.select(count)] ?? forms.other).replaceAll("#", numberFormat().format(count));
}

function once<Format>(kind: string, options: object, make: () => Format): Format {
  const key = `${kind} ${JSON.stringify(options)}`;
  const found = made.get(key) ?? make();
  made.set(key, found);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the key names the kind
  return found as Format;
}
