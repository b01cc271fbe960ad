import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { HistoryView } from "../../preload/contract.ts";
import { historyDays } from "./history-days.ts";

afterEach(() => vi.unstubAllEnvs());

const entry = (id: string, endedAt: number) => ({ id, endedAt }) as HistoryView;
const ids = (history: readonly HistoryView[]) => history.map(({ id }) => id).join("");
const DAY_MS = 24 * 60 * 60_000;

describe("the days of the history", () => {
  it("begin at midnight by the clock on the wall", () => {
    const night = [
      entry("a", Date.parse("2026-11-24T23:30:00Z")),
      entry("b", Date.parse("2026-11-24T22:30:00Z")),
    ];
    vi.stubEnv("TZ", "Europe/Berlin");
    expect(historyDays(night).map(({ entries }) => ids(entries))).toEqual(["a", "b"]);
    vi.stubEnv("TZ", "UTC");
    expect(historyDays(night).map(({ entries }) => ids(entries))).toEqual(["ab"]);
  });

  it("hold each entry once and in its order, and are there once, whatever the clock was set to", () => {
    const times = fc.array(fc.integer({ min: 0, max: 5 * DAY_MS }), { maxLength: 12 });
    fc.assert(
      fc.property(times, (all) => {
        const history = all.map((at, index) => entry(String(index), at));
        const days = historyDays(history);
        expect(new Set(days.map(({ key }) => key)).size).toBe(days.length);
        expect(days.flatMap(({ entries }) => entries).length).toBe(history.length);
        for (const { at, entries } of days) {
          expect(entries[0]?.endedAt).toBe(at);
          expect(entries).toEqual(history.filter((one) => entries.includes(one)));
          const dates = entries.map(({ endedAt }) => new Date(endedAt).toDateString());
          expect(new Set(dates).size).toBe(1);
        }
      }),
    );
  });
});
