import { safeLine } from "../ucwa/resources/safe-text.ts";

/** An address as people write it: no scheme, no parameters; of a caller by phone the number. */
export function addressLabel(uri: string): string {
  const line = safeLine(uri);
  const address = line.replace(/^(?:sips?|tel):/i, "").replace(/;.*$/, "");
  return isPhone(line) ? address.replace(/@.*$/, "") : address;
}

/** Whether the caller comes in from the telephone network. */
function isPhone(uri: string): boolean {
  return /^tel:/i.test(uri) || /;user=phone(?:;|$)/i.test(uri);
}
