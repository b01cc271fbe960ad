import { afterEach, expect, it } from "vitest";
import { dateFormat, formatFor, listFormat, plural } from "./format.ts";
import { locale } from "./texts.ts";

afterEach(() => formatFor(locale.region));

it("writes a number in the form that its language has for it", () => {
  formatFor("pl");
  const forms = { one: "# plik", few: "# pliki", many: "# plików", other: "# pliku" };
  expect([1, 3, 5, 1.5].map((count) => plural(count, forms))).toEqual([
    "1 plik",
    "3 pliki",
    "5 plików",
    "1,5 pliku",
  ]);
});

it("writes large numbers as the region does, and falls back to the form that every language has", () => {
  formatFor("de-DE");
  expect(plural(12_345, { one: "eine", other: "# Anrufe" })).toBe("12.345 Anrufe");
  expect(plural(1, { other: "# Anrufe" })).toBe("1 Anrufe");
});

it("forgets the formats of another region", () => {
  const options = { month: "long", timeZone: "UTC" } as const;
  formatFor("en");
  expect(dateFormat(options).format(0)).toBe("January");
  formatFor("de-AT");
  expect(dateFormat(options).format(0)).toBe("Jänner");
});

it("joins a list with the words of the language, English without a comma before the last", () => {
  const joined = (region: string): string => {
    formatFor(region);
    return listFormat({ type: "conjunction" }).format(["Ada", "Ben", "Cleo"]);
  };
  expect(["en-US", "en-XA", "de-AT"].map(joined)).toEqual([
    "Ada, Ben and Cleo",
    "Ada, Ben and Cleo",
    "Ada, Ben und Cleo",
  ]);
});
