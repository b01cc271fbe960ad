import { useEffect, useState } from "preact/hooks";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

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
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

/** A time in the past as a list shows it: the nearer, the finer. */
export function shortTime(at: number, now: number): string {
  const age = now - at;
  if (age < 60_000) return "now";
  if (age < HOUR_MS) return `${Math.floor(age / 60_000)} min`;
  if (new Date(at).toDateString() === new Date(now).toDateString()) return clock.format(at);
  return age < 6 * DAY_MS ? weekday.format(at) : day.format(at);
}

/** The time of the day. */
export function clockTime(at: number): string {
  return clock.format(at);
}

const longDay = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

/** The day, as people call it. */
export function dayLabel(at: number, now: number): string {
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return "Today";
  return day === new Date(now - DAY_MS).toDateString() ? "Yesterday" : longDay.format(at);
}

export function wholeTime(at: number): string {
  return whole.format(at);
}

/** Whole seconds until then; never negative. */
export function secondsUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 1000));
}
