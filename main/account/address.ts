/** A sign-in address, normalised. */
export interface SignInAddress {
  /** `name@domain` in lower case, without `sip:`. */
  readonly address: string;
  /** The part after the @: where discovery begins. Reference: RootURL. */
  readonly domain: string;
}

export type AddressReading =
  | { readonly ok: true; readonly value: SignInAddress }
  /** `message` is one sentence for the user. */
  | { readonly ok: false; readonly message: string };

const LONGEST = 256;
const LOCAL_PART = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** Reads what a person typed or a settings file holds; `sip:` and white space around are optional. */
export function readAddress(typed: string): AddressReading {
  const text = typed.trim().replace(/^sip:/i, "").trim().normalize("NFC").toLowerCase();
  if (text === "") return wrong("The sign-in address is empty.");
  if (text.length > LONGEST) return wrong(`A sign-in address has at most ${LONGEST} characters.`);
  const [local, domain, ...more] = text.split("@");
  if (local === undefined || domain === undefined || more.length > 0)
    return wrong("A sign-in address has the form name@example.com.");
  if (!LOCAL_PART.test(local)) return wrong("The part of the sign-in address before the @ is not valid.");
  if (!domain.split(".").every((label) => LABEL.test(label)))
    return wrong("The part of the sign-in address after the @ is no domain name.");
  return { ok: true, value: { address: text, domain } };
}

function wrong(message: string): AddressReading {
  return { ok: false, message };
}
