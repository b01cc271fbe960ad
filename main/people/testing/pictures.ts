/** Pictures of any size that they say they have, with nothing to see in them: as far as a header tells. */

const ascii = (text: string): number[] => [...text].map((letter) => letter.codePointAt(0) ?? 0);
const big16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const big32 = (value: number): number[] => [...big16(value >>> 16), ...big16(value & 0xffff)];
const little16 = (value: number): number[] => big16(value).toReversed();
const little24 = (value: number): number[] => [...little16(value & 0xffff), (value >> 16) & 0xff];

/** With a comment before the frame, and bytes that fill up the marker. */
export function jpeg(width: number, height: number, startOfFrame = 0xc0): Uint8Array {
  const comment = [0xff, 0xfe, ...big16(6), ...ascii("Hey!")];
  const frame = [0xff, 0xff, startOfFrame, ...big16(11), 8, ...big16(height), ...big16(width), 1, 1, 0x11, 0];
  return Uint8Array.from([0xff, 0xd8, ...comment, ...frame, 0xff, 0xda]);
}

export function png(width: number, height: number, more: readonly number[] = []): Uint8Array {
  const chunk = (type: string, data: readonly number[]) => [
    ...big32(data.length),
    ...ascii(type),
    ...data,
    ...big32(0),
  ];
  const header = chunk("IHDR", [...big32(width), ...big32(height), 8, 6, 0, 0, 0]);
  const signature = [0x89, ...ascii("PNG\r\n"), 0x1a, 0x0a];
  return Uint8Array.from([...signature, ...header, ...more, ...chunk("IDAT", [0])]);
}

/** What makes a PNG move. */
export const ANIMATION = [...big32(8), ...ascii("acTL"), ...big32(2), ...big32(0), ...big32(0)];

/** `inner` is the size of each of its pictures. */
export function gif(width: number, height: number, inner = [width, height], pictures = 1): Uint8Array {
  const extension = [0x21, 0xf9, 4, 0, 0, 0, 0, 0];
  const picture = [0x2c, 0, 0, 0, 0, ...inner.flatMap(little16), 0x80, 1, 2, 3, 4, 5, 6, 2, 1, 0, 0];
  const all = Array.from({ length: pictures }, () => [...extension, ...picture]).flat();
  return Uint8Array.from([
    ...ascii("GIF89a"),
    ...little16(width),
    ...little16(height),
    0,
    0,
    0,
    ...all,
    0x3b,
  ]);
}

export function webp(kind: "lossy" | "lossless" | "extended" | "moving", width: number, height: number) {
  const chunk: Readonly<Record<typeof kind, readonly number[]>> = {
    lossy: [...ascii("VP8 "), 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, ...little16(width), ...little16(height)],
    lossless: [
      ...ascii("VP8L"),
      0,
      0,
      0,
      0,
      0x2f,
      ...big32((((height - 1) << 14) | (width - 1)) >>> 0).toReversed(),
    ],
    extended: [...ascii("VP8X"), 10, 0, 0, 0, 0, 0, 0, 0, ...little24(width - 1), ...little24(height - 1)],
    moving: [...ascii("VP8X"), 10, 0, 0, 0, 2, 0, 0, 0, ...little24(width - 1), ...little24(height - 1)],
  };
  const body = [...ascii("RIFF"), 0, 0, 0, 0, ...ascii("WEBP"), ...chunk[kind]];
  return Uint8Array.from([...body, ...Array.from({ length: Math.max(0, 30 - body.length) }, () => 0)]);
}
