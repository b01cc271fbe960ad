import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerHeaders, answerStatus, NotHttpError } from "./fetch-answer.ts";

describe("the head of an answer", () => {
  it("is taken from any header at all, and whatever status: it becomes a Response, or is no HTTP", () => {
    const letter = fc.oneof(fc.nat(0x17f), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code));
    const text = fc.oneof(
      fc.string({ unit: letter, maxLength: 12 }),
      fc.constantFrom("Via", "X-A", "", "a\r\nb: c"),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, text), { maxLength: 4 }),
        fc.integer({ min: -1, max: 100_000 }),
        (pairs, status) => {
          const headers = answerHeaders([...pairs, ["X-Last", "kept"]]);
          expect(headers.get("x-last")).toContain("kept");
          try {
            const held = answerStatus(status);
            expect(new Response(null, { status: held, headers }).status).toBe(held);
            expect(held).toBe(status > 599 ? 500 : status);
          } catch (error) {
            expect(error).toBeInstanceOf(NotHttpError);
            expect(status < 200 || status > 999).toBe(true);
          }
        },
      ),
    );
  });

  it("keeps what can be kept of a letter that was cut in two, and both headers of one name", () => {
    const headers = answerHeaders([
      ["Via", "1.1 M\u{FFFD}nchen"],
      ["X-A", "1"],
      ["", "nameless"],
      ["two words", "x"],
      ["X-A", "Zürich"],
    ]);
    expect([...headers]).toEqual([
      ["via", "1.1 M?nchen"],
      ["x-a", "1, Zürich"],
    ]);
  });
});
