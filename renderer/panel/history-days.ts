import type { HistoryView } from "../../preload/contract.ts";

/** What ended on one day, by the clock on the wall. */
export interface HistoryDay {
  /** The same for the whole day. */
  readonly key: string;
  /** When the first of them ended, in epoch milliseconds. */
  readonly at: number;
  readonly entries: readonly HistoryView[];
}

/** The entries by day, each in the order in which it came; a clock that was set makes no day twice. Pure. */
export function historyDays(history: readonly HistoryView[]): readonly HistoryDay[] {
  const days = Map.groupBy(history, ({ endedAt }) => new Date(endedAt).toDateString());
  return [...days].map(([key, entries]) => ({ key, at: entries[0]?.endedAt ?? 0, entries }));
}
