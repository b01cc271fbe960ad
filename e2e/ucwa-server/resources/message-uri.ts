/** How the first words of an invitation, or a message, are written. */
export type MessageFormat = "plain" | "html";

/**
 * Text as a data URI the way the servers write it: form encoding with lower-case hexadecimal, and a line break at
 * the end. `+` is a space there, and a plus sign is `%2b`. Reference: PayloadFormat, ReceiveAnIM
 */
export function messageDataUri(text: string, format: MessageFormat): string {
  return `data:text/${format};charset=utf-8,${formEncoded(format === "plain" ? `${text}\r\n` : text)}`;
}

/** Form encoding as .NET writes it. */
export function formEncoded(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (character === " ") return "+";
    return /[A-Za-z0-9\-_.!*()]/.test(character) ? character : `%${byte.toString(16).padStart(2, "0")}`;
  }).join("");
}

/**
 * The text of a data URI in either encoding, as it was written, and how; `null` when it is no text. A client may write
 * form encoding, as the servers do, or plain percent encoding: `+` is a space in both. Reference: PayloadFormat
 */
export function wordsOfDataUri(uri: string): { text: string; format: MessageFormat } | null {
  const [, type = "", base64, payload = ""] = /^data:([^;,]*)[^,]*?(;base64)?,(.*)$/is.exec(uri) ?? [];
  if (!/^(text\/(plain|html))?$/i.test(type)) return null;
  const text = base64 === undefined ? unescaped(payload) : Buffer.from(payload, "base64").toString("utf8");
  return type.toLowerCase() === "text/html"
    ? { text, format: "html" }
    : { text: text.trimEnd(), format: "plain" };
}

/** The same content in base64; whatever is in it already stays as it is. */
export function base64DataUri(uri: string): string {
  const [, type = "", payload = ""] = /^(data:[^,]*?),(.*)$/is.exec(uri) ?? [];
  if (type === "" || type.endsWith(";base64")) return uri;
  return `${type};base64,${Buffer.from(unescaped(payload), "utf8").toString("base64")}`;
}

function unescaped(payload: string): string {
  const spaced = payload.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** What a client that takes plain text only is shown of a formatted message. */
export function plainFromHtml(html: string): string {
  return html
    .replaceAll(/<br\s*\/?>|<\/(p|div|li)>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&")
    .trim();
}
