/** Microseconds by the machine's monotonic clock, which all processes of a Linux machine share. */
export function nowMicros(): number {
  return Number(process.hrtime.bigint()) / 1000;
}

/** Rejects when `work` takes longer: a measurement that hangs says what it waited for. */
export async function within<T>(limitMs: number, what: string, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`Not within ${limitMs} ms: ${what}.`)), limitMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Lets everything that was sent arrive and both sides fall idle, so that each sample starts from a request that has
 * been parked for a while: to be woken up costs something too.
 */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 3));
}
