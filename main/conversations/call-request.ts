import { texts } from "../../locales/texts.ts";
import type { OwnCall } from "../invitations/machine/inbox-event.ts";
import { LONGEST_ADDRESS, readSipAddress } from "../platform/sip-address.ts";
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
  const { addresses, calling } = texts.conversations;
  const reading = readSipAddress(to);
  if (!reading.ok) {
    const { fault } = reading;
    return wrong("invalidAddress", fault === "long" ? addresses.long(LONGEST_ADDRESS) : addresses[fault]);
  }
  const line = safeLine(subject);
  if (line.length > LONGEST_SUBJECT) return wrong("invalid", calling.longSubject(LONGEST_SUBJECT));
  if (message.length > LONGEST_TEXT) return wrong("invalid", calling.longMessage);
  const text = safeText(message).trimEnd();
  const callee = { name: safeLine(name), uri: `sip:${reading.value.address}` };
  const first = text.trim() === "" ? null : ({ text, format: "plain" } as const);
  return { ok: true, call: { operationId, callee, subject: line, message: first, importance } };
}

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
