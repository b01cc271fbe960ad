import { describe, expect, it } from "vitest";
import { terminalLocale } from "./terminal-language.ts";

describe("The language of a terminal", () => {
  it.each([
    ["de", { LANG: "de_DE.UTF-8" }],
    ["de", { LANG: "de_AT@euro" }],
    ["de", { LANG: "en_GB.UTF-8", LC_MESSAGES: "de_DE.UTF-8" }],
    ["de", { LANG: "en_GB.UTF-8", LC_MESSAGES: "en_GB.UTF-8", LC_ALL: "de_DE.UTF-8" }],
    ["de", { LANG: "de_DE.UTF-8", LC_MESSAGES: "", LC_ALL: "" }],
    ["de", { LANG: "en_GB.UTF-8", LANGUAGE: "fr:de_DE:en" }],
    ["de", { LANG: "de_DE.UTF-8", LANGUAGE: "" }],
    ["de", { LANG: "de_DE.UTF-8", LANGUAGE: "fr" }],
    ["en-XA", { LANG: "en_XA.UTF-8" }],
    ["en", {}],
    ["en", { LANG: "fr_FR.UTF-8" }],
    ["en", { LANG: "de_DE.UTF-8", LANGUAGE: "en:de" }],
    ["en", { LANG: "de_DE.UTF-8", LC_MESSAGES: "C" }],
    ["en", { LANG: "de_DE.UTF-8", LC_ALL: "POSIX", LANGUAGE: "de" }],
    ["en", { LANG: "C.UTF-8", LANGUAGE: "de" }],
    ["en", { LANGUAGE: "de" }],
    ["en", { LC_TIME: "de_DE.UTF-8", LC_CTYPE: "de_DE.UTF-8" }],
  ])("is %s of %j", (language, env) => {
    expect(terminalLocale(env).language).toBe(language);
  });

  it.each([
    ["de-AT", { LANG: "de_DE.UTF-8", LC_TIME: "de_AT.UTF-8" }],
    ["de-DE", { LANG: "de_DE.UTF-8" }],
    ["de-CH", { LANG: "de_DE.UTF-8", LC_TIME: "de_AT.UTF-8", LC_ALL: "de_CH.UTF-8" }],
    ["de", { LANG: "en_GB.UTF-8", LC_MESSAGES: "de_DE.UTF-8" }],
    ["en", { LANG: "C" }],
  ])("comes with the region %s of %j", (region, env) => {
    expect(terminalLocale(env).region).toBe(region);
  });
});
