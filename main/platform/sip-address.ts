/** An address of somebody, normalised. */
export interface SipAddress {
  /** `name@domain` in lower case, without `sip:`. */
  readonly address: string;
  /** The part after the @. */
  readonly domain: string;
}

/** What is wrong with one: nothing there, too long, no `name@domain`, or one of its two parts. */
export type SipAddressFault = "empty" | "long" | "form" | "name" | "domain";

export type SipAddressReading =
  | { readonly ok: true; readonly value: SipAddress }
  | { readonly ok: false; readonly fault: SipAddressFault };

/** In UTF-16 code units. */
export const LONGEST_ADDRESS = 256;
const LOCAL_PART = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** Reads what a person typed or a file holds; `sip:` and white space around are optional. */
export function readSipAddress(typed: string): SipAddressReading {
  const text = typed.trim().replace(/^sip:/i, "").trim().normalize("NFC").toLowerCase();
  if (text === "") return wrong("empty");
  if (text.length > LONGEST_ADDRESS) return wrong("long");
  const [local, domain, ...more] = text.split("@");
  if (local === undefined || domain === undefined || more.length > 0) return wrong("form");
  if (!LOCAL_PART.test(local)) return wrong("name");
  if (!domain.split(".").every((label) => LABEL.test(label))) return wrong("domain");
  return { ok: true, value: { address: text, domain } };
}

function wrong(fault: SipAddressFault): SipAddressReading {
  return { ok: false, fault };
}
