import type { HistoryEntry } from "../invitations/history/history.ts";
import { readSipAddress } from "../platform/sip-address.ts";
import type { FoundPerson } from "./calling.ts";

/** Whom the person has had to do with, the last first, each once: those that can be called. Pure. */
export function recentPeople(history: readonly HistoryEntry[]): readonly FoundPerson[] {
  const byUri = new Map<string, FoundPerson>();
  for (const { name, uri, anonymous } of history) {
    const address = readSipAddress(uri);
    if (anonymous || !address.ok) continue;
    const key = `sip:${address.value.address}`;
    // Of somebody who was called by address alone, an older call may tell the name.
    if (!byUri.get(key)?.name) byUri.set(key, { name, uri: key, title: "", department: "" });
  }
  return [...byUri.values()];
}

/** Suggestions for what is typed: recent people first, then whom the search has found, each once. Pure. */
export function suggestPeople(
  query: string,
  recent: readonly FoundPerson[],
  found: readonly FoundPerson[],
): readonly FoundPerson[] {
  const words = query.trim().toLowerCase();
  const known = new Map(found.map((person) => [person.uri, person]));
  const matching = recent.filter(({ name, uri }) => `${name} ${uri}`.toLowerCase().includes(words));
  // What the server says of somebody is newer, and more.
  const first = matching.map((person) => known.get(person.uri) ?? person);
  const shown = new Set(first.map(({ uri }) => uri));
  return [...first, ...found.filter(({ uri }) => !shown.has(uri))];
}
