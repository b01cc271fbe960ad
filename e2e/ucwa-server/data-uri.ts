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
