import type { QuietHours } from "../../platform/settings/quiet-settings.ts";

/** In epoch milliseconds: from `start` on, and not at `end` any more. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A week has no more, and one before and after it. */
const DAYS = 9;

/**
 * When the quiet hours that hold at `now` end, in epoch milliseconds; null when none do. Ranges that touch are one.
 * `Infinity` when they never end. Where the clock is put forward a time that is left out is as much later; one that
 * comes twice is meant the first time.
 */
export function quietUntil(hours: QuietHours, now: number): number | null {
  let until: number | null = null;
  for (const { start, end } of spans(hours, now)) {
    if (until === null ? start <= now && now < end : start <= until && until < end) until = end;
  }
  return until !== null && until - now >= 7 * 24 * 60 * 60_000 ? Infinity : until;
}

/** When the next quiet hours begin, in epoch milliseconds; null when none do. */
export function quietFrom(hours: QuietHours, now: number): number | null {
  return spans(hours, now).find(({ start }) => start > now)?.start ?? null;
}

/** In the order of their beginning, from yesterday's on. */
function spans(hours: QuietHours, now: number): readonly Span[] {
  if (!hours.on) return [];
  const today = new Date(now);
  const found: Span[] = [];
  for (let ahead = -1; ahead < DAYS; ahead += 1) {
    const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + ahead);
    const day = hours.days[date.getDay()];
    if (!day?.on) continue;
    const start = at(date, day.from, 0);
    const end = at(date, day.to, day.to <= day.from ? 1 : 0);
    if (start < end) found.push({ start, end });
  }
  return found.toSorted((one, other) => one.start - other.start);
}

function at(date: Date, time: string, daysLater: number): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysLater, hour, minute).getTime();
}
