import { useEffect, useState } from "preact/hooks";

/** The time now, told again every `stepMs` for as long as somebody shows it. Epoch milliseconds. */
export function useNow(stepMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return now;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

/** The time of the day. */
export function clockTime(at: number): string {
  return clock.format(at);
}

const LONG_DAY = { weekday: "long", day: "numeric", month: "long" } as const;
const longDay = new Intl.DateTimeFormat(undefined, LONG_DAY);
const dayOfYear = new Intl.DateTimeFormat(undefined, { ...LONG_DAY, year: "numeric" });

/** The day, as people call it; days begin at midnight by the clock on the wall, however long they are. */
export function dayLabel(at: number, now: number): string {
  const today = new Date(now);
  const day = new Date(at);
  const isOn = (other: Date): boolean => day.toDateString() === other.toDateString();
  if (isOn(today)) return "Today";
  if (isOn(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1))) return "Yesterday";
  return day.getFullYear() === today.getFullYear() ? longDay.format(day) : dayOfYear.format(day);
}

/** How long something lasts, such as `1m 5s` or `1 minute, 5 seconds`: in whole seconds, from an hour on in minutes. */
export function durationLabel(ms: number, style: "narrow" | "long"): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const parts = [
    ["hour", hours],
    ["minute", Math.floor(seconds / 60) % 60],
    ["second", hours > 0 ? 0 : seconds % 60],
  ] as const;
  const told = parts.filter(([unit, count]) => count > 0 || (unit === "second" && seconds === 0));
  const format = new Intl.ListFormat(undefined, { type: "unit", style });
  return format.format(
    told.map(([unit, count]) =>
      new Intl.NumberFormat(undefined, { style: "unit", unit, unitDisplay: style }).format(count),
    ),
  );
}

const exact = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** The time of the day, to the second. */
export function exactTime(at: number): string {
  return exact.format(at);
}

export function wholeTime(at: number): string {
  return whole.format(at);
}

/** Whole seconds until then; never negative. */
export function secondsUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 1000));
}
