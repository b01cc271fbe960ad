import type { HistoryContent, HistoryEntry } from "../../../invitations/history/history.ts";

/** A call that nobody took, as the history keeps it. */
export function entry(over: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id: "h1",
    kind: "messaging",
    direction: "incoming",
    name: "Ada Winter",
    uri: "sip:ada@example.test",
    anonymous: false,
    external: false,
    subject: "Budget",
    end: "missed",
    detail: "",
    presented: "native: shown",
    quietUntil: null,
    receivedAt: Date.UTC(2026, 10, 30, 10, 42),
    endedAt: Date.UTC(2026, 10, 30, 10, 43),
    ...over,
  };
}

/** So many missed calls that nobody has looked at yet. */
export function missedCalls(count: number): HistoryContent {
  const entries = Array.from({ length: count }, (_, index) => entry({ id: `h${index + 1}` }));
  return { entries, unseen: count };
}
