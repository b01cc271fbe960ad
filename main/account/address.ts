import { LONGEST_ADDRESS, readSipAddress } from "../platform/sip-address.ts";
import type { SipAddress, SipAddressFault } from "../platform/sip-address.ts";

/** A sign-in address; discovery begins at its domain. Reference: RootURL. */
export type SignInAddress = SipAddress;

export type AddressReading =
  | { readonly ok: true; readonly value: SignInAddress }
  /** `message` is one sentence for the user. */
  | { readonly ok: false; readonly message: string };

/** Reads what a person typed or a settings file holds; `sip:` and white space around are optional. */
export function readAddress(typed: string): AddressReading {
  const reading = readSipAddress(typed);
  return reading.ok ? reading : { ok: false, message: WRONG[reading.fault] };
}

const WRONG: Readonly<Record<SipAddressFault, string>> = {
  empty: "The sign-in address is empty.",
  long: `A sign-in address has at most ${LONGEST_ADDRESS} characters.`,
  form: "A sign-in address has the form name@example.com.",
  name: "The part of the sign-in address before the @ is not valid.",
  domain: "The part of the sign-in address after the @ is no domain name.",
};
