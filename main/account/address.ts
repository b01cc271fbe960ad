import { texts } from "../../locales/texts.ts";
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
  return reading.ok ? reading : { ok: false, message: wrong(reading.fault) };
}

function wrong(fault: SipAddressFault): string {
  const { address } = texts.signIn;
  return fault === "long" ? address.long(LONGEST_ADDRESS) : address[fault];
}
