import { speak } from "../../locales/page-texts.ts";
import type { LocaleView } from "../../preload/contract.ts";

/** Loads the texts, and tells screen readers how to pronounce them. To be awaited before anything is drawn. */
export async function speakPage(locale: LocaleView): Promise<void> {
  document.documentElement.lang = locale.language;
  await speak(locale);
}
