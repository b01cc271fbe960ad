import { locale } from "../../../locales/texts.ts";
import { graphemes } from "../../platform/graphemes.ts";

/**
 * What a terminal can show of a text: all of it, or ASCII alone where the locale of the environment is none of UTF-8. Only
 * Windows and macOS write Unicode whatever the environment says. Reference: POSIX.1, Environment Variables (LC_ALL,
 * LC_CTYPE, LANG).
 */
export function shownIn(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): (text: string) => string {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "C";
  const unicode = platform === "win32" || platform === "darwin" || /utf-?8/i.test(locale);
  return unicode ? (text) => text : asciiOnly;
}

const SIGNS: Readonly<Record<string, string>> = {
  "…": "...",
  "“": '"',
  "”": '"',
  "„": '"',
  "‚": "'",
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "-",
  "♪": "*",
  "→": ">",
  "↵": "|",
  "✓": "+",
  "✗": "x",
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
};

/** As German is written without its own letters; in other languages they are letters with a mark. */
const UMLAUTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", Ä: "Ae", Ö: "Oe", Ü: "Ue" };

/** A letter keeps what it is without its marks; whatever has no likeness in ASCII is one question mark. */
function asciiOnly(text: string): string {
  return text.normalize("NFC").replaceAll(/[^\0-\u007F]+/g, (foreign) =>
    Array.from(graphemes(foreign), ({ segment }) => {
      const sign = SIGNS[segment] ?? (locale.language === "de" ? UMLAUTS[segment] : undefined);
      if (sign !== undefined) return sign;
      const bare = segment.normalize("NFKD").replaceAll(/\p{M}/gu, "");
      return /^[\0-\u007F]*$/.test(bare) ? bare : "?";
    }).join(""),
  );
}
