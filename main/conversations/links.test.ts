import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { hrefOf, LINK_SCHEMES, linkedParts } from "./links.ts";

/** The links of a text as they are written, each with where it leads. */
const linksOf = (text: string) =>
  linkedParts(text).flatMap(({ text: shown, href }) => (href === null ? [] : [[shown, href]]));

describe("the links of a text", () => {
  it.each([
    ["see https://a.example/b?c=d#e now", "https://a.example/b?c=d#e", "https://a.example/b?c=d#e"],
    ["HTTP://A.example", "HTTP://A.example", "http://a.example/"],
    ["www.a.example/b", "www.a.example/b", "https://www.a.example/b"],
    ["mailto:ada@a.example", "mailto:ada@a.example", "mailto:ada@a.example"],
    [
      "mailto:ada@a.example?attach=/etc/passwd",
      "mailto:ada@a.example?attach=/etc/passwd",
      "mailto:ada@a.example",
    ],
    ["https://bänk.example/", "https://bänk.example/", "https://xn--bnk-qla.example/"],
  ])("are found in %j", (text, shown, href) => {
    expect(linksOf(text)).toEqual([[shown, href]]);
  });

  it("end before what closes a sentence, a quotation or a bracket, and keep brackets of their own", () => {
    for (const text of [
      "Is it https://a.example/b?",
      "(https://a.example/b).",
      "“https://a.example/b”",
      "<https://a.example/b>",
      "https://a.example/b…",
    ])
      expect(linksOf(text), text).toEqual([["https://a.example/b", "https://a.example/b"]]);
    expect(linksOf("https://a.example/b_(c), d")).toEqual([
      ["https://a.example/b_(c)", "https://a.example/b_(c)"],
    ]);
  });

  it.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "sip:ada@a.example",
    "data:text/html,x",
    "vbscript:x",
    "ms-msdt:/id",
    "https://",
    "https://bank.example@evil.example/",
    "https://ada:secret@a.example/",
    "mailto:",
    "mailto:a@b",
    "xhttps://a.example",
    "view-source:https://a.example",
    `https://a.example/${"x".repeat(2_000)}`,
  ])("are not what %j looks like", (text) => {
    expect(linksOf(text)).toEqual([]);
  });

  it("lose nothing of any text, and lead to allowed schemes alone", () => {
    const piece = fc.constantFrom(
      "https://",
      "http://a.example",
      "www.",
      "mailto:a@b.example",
      "javascript:",
      "@",
      ")",
      "(",
      ".",
      " ",
      "\n",
      "\u202e",
      "xn--",
    );
    const texts = fc
      .array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 6 })))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const parts = linkedParts(text);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        for (const { text: shown, href } of parts) {
          if (href === null) continue;
          const { protocol, username, password } = new URL(href);
          expect(LINK_SCHEMES).toContain(protocol);
          expect([username, password]).toEqual(["", ""]);
          // What is asked about is what is opened.
          expect(hrefOf(shown)).toBe(href);
          expect(href).toMatch(/^[\x21-\x7e]+$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("are found in the longest message in no time, whatever it is made of", () => {
    for (const piece of ["https://a.example/) ", "www.", "https://((((", "mailto:a", ")", "https://a)))))"]) {
      const text = piece.repeat(Math.ceil(16_384 / piece.length));
      const before = performance.now();
      expect(
        linkedParts(text)
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
      expect(performance.now() - before, piece).toBeLessThan(500);
    }
  });
});
