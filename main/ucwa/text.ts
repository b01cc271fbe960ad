/**
 * Text from the wire made safe to show anywhere: no control character but line feed and tab, no character that turns
 * the direction of what follows, no lone surrogate. A name cannot break out of the line it is shown in.
 */
export function safeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|\u2028|\u2029/g, "\n")
    .replaceAll(HIDDEN, "");
}

/** The same on one line: names, subjects, addresses. White space is folded. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll(/\s+/g, " ").trim();
}

// C0 but tab and line feed, DEL and C1; direction marks, embeddings, overrides and isolates; the byte order mark.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const HIDDEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;
