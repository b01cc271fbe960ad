import type { Clock } from "../platform/ports.ts";

/** From the moment that the program is told to end until it does; the promise is five seconds. */
export const LEAVE_LIMIT_MS = 4_200;

/** Waits for work of the end, but not for ever, and whether it succeeds or not. */
export async function within(limitMs: number, clock: Clock, work: Promise<void> | undefined): Promise<void> {
  if (work === undefined) return;
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(limitMs, resolve);
  await Promise.race([work.catch(() => undefined), late]);
  cancel();
}
