import { randomUUID } from "node:crypto";
import type { Clock, Random } from "./ports.ts";

/** What a timer of the system takes; a longer one would run at once. Milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock and timers of the system. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, Math.min(delayMs, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

export const systemRandom: Random = { uuid: () => randomUUID(), fraction: () => Math.random() };
