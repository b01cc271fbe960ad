import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { NO_QUIET_HOURS, type QuietDay, type QuietHours } from "../../platform/settings/quiet-settings.ts";
import { quietFrom, quietUntil } from "./quiet-hours.ts";

const OFF: QuietDay = { on: false, from: "00:00", to: "00:00" };
const HOUR = 60 * 60_000;

/** The same on these days, 0 for Sunday; every day where none is named. */
function hours(from: string, to: string, ...days: readonly number[]): QuietHours {
  const on = { on: true, from, to };
  return {
    on: true,
    days: [0, 1, 2, 3, 4, 5, 6].map((day) => (days.length === 0 || days.includes(day) ? on : OFF)),
  };
}

/** By the clock on the wall. */
function wall(text: string): number {
  return new Date(text).getTime();
}

const zone = process.env["TZ"];
beforeAll(() => void (process.env["TZ"] = "Europe/Berlin"));
afterAll(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

describe("quiet hours", () => {
  it.each([
    ["are over before they begin", hours("22:00", "07:00"), "2026-11-30T21:59", null],
    ["begin on the minute", hours("22:00", "07:00"), "2026-11-30T22:00", "2026-12-01T07:00"],
    ["last over midnight", hours("22:00", "07:00"), "2026-12-01T03:00", "2026-12-01T07:00"],
    ["end on the minute", hours("22:00", "07:00"), "2026-12-01T07:00", null],
    ["last within a day", hours("12:00", "13:00"), "2026-11-30T12:30", "2026-11-30T13:00"],
    [
      "last a whole day where both times are the same",
      hours("08:00", "08:00", 0),
      "2026-11-29T20:00",
      "2026-11-30T08:00",
    ],
    [
      "are those of the day on which they begin: Friday's",
      hours("22:00", "07:00", 5),
      "2026-12-05T06:00",
      "2026-12-05T07:00",
    ],
    [
      "are those of the day on which they begin: not Saturday's",
      hours("22:00", "07:00", 5),
      "2026-12-05T22:30",
      null,
    ],
    ["are none where they are off", { ...hours("22:00", "07:00"), on: false }, "2026-11-30T23:00", null],
    [
      "that touch are one: a weekend",
      { ...NO_QUIET_HOURS, on: true },
      "2026-12-04T19:00",
      "2026-12-07T08:00",
    ],
    // 29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00.
    [
      "are an hour shorter in the night that the clock is put forward",
      hours("22:00", "07:00"),
      "2026-03-29T03:30",
      "2026-03-29T07:00",
    ],
    [
      "whose end is left out that night end as much later",
      hours("22:00", "02:30"),
      "2026-03-29T01:59",
      "2026-03-29T03:30",
    ],
    ["that are left out that night are none", hours("02:30", "03:00"), "2026-03-29T03:10", null],
  ] as const)("%s", (_, schedule, now, until) => {
    expect(quietUntil(schedule, wall(now))).toBe(until === null ? null : wall(until));
  });

  it("are an hour longer in the night that the clock is put back, and end the first time that it says so", () => {
    const begin = wall("2026-10-24T22:00");
    expect(quietUntil(hours("22:00", "07:00"), begin)).toBe(begin + 10 * HOUR);
    const first = wall("2026-10-25T01:30") + HOUR;
    expect(quietUntil(hours("22:00", "02:30"), begin)).toBe(first);
    expect(quietUntil(hours("22:00", "02:30"), first + HOUR / 2)).toBeNull();
  });

  it("never end where every day is quiet all day", () => {
    expect(quietUntil(hours("00:00", "00:00"), wall("2026-11-30T12:00"))).toBe(Infinity);
  });

  it("begin next where the schedule says so", () => {
    expect(quietFrom(hours("22:00", "07:00", 3), wall("2026-11-30T12:00"))).toBe(wall("2026-12-02T22:00"));
    expect(quietFrom(hours("22:00", "07:00"), wall("2026-11-30T22:00"))).toBe(wall("2026-12-01T22:00"));
    expect(quietFrom(NO_QUIET_HOURS, wall("2026-11-30T12:00"))).toBeNull();
  });

  it("hold at every minute of a year exactly where the clock on the wall is within one of them", () => {
    const time = fc
      .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
    const day = fc.record({ on: fc.boolean(), from: time, to: time });
    const schedule = fc.array(day, { minLength: 7, maxLength: 7 }).map((days) => ({ on: true, days }));
    // Not in a night that the clock is changed: see above.
    const minute = fc
      .nat({ max: 365 * 24 * 60 })
      .map((minutes) => wall("2026-01-01T00:00") + minutes * 60_000)
      .filter((at) => !["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"].includes(dateOf(at)));
    fc.assert(
      fc.property(schedule, minute, ({ on, days }, now) => {
        const clock = new Date(now).toTimeString().slice(0, 5);
        const today = days[new Date(now).getDay()];
        const yesterday = days[(new Date(now).getDay() + 6) % 7];
        const late = yesterday?.on === true && yesterday.to <= yesterday.from && clock < yesterday.to;
        const now_ =
          today?.on === true && today.from <= clock && (today.to <= today.from || clock < today.to);
        const until = quietUntil({ on, days }, now);
        expect(until !== null).toBe(late || now_);
        if (until !== null && until !== Infinity) expect(quietUntil({ on, days }, until)).toBeNull();
        if (until !== null && until !== Infinity)
          expect(quietUntil({ on, days }, until - 60_000)).toBe(until);
      }),
      { numRuns: 2_000 },
    );
  });
});

function dateOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
}
