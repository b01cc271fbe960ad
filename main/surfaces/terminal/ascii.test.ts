import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../../../locales/texts.ts";
import { shownIn } from "./ascii.ts";

describe("What a terminal can show", () => {
  const TEXT = "♪ “Zoë Łoś” – 王… \u001B[1m🔔\u001B[22m\n";

  it.each([
    ["is all", { LANG: "de_DE.UTF-8" }, TEXT],
    ["is all", { LANG: "C", LC_ALL: "", LC_CTYPE: "C.utf8" }, TEXT],
    ["is ASCII", {}, '* "Zoe Los" - ?... \u001B[1m?\u001B[22m\n'],
    ["is ASCII", { LANG: "C.UTF-8", LC_ALL: "POSIX" }, '* "Zoe Los" - ?... \u001B[1m?\u001B[22m\n'],
    ["is ASCII", { LANG: "de_DE.ISO-8859-1" }, '* "Zoe Los" - ?... \u001B[1m?\u001B[22m\n'],
  ])("%s in the locale of %j", (_, env, shown) => {
    expect(shownIn("linux", env)(TEXT)).toBe(shown);
  });

  it("is all on Windows and macOS", () => {
    for (const platform of ["win32", "darwin"] as const) expect(shownIn(platform, {})(TEXT)).toBe(TEXT);
  });

  it("takes letters with marks that are written apart, too", () => {
    expect(shownIn("linux", {})("Ju\u0308rgen Straße")).toBe("Jurgen Strasse");
  });

  describe("in German", () => {
    afterEach(() => speak({ language: "en", region: "en" }));

    it("writes its own letters and quotes as one writes them without", () => {
      speak({ language: "de", region: "de" });
      expect(shownIn("linux", { LANG: "de_DE" })("„Größe ändern“ – ‚Übung‘ … Ju\u0308rgen, Ÿ Müßig")).toBe(
        "\"Groesse aendern\" - 'Uebung' ... Juergen, Y Muessig",
      );
    });
  });
});
