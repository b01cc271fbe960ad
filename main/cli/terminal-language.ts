import { localeFrom, type Locale } from "../../locales/language.ts";

/**
 * What a person at a terminal wants to be spoken to in, and how they want times and numbers written. References: POSIX.1,
 * Environment Variables (LC_ALL, LC_MESSAGES, LC_TIME, LANG); GNU gettext, The LANGUAGE variable.
 */
export function terminalLocale(env: Readonly<Record<string, string | undefined>>): Locale {
  const of = (category: "LC_MESSAGES" | "LC_TIME"): string =>
    env["LC_ALL"] || env[category] || env["LANG"] || "C";
  const messages = of("LC_MESSAGES");
  // Whoever asks for the locale of no language gets that of programs, English, whatever LANGUAGE says.
  const asked = /^(?:C|POSIX)(?:\.|$)/.test(messages) ? [] : (env["LANGUAGE"] ?? "").split(":");
  return localeFrom("auto", { languages: [...asked, messages], region: of("LC_TIME") });
}
