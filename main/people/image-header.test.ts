import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { MOST_PIXELS_A_SIDE, readImageHeader } from "./image-header.ts";
import { ANIMATION, gif, jpeg, png, webp } from "./testing/pictures.ts";

const FORMATS: readonly (readonly [string, string, number, (width: number, height: number) => Uint8Array])[] =
  [
    ["jpeg", "image/jpeg", 0xffff, jpeg],
    ["progressive jpeg", "image/jpeg", 0xffff, (width, height) => jpeg(width, height, 0xc2)],
    ["png", "image/png", 0x7fff_ffff, png],
    ["gif", "image/gif", 0xffff, gif],
    ["webp, lossy", "image/webp", 0x3fff, (width, height) => webp("lossy", width, height)],
    ["webp, lossless", "image/webp", 0x3fff, (width, height) => webp("lossless", width, height)],
    ["webp, extended", "image/webp", 0xff_ffff, (width, height) => webp("extended", width, height)],
  ];

describe("the header of a picture", () => {
  it.each(FORMATS)("of %s tells its format and size, and one that is too large is none", (_name, ...row) => {
    const [type, largest, make] = row;
    const side = fc.oneof(
      fc.integer({ min: 1, max: largest }),
      fc.integer({ min: 1, max: MOST_PIXELS_A_SIDE }),
      fc.constantFrom(MOST_PIXELS_A_SIDE, MOST_PIXELS_A_SIDE + 1),
    );
    fc.assert(
      fc.property(side, side, (width, height) => {
        const small = width <= MOST_PIXELS_A_SIDE && height <= MOST_PIXELS_A_SIDE;
        expect(readImageHeader(make(width, height))).toEqual(small ? { type, width, height } : null);
      }),
    );
  });

  it.each(FORMATS)("of %s that is cut off is read without a fault, and of no other size", (...row) => {
    const [, , , make] = row;
    const whole = make(48, 64);
    for (let length = 0; length < whole.length; length++) {
      const header = readImageHeader(whole.subarray(0, length));
      if (header !== null) expect(header).toMatchObject({ width: 48, height: 64 });
    }
  });

  it("never faults, and is never of a picture that is too large, whatever the bytes are", () => {
    const start = fc.constantFrom(...FORMATS.map(([, , , make]) => make(48, 64)));
    const change = fc.record({ at: fc.nat(60), to: fc.integer({ min: 0, max: 255 }) });
    const changed = fc
      .tuple(start, fc.array(change, { maxLength: 12 }), fc.uint8Array({ maxLength: 200 }))
      .map(([picture, changes, tail]) => {
        const bytes = Uint8Array.from([...picture, ...tail]);
        for (const { at, to } of changes) if (at < bytes.length) bytes[at] = to;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), changed), (bytes) => {
        const header = readImageHeader(bytes);
        if (header === null) return;
        for (const side of [header.width, header.height]) {
          expect(side).toBeGreaterThanOrEqual(1);
          expect(side).toBeLessThanOrEqual(MOST_PIXELS_A_SIDE);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it("is read from where the picture begins in its buffer", () => {
    const bytes = Uint8Array.from([1, 2, 3, ...png(48, 64)]).subarray(3);
    expect(readImageHeader(bytes)).toEqual({ type: "image/png", width: 48, height: 64 });
  });

  it.each([
    ["an SVG", new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["a page", new TextEncoder().encode("<!doctype html><title>Photo</title>")],
    ["a bitmap", Uint8Array.from([0x42, 0x4d, ...Array.from({ length: 60 }, () => 0)])],
    ["nothing", new Uint8Array()],
    ["a PNG that moves", png(48, 48, ANIMATION)],
    ["a GIF that moves", gif(48, 48, [48, 48], 2)],
    ["a GIF without a picture", gif(48, 48, [48, 48], 0)],
    ["a GIF whose picture is larger than it says", gif(48, 48, [5_000, 48])],
    ["a WebP that moves", webp("moving", 48, 48)],
    ["a JPEG without a size", jpeg(0, 0)],
  ])("of %s is none", (_name, bytes) => {
    expect(readImageHeader(bytes)).toBeNull();
  });

  it("is found in no time worth telling in the worst that fits into a photo", () => {
    const filled = new Uint8Array(256 * 1024).fill(0xff);
    filled[1] = 0xd8;
    const blocks = Uint8Array.from([...gif(48, 48, [48, 48], 0).subarray(0, 13), 0x21, 0xf9]);
    const long = new Uint8Array(256 * 1024).fill(1);
    long.set(blocks);
    for (const bytes of [filled, long]) expect(readImageHeader(bytes)).toBeNull();
  });
});
