import { useEffect, useState } from "preact/hooks";

import { dateFormat, listFormat, numberFormat } from "../../locales/format.ts";
import { texts } from "../../locales/page-texts.ts";

/** The time now, told again every `stepMs` for as long as somebody shows it. Epoch milliseconds. */
export function useNow(stepMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return now;
}

/** The time of the day. */
export function clockTime(at: number): string {
  return dateFormat({ timeStyle: "short" }).format(at);
}

const LONG_DAY = { weekday: "long", day: "numeric", month: "long" } as const;

/** The day, as people call it; days begin at midnight by the clock on the wall, however long they are. */
export function dayLabel(at: number, now: number): string {
  const today = new Date(now);
  const day = new Date(at);
  const isOn = (other: Date): boolean => day.toDateString() === other.toDateString();
  if (isOn(today)) return texts.cards.today;
  if (isOn(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)))
    return texts.cards.yesterday;
  const year = day.getFullYear() === today.getFullYear() ? {} : ({ year: "numeric" } as const);
  return dateFormat({ ...LONG_DAY, ...year }).format(day);
}

/** How long something lasts, such as `1m 5s` or `1 minute, 5 seconds`: in whole seconds, from an hour on in minutes. */
export function durationLabel(ms: number, style: "narrow" | "long"): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  // Intl is at its shortest twice as wide in some languages as people write it.
  if (style === "narrow") return texts.cards.shortDuration(hours, minutes, seconds % 60);
  const parts = [
    ["hour", hours],
    ["minute", minutes],
    ["second", hours > 0 ? 0 : seconds % 60],
  ] as const;
  const told = parts.filter(([unit, count]) => count > 0 || (unit === "second" && seconds === 0));
  return listFormat({ type: "unit", style }).format(
    told.map(([unit, count]) => numberFormat({ style: "unit", unit, unitDisplay: style }).format(count)),
  );
}

/** The time of the day, to the second. */
export function exactTime(at: number): string {
  return dateFormat({ timeStyle: "medium" }).format(at);
}

export function wholeTime(at: number): string {
  return dateFormat({ dateStyle: "full", timeStyle: "short" }).format(at);
}

/** Whole seconds until then; never negative. */
export function secondsUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 1000));
}
