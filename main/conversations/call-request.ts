import type { OwnCall } from "../invitations/machine/inbox-event.ts";
import { LONGEST_ADDRESS, readSipAddress } from "../platform/sip-address.ts";
import type { SipAddressFault } from "../platform/sip-address.ts";
import { messageDataUri } from "../ucwa/resources/data-uri.ts";
import { LONGEST_TEXT, safeLine, safeText } from "../ucwa/resources/safe-text.ts";
import type { CallError, CallErrorCode, CallRequest } from "./calling.ts";

/** In UTF-16 code units. Reference: startMessaging. */
export const LONGEST_SUBJECT = 250;

export type CallReading =
  | { readonly ok: true; readonly call: OwnCall }
  | { readonly ok: false; readonly error: CallError };

/** What is asked for, as it is sent and shown; or what is wrong with it, before anything is sent. */
export function readCallRequest(request: CallRequest, operationId: string): CallReading {
  const { to, message, name = "", subject = "", importance = "Normal" } = request;
  const reading = readSipAddress(to);
  if (!reading.ok) return wrong("invalidAddress", ADDRESS[reading.fault]);
  const line = safeLine(subject);
  if (line.length > LONGEST_SUBJECT)
    return wrong("invalid", `The subject can have at most ${LONGEST_SUBJECT} characters.`);
  if (message.length > LONGEST_TEXT)
    return wrong("invalid", "The message is too long. Send the rest once the conversation has begun.");
  const text = safeText(message).trimEnd();
  const callee = { name: safeLine(name), uri: `sip:${reading.value.address}` };
  const first = text.trim() === "" ? null : ({ text, format: "plain" } as const);
  return { ok: true, call: { operationId, callee, subject: line, message: first, importance } };
}

const ADDRESS: Readonly<Record<SipAddressFault, string>> = {
  empty: "Enter the address of the person you want to call.",
  long: `An address has at most ${LONGEST_ADDRESS} characters.`,
  form: "An address has the form name@example.com.",
  name: "The part of the address before the @ is not valid.",
  domain: "The part of the address after the @ is no domain name.",
};

/** The body of the POST. Reference: startMessaging, PayloadFormat. */
export function startMessagingBody(call: OwnCall): Readonly<Record<string, unknown>> {
  const { operationId, callee, subject, message, importance } = call;
  return {
    operationId,
    to: callee.uri,
    importance,
    ...(subject === "" ? {} : { subject }),
    ...(message && { _links: { message: { href: messageDataUri(message.text) } } }),
  };
}

export function wrong(
  code: CallErrorCode,
  message: string,
): { readonly ok: false; readonly error: CallError } {
  return { ok: false, error: { code, message } };
}
