import { htmlToText } from "./html-text.ts";
import type { MessageText } from "./wire-invitation.ts";
import { safeText } from "./safe-text.ts";

/** A `data:` URI taken apart; `body` is not decoded yet. */
interface DataUri {
  readonly mediaType: string;
  readonly charset: string;
  readonly base64: boolean;
  readonly body: string;
}

/** As much of an encoded text as is decoded: room for the longest text that is shown, in styled HTML. */
const MAX_SOURCE_LENGTH = 512 * 1024;

/**
 * The text of a `data:` URI as UCWA sends it, ready to show; null when it holds no text (a media offer, custom
 * content) or is no data URI at all. The percent form is form encoding: `+` is a space and a plus is `%2b`.
 * Malformed escapes are shown as they came. Reference: PayloadFormat; RFC 2397.
 */
export function readMessageText(uri: string): MessageText | null {
  const parts = split(uri);
  if (!parts) return null;
  const format = formatOf(parts.mediaType);
  if (!format) return null;
  const body = parts.body.slice(0, MAX_SOURCE_LENGTH);
  const raw =
    wellFormed(parts, body) ?? decode(parts.base64 ? base64Bytes(body) : formBytes(body), parts.charset);
  return { text: safeText((format === "html" ? htmlToText(raw) : raw).trimEnd()).trimEnd(), format };
}

function split(uri: string): DataUri | null {
  const comma = uri.indexOf(",");
  if (comma < 0) return null;
  const sent = uri.slice(0, comma);
  if (sent !== lastHead.sent) lastHead = { sent, head: readHead(sent) };
  const { head } = lastHead;
  return head && { ...head, body: uri.slice(comma + 1) };
}

type Head = Omit<DataUri, "body">;

/** Nearly all messages of a server have one and the same. */
let lastHead: { readonly sent: string; readonly head: Head | null } = { sent: "", head: null };

function readHead(sent: string): Head | null {
  const head = /^\s*data:(.*)$/is.exec(sent);
  if (!head) return null;
  const [mediaType = "", ...parameters] = (head[1] ?? "").split(";").map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  return {
    mediaType: mediaType.toLowerCase() || "text/plain",
    charset: charset ? charset.slice("charset=".length).replaceAll('"', "") : "utf-8",
    base64: parameters.some((parameter) => parameter.toLowerCase() === "base64"),
  };
}

function formatOf(mediaType: string): MessageText["format"] | null {
  if (mediaType === "text/plain") return "plain";
  return mediaType === "text/html" ? "html" : null;
}

/** What nearly every message is, at a fifth of the time: UTF-8 in escapes that are whole. Null for any other. */
function wellFormed({ base64, charset }: DataUri, body: string): string | null {
  if (base64 || !isUtf8(charset)) return null;
  try {
    return decodeURIComponent(body.replaceAll("+", " "));
  } catch {
    return null;
  }
}

function isUtf8(charset: string): boolean {
  return /^utf-?8$/i.test(charset);
}

/** Percent and plus decoding to bytes, because the charset is decided afterwards. */
function formBytes(body: string): Uint8Array {
  const source = ENCODER.encode(body);
  const bytes = new Uint8Array(source.length);
  let length = 0;
  for (let index = 0; index < source.length; index++) {
    const byte = source[index] ?? 0;
    const escaped = byte === PERCENT ? hexPair(source[index + 1] ?? 0, source[index + 2] ?? 0) : null;
    if (escaped !== null) index += 2;
    bytes[length++] = escaped ?? (byte === PLUS ? SPACE : byte);
  }
  return bytes.subarray(0, length);
}

// Made once: making them costs more than what they do for one message.
const ENCODER = new TextEncoder();
const UTF_8 = new TextDecoder();

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

function hexPair(high: number, low: number): number | null {
  const pair = String.fromCharCode(high, low);
  return /^[0-9a-f]{2}$/i.test(pair) ? Number.parseInt(pair, 16) : null;
}

/** Base64 in either alphabet, percent-encoded or not; what is no base64 is skipped, as every mail reader does. */
function base64Bytes(body: string): Uint8Array {
  const unescaped = body.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(unescaped, "base64");
}

function decode(bytes: Uint8Array, charset: string): string {
  if (isUtf8(charset)) return UTF_8.decode(bytes);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset nobody knows: UTF-8 with replacement characters shows at least what is ASCII.
    return UTF_8.decode(bytes);
  }
}

/** A plain text as a `data:` URI in the form that UCWA writes: form encoding, `+` for a space. Reference: PayloadFormat. */
export function messageDataUri(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replaceAll("%20", "+");
  return `data:text/plain;charset=utf-8,${encoded}`;
}
