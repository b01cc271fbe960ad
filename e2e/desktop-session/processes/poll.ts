const LIMIT_MS = 5_000;
const PAUSE_MS = 25;

export interface PollOptions {
  /** Default 5 s. */
  readonly timeoutMs?: number;
  /** What there is instead, for the complaint. */
  readonly seen?: () => Promise<readonly string[]>;
}

/** Looks again and again until something is found; throws the complaint when time is over. */
export async function poll<T>(
  complaint: string,
  look: () => Promise<T | undefined>,
  { timeoutMs = LIMIT_MS, seen = async () => [] }: PollOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline)
      throw new Error(`${complaint} within ${timeoutMs} ms. On the screen: ${JSON.stringify(await seen())}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
