/** Letters that an English reader can still read, and a test tells from texts that are in no file of texts. */
const ACCENTED: Readonly<Record<string, string>> = Object.fromEntries(
  [..."aàeéiîoöuüAÀEÉIÎOÖUÜcçnñyýCÇNÑ"].reduce<[string, string][]>(
    (pairs, letter, index, all) => (index % 2 === 0 ? [...pairs, [letter, all[index + 1] ?? letter]] : pairs),
    [],
  ),
);

/** English in the pseudo-language: each text a third longer, with accents, between brackets that show where it was cut off. */
export function pseudo<Texts>(texts: Texts): Texts {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what comes back has the shape of what went in
  return translated(texts) as Texts;
}

function translated(value: unknown): unknown {
  if (typeof value === "string") return lengthened(value);
  if (typeof value === "function")
    return (...given: readonly unknown[]): unknown => translated(Reflect.apply(value, undefined, given));
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, translated(part)]));
}

function lengthened(text: string): string {
  if (text === "") return text;
  // What has been put in may have been in the pseudo-language already, or be a name: both stay readable.
  const accented = text.replaceAll(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter);
  return `[${accented}${" ~".repeat(Math.ceil(text.length / 6))}]`;
}
