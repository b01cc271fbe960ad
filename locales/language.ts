/** The languages that there are texts in, for a person to choose from. ISO 639-1. */
export const LANGUAGES = ["en", "de"] as const;

/** One of them, or the pseudo-language of long words that shows which texts are too long for their place. CLDR's name of it. */
export type Language = (typeof LANGUAGES)[number] | "en-XA";

/** A language, and the region that times and numbers are written for: a tag of BCP 47. */
export interface Locale {
  readonly language: Language;
  readonly region: string;
}

/** What the system prefers: tags of BCP 47, or as environment variables have them, such as `de_AT.UTF-8`. */
export interface SystemLocale {
  /** The most preferred first. */
  readonly languages: readonly string[];
  readonly region: string;
}

/**
 * What is chosen, or else what the system prefers; with the region of the system where it speaks that language: an Austrian
 * reads times as in Austria, and one who has chosen English reads them as in English.
 */
export function localeFrom(chosen: "auto" | Language, { languages, region }: SystemLocale): Locale {
  const language =
    chosen === "auto" ? (languages.map(withTexts).find((found) => found !== null) ?? "en") : chosen;
  const own = localeOf(region);
  return {
    language,
    region: own !== null && own.language === localeOf(language)?.language ? own.baseName : language,
  };
}

function withTexts(tag: string): Language | null {
  const locale = localeOf(tag);
  if (locale?.baseName === "en-XA") return "en-XA";
  return LANGUAGES.find((language) => language === locale?.language) ?? null;
}

/** Null for what names no language, such as `C.UTF-8`. */
function localeOf(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag.replace(/[.@].*$/, "").replaceAll("_", "-"));
  } catch {
    return null;
  }
}
