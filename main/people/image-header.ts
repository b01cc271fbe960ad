/** The raster formats that every surface draws. */
export type ImageType = "image/jpeg" | "image/png" | "image/gif" | "image/webp";

export interface ImageHeader {
  readonly type: ImageType;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** A photo is asked for at 96 pixels; a few kilobytes that unfold to more than this are no photo. */
export const MOST_PIXELS_A_SIDE = 1_024;

/**
 * What a picture is by its own first bytes, whatever the server calls it, and how large it will be once it is decoded. Null
 * for everything else: another format, one that moves, one that says no size, and one that is too large. Never throws.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const read of READERS) {
    const header = read(view);
    if (header === "moves") return null;
    if (header !== null) return isSmall(header.width) && isSmall(header.height) ? header : null;
  }
  return null;
}

function isSmall(side: number): boolean {
  return side >= 1 && side <= MOST_PIXELS_A_SIDE;
}

type Reader = (view: DataView) => ImageHeader | "moves" | null;

/** Reference: ITU-T T.81, annex B. */
const readJpeg: Reader = (view) => {
  if (!startsWith(view, 0, "\u{ff}\u{d8}\u{ff}")) return null;
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // A marker may be filled up with any number of bytes before it.
    if (marker === 0xff) at += 1;
    // Start of frame, in any of its codings; among its numbers are three tables.
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { type: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // Only segments with a length come before it.
    else if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda)) return null;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
};

/** Reference: Portable Network Graphics (Third Edition), 5 and 11. */
const readPng: Reader = (view) => {
  if (!startsWith(view, 0, "\u{89}PNG\r\n\u{1a}\n") || !startsWith(view, 12, "IHDR")) return null;
  if (view.byteLength < 33) return null;
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (startsWith(view, at + 4, "acTL")) return "moves";
    if (startsWith(view, at + 4, "IDAT"))
      return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
  }
  return null;
};

/** Reference: GIF89a specification. */
const readGif: Reader = (view) => {
  if (!startsWith(view, 0, "GIF87a") && !startsWith(view, 0, "GIF89a")) return null;
  if (view.byteLength < 13) return null;
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  let at = 13 + colourTable(view.getUint8(10));
  for (let images = 0; at < view.byteLength;) {
    const block = view.getUint8(at);
    if (block === 0x3b) return images === 1 ? { type: "image/gif", ...size } : null;
    if (block === 0x21) at += 2;
    else if (block === 0x2c && at + 10 <= view.byteLength) {
      if (++images > 1) return "moves";
      // A picture may be larger than the screen that it is drawn on, and some decoders grow that.
      size.width = Math.max(size.width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      size.height = Math.max(size.height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      at += 11 + colourTable(view.getUint8(at + 9));
    } else return null;
    at = afterSubBlocks(view, at);
  }
  return null;
};

/** Bytes of the table that these flags announce. */
function colourTable(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

function afterSubBlocks(view: DataView, start: number): number {
  let at = start;
  while (at < view.byteLength && view.getUint8(at) > 0) at += 1 + view.getUint8(at);
  return at + 1;
}

/** Reference: RFC 9649. */
const readWebp: Reader = (view) => {
  if (!startsWith(view, 0, "RIFF") || !startsWith(view, 8, "WEBP") || view.byteLength < 30) return null;
  const type = "image/webp";
  if (startsWith(view, 12, "VP8X")) {
    if ((view.getUint8(20) & 0x02) !== 0) return "moves";
    return { type, width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  }
  if (startsWith(view, 12, "VP8L") && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return { type, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (startsWith(view, 12, "VP8 ") && startsWith(view, 23, "\u{9d}\u{01}\u{2a}"))
    return {
      type,
      width: view.getUint16(26, true) & 0x3fff,
      height: view.getUint16(28, true) & 0x3fff,
    };
  return null;
};

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + 0x1_0000 * view.getUint8(at + 2);
}

/** `text` stands for bytes, a character each. */
function startsWith(view: DataView, at: number, text: string): boolean {
  if (at + text.length > view.byteLength) return false;
  for (let index = 0; index < text.length; index++)
    if (view.getUint8(at + index) !== text.codePointAt(index)) return false;
  return true;
}

const READERS: readonly Reader[] = [readJpeg, readPng, readGif, readWebp];
