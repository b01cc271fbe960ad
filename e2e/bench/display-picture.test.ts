import { describe, expect, it } from "vitest";
import { isPlain } from "./display-picture.ts";

const pixels = (...colours: readonly number[]) =>
  Buffer.concat(colours.map((colour) => Buffer.from([colour, colour, colour, 0])));

describe("a picture of a part of the screen", () => {
  it("is plain when all of it has one colour, as a window that has not been drawn", () => {
    expect(isPlain(pixels(7, 7, 7, 7))).toBe(true);
    expect(isPlain(pixels(7, 7, 8, 7))).toBe(false);
    expect(isPlain(pixels(7, 7, 7, 8))).toBe(false);
  });
});
