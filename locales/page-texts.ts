import { texts as english } from "./en/pages/index.ts";
import { formatFor } from "./format.ts";
import type { Locale } from "./language.ts";

export type PageTexts = typeof english;

/** What a page says, in the language of the person. */
export let texts: PageTexts = english;

/** To be awaited before anything is drawn. A page loads its own language alone. */
export async function speak({ language, region }: Locale): Promise<void> {
  formatFor(region);
  if (language === "de") texts = (await import("./de/pages/index.ts")).texts;
  else if (language === "en-XA") texts = (await import("./pseudo.ts")).pseudo(english);
  else texts = english;
}
