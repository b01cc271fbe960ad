import { afterEach, describe, expect, it, vi } from "vitest";

import { speak } from "../../locales/page-texts.ts";
import { clockTime, dayLabel, durationLabel } from "./time.ts";

afterEach(async () => {
  vi.unstubAllEnvs();
  await speak({ language: "en", region: "en" });
});

/** By the clock on the wall. */
const at = (month: number, day: number, hour: number, minute = 0, year = 2026) =>
  new Date(year, month - 1, day, hour, minute).getTime();

describe("the name of a day", () => {
  it.each(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"])(
    "changes at midnight by the clock on the wall in %s, on every day of the year",
    (zone) => {
      vi.stubEnv("TZ", zone);
      for (let day = 2; day <= 365; day += 1) {
        for (const [hour, minute] of [
          [0, 0],
          [23, 59],
        ] as const) {
          const now = at(1, day, hour, minute);
          expect(dayLabel(at(1, day, 0), now)).toBe("Today");
          expect(dayLabel(at(1, day - 1, 0), now)).toBe("Yesterday");
          expect(dayLabel(at(1, day - 1, 23, 59), now)).toBe("Yesterday");
          expect(dayLabel(at(1, day - 2, 23, 59), now)).not.toMatch(/day$/);
        }
      }
    },
  );

  it("has its year where that is another one", () => {
    expect(dayLabel(at(11, 3, 9), at(11, 24, 9))).not.toContain("2026");
    expect(dayLabel(at(12, 30, 9, 0, 2025), at(1, 9, 9))).toContain("2025");
  });
});

describe("a duration", () => {
  it.each([
    [0, "0s", "0 seconds"],
    [-5_000, "0s", "0 seconds"],
    [1_000, "1s", "1 second"],
    [24_600, "25s", "25 seconds"],
    [60_000, "1m", "1 minute"],
    [65_000, "1m 5s", "1 minute, 5 seconds"],
    [59_999, "1m", "1 minute"],
    [3_725_000, "1h 2m", "1 hour, 2 minutes"],
  ])("of %i ms is %s, or %s", (ms, narrow, long) => {
    expect([durationLabel(ms, "narrow"), durationLabel(ms, "long")]).toEqual([narrow, long]);
  });
});

it("says days, times and durations in German", async () => {
  await speak({ language: "de", region: "de" });
  const now = at(3, 9, 21);
  expect([dayLabel(at(3, 9, 8), now), dayLabel(at(3, 8, 8), now)]).toEqual(["Heute", "Gestern"]);
  expect(dayLabel(at(3, 7, 8), now)).toBe("Samstag, 7. März");
  expect(dayLabel(at(12, 30, 9, 0, 2025), now)).toBe("Dienstag, 30. Dezember 2025");
  expect(clockTime(at(3, 9, 18, 5))).toBe("18:05");
  expect(durationLabel(65_000, "long")).toBe("1 Minute, 5 Sekunden");
  expect([25_000, 65_000, 3_725_000].map((ms) => durationLabel(ms, "narrow"))).toEqual([
    "25 s",
    "1:05 min",
    "1:02 h",
  ]);
});
