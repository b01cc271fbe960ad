/** The invitation resources of UCWA, typed. Reference: messagingInvitation, invitation, onlineMeetingInvitation, … */

export type InvitationKind =
  | "messaging"
  | "onlineMeeting"
  | "phoneAudio"
  | "audioVideo"
  | "participant"
  | "other";

/** Reference: InvitationState. */
export type WireInvitationState =
  | "Alerting"
  | "Cancelled"
  | "Connected"
  | "Connecting"
  | "Declined"
  | "Failed"
  | "Forwarded"
  | "TeamRing";

export type SourceNetwork = "SameEnterprise" | "Federated" | "PublicCloud" | "Everyone" | "Unknown";
export type Importance = "Normal" | "Urgent" | "Emergency";

/** Who somebody is, ready to show: no control characters. `name` may be empty. */
export interface Person {
  readonly name: string;
  /** `sip:…`, or empty when the server did not say. */
  readonly uri: string;
  readonly network: SourceNetwork;
  readonly anonymous: boolean;
}

/** Decoded, tags and entities gone, trailing line breaks gone, no control character but line feed and tab. */
export interface MessageText {
  readonly text: string;
  readonly format: "plain" | "html";
}

/** Absolute hrefs, null where the server gave no link: a missing link is the permission model. */
export interface InvitationLinks {
  readonly accept: string | null;
  readonly decline: string | null;
  readonly cancel: string | null;
  readonly conversation: string | null;
  readonly messaging: string | null;
  readonly acceptedByContact: string | null;
  readonly onBehalfOf: string | null;
  readonly derivedMessaging: string | null;
}

/** What one representation of an invitation says; null where it says nothing. */
export interface InvitationSnapshot {
  readonly kind: InvitationKind;
  readonly direction: "Incoming" | "Outgoing" | null;
  readonly state: WireInvitationState | null;
  readonly importance: Importance;
  readonly subject: string;
  readonly threadId: string | null;
  readonly operationId: string | null;
  /** SIP address or name of the original target. */
  readonly to: string | null;
  /** Name or address of the person on whose behalf it came, when the representation says. */
  readonly onBehalfOf: string | null;
  readonly message: MessageText | null;
  readonly from: Person | null;
  readonly acceptedBy: Person | null;
  readonly links: InvitationLinks;
}
