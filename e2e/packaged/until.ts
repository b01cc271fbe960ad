const POLL_MS = 50;

/** What `look` finds, as soon as it finds something; throws `complaint` after `limitMs`. */
export async function until<T>(
  complaint: string,
  limitMs: number,
  look: () => T | null | Promise<T | null>,
): Promise<T> {
  for (const deadline = Date.now() + limitMs; ;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`${complaint} within ${limitMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
