import { describe, expect, it } from "vitest";
import { texts as germanMain } from "./de/main/index.ts";
import { texts as germanPages } from "./de/pages/index.ts";
import { texts as englishMain } from "./en/main/index.ts";
import { texts as englishPages } from "./en/pages/index.ts";

/** That a key is there, and takes the same, the compiler sees. Here: that it was translated. */

/** Every text by its path; one that is put together, put together of samples. */
function spoken(value: unknown, path: readonly string[] = []): ReadonlyArray<readonly [string, string]> {
  if (typeof value === "string") return [[path.join("."), value]];
  // What is put in is a text, a number or a list of texts; a list of one letter serves as each.
  if (typeof value === "function")
    return spoken(Reflect.apply(value, undefined, ["1", "2", "3", "4"].map(sample)), path);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => spoken(part, [...path, key]));
}

/** Is written like a text, counted like a number, and joined like a list. */
function sample(text: string): unknown {
  return Object.assign([text], { valueOf: () => Number(text), trim: () => text });
}

/** What both languages say alike, by its path. */
const ALIKE = new Set([
  "connection.details",
  "conversation.came",
  "conversation.said",
  "doctor.labels.dns",
  "doctor.labels.token",
  "history.facts.name",
  "notifications.attention",
  "notifications.inGroup",
  "panel.importances.Normal",
  "panel.offline",
  "panel.online",
  "panel.person",
  "program.ok",
  "settings.languages.de",
  "settings.languages.en",
  "settings.version",
  "terminal.said.senderIn",
  "tray.online",
  "tray.tooltip",
]);

describe.each([
  ["main", englishMain, germanMain],
  ["the pages", englishPages, germanPages],
])("of the texts of %s", (_, english, german) => {
  const other = new Map(spoken(german));
  it.each(spoken(english).filter(([, text]) => /\p{L}{2}/u.test(text)))("%s is translated", (path, text) => {
    const translated = other.get(path) ?? "";
    expect(translated.trim()).not.toBe("");
    if (!ALIKE.has(path)) expect(translated).not.toBe(text);
  });

  it("none says the same in both languages that is still on the list of those", () => {
    const paths = spoken(english).map(([path]) => path);
    for (const path of paths.filter((one) => ALIKE.has(one)))
      expect(other.get(path), path).toBe(new Map(spoken(english)).get(path));
  });
});
