import { texts as german } from "./de/main/index.ts";
import { texts as english } from "./en/main/index.ts";
import { formatFor } from "./format.ts";
import type { Locale } from "./language.ts";
import { pseudo } from "./pseudo.ts";

export type Texts = typeof english;

/**
 * What main and the terminal program say to the person, and in what language: the only state of a module that there is
 * (others remember what a pure function has answered last), since whatever says something would have to be handed it.
 */
export let texts: Texts = english;
export let locale: Locale = { language: "en", region: "en" };

/** To be called before anything is said. */
export function speak(wanted: Locale): void {
  const { language, region } = wanted;
  locale = wanted;
  texts = language === "de" ? german : language === "en-XA" ? pseudo(english) : english;
  formatFor(region);
}
