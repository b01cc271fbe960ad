import { describe, expect, it } from "vitest";
import { localeFrom } from "./language.ts";

const system = (region: string, ...languages: readonly string[]) => ({ region, languages });

describe("the language of the texts", () => {
  it.each([
    ["the first that there are texts in", system("fr-CA", "fr-CA", "de-AT", "en"), "de"],
    ["English where there are texts in none", system("fr-FR", "fr-FR", "ja"), "en"],
    ["English where nothing is known", system("C.UTF-8", "", "C.UTF-8", "POSIX"), "en"],
    ["of how environment variables write it", system("de_AT.UTF-8", "de_AT.UTF-8@euro"), "de"],
    ["the pseudo-language for whoever asks for it", system("en-XA", "en-XA"), "en-XA"],
  ])("is %s", (_, from, language) => {
    expect(localeFrom("auto", from).language).toBe(language);
  });

  it("is what is chosen, whatever the system prefers", () => {
    expect(localeFrom("de", system("en-GB", "en-GB"))).toEqual({ language: "de", region: "de" });
  });
});

describe("the region of times and numbers", () => {
  it.each([
    ["that of the system where it speaks the language", "auto", system("de_AT.UTF-8", "de"), "de-AT"],
    ["none where the system speaks another", "en", system("de-AT", "de-AT"), "en"],
    ["none where the system has none", "auto", system("C", "de"), "de"],
  ] as const)("is %s", (_, chosen, from, region) => {
    expect(localeFrom(chosen, from).region).toBe(region);
  });
});
