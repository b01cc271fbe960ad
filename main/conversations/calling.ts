import type { Importance } from "../ucwa/resources/wire-invitation.ts";

/** Whom to invite, and to what. Reference: startMessaging. */
export interface CallRequest {
  /** SIP address, with or without `sip:`. */
  readonly to: string;
  /** Of whoever has this address, where it is known already: what the invitation itself says goes before it. */
  readonly name?: string;
  /** The first message; empty for none. */
  readonly message: string;
  /** At most 250 UTF-16 code units. */
  readonly subject?: string;
  readonly importance?: Importance;
}

export type CallErrorCode =
  | "invalidAddress"
  | "invalid"
  | "notOnline"
  | "notAllowed"
  | "unknownInvitation"
  | "alreadyEnded"
  | "gone"
  | "refused"
  | "unreachable";

export interface CallError {
  readonly code: CallErrorCode;
  /** One sentence for the person. */
  readonly message: string;
}

/** `invitation` is the id of the outgoing invitation that it made, which tells the rest. */
export type CallReceipt =
  | { readonly ok: true; readonly invitation: string }
  | { readonly ok: false; readonly error: CallError };

/** Somebody whom a search has found. Reference: search, contact. */
export interface FoundPerson {
  readonly name: string;
  /** `sip:…`. */
  readonly uri: string;
  readonly title: string;
  readonly department: string;
}

export type PeopleSearch =
  | { readonly ok: true; readonly people: readonly FoundPerson[]; readonly moreAvailable: boolean }
  | { readonly ok: false; readonly error: CallError };

/** Calls out. None of it rejects. */
export interface Calling {
  invite(request: CallRequest): Promise<CallReceipt>;
  /** Takes an outgoing invitation back. Reference: cancel. */
  cancel(invitation: string): Promise<CallReceipt>;
  /** By name, address or number. Reference: search. */
  search(query: string): Promise<PeopleSearch>;
}
