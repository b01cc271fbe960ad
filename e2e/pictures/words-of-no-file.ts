import type { Page } from "@playwright/test";

/**
 * What a page in the pseudo-language says in words that are in no file of texts: each text there stands between brackets.
 * What main or somebody else has said is `given`; dates, addresses and the name of the program are no words.
 */
export async function wordsOfNoFile(page: Page, given: unknown): Promise<string[]> {
  const said = await page.evaluate(() => {
    const attributes = ["aria-label", "title", "placeholder", "alt"];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [document.title];
    while (walker.nextNode()) {
      const { parentElement } = walker.currentNode;
      // A text may be in several nodes: the one that begins it has the bracket.
      if (!parentElement?.closest("script, .quiet-days")) found.push(parentElement?.textContent ?? "");
    }
    for (const element of document.querySelectorAll("*"))
      for (const name of attributes) found.push(element.getAttribute(name) ?? "");
    return [...new Set(found)];
  });
  // The longest first: a short one may be part of it.
  const parts = ["Doorbell", ...textsIn(given)].toSorted((one, other) => other.length - one.length);
  // As Intl writes them.
  const DATE = /\p{L}+day, \p{L}+ \d.*/gu;
  const DURATION = /\d+ (?:hour|minute|second)s?/g;
  const ADDRESS = /\S+(?:@|:\/\/)\S+/g;
  return (
    said
      // A part of what was said may stand there alone.
      .filter((text) => !text.includes("[") && !parts.some((part) => part.includes(text.trim())))
      .map((text) => parts.reduce((rest, part) => rest.replaceAll(part, " "), text))
      .map((text) => text.replaceAll(DATE, "").replaceAll(DURATION, "").replaceAll(ADDRESS, "").trim())
      .filter((text) => /\p{L}{3}/u.test(text))
      .map((text) => `says "${text}", which is in no file of texts`)
  );
}

/** Every text in it, of more than a letter or two. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value.trim().length > 2 ? [value.trim()] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
