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

/** Reference: ModalityType. A modality that is not known yet is left out. */
export type Modality =
  | "Messaging"
  | "Audio"
  | "Video"
  | "PhoneAudio"
  | "ApplicationSharing"
  | "DataCollaboration"
  | "PanoramicVideo";

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

/** What else the sender put into the invitation, as it came: nothing here knows how to show it. */
export interface CustomContent {
  /** Lower case, without parameters. */
  readonly mediaType: string;
  readonly dataUri: string;
}

/** What an onlineMeetingInvitation says of its meeting. Reference: onlineMeetingInvitation. */
export interface MeetingDetails {
  /** `sip:…;gruu;opaque=app:conf:focus:id:…`, null when not said. */
  readonly uri: string | null;
  /** Empty when not said. */
  readonly modalities: readonly Modality[];
  /** The name that somebody who is not signed in takes part under. */
  readonly anonymousDisplayName: string | null;
}

/**
 * Absolute hrefs, null where the server gave no link: a missing link is the permission model. `acceptWithAnswer` is
 * not among them: it takes a media offer, and Doorbell serves no media.
 */
export interface InvitationLinks {
  readonly accept: string | null;
  readonly decline: string | null;
  readonly cancel: string | null;
  readonly conversation: string | null;
  readonly messaging: string | null;
  readonly phoneAudio: string | null;
  readonly audioVideo: string | null;
  /** Of a participantInvitation: who is invited. */
  readonly participant: string | null;
  /** Who calls, as a participant of the conversation. Reference: from. */
  readonly from: string | null;
  /** Contacts, in the roles that they play. */
  readonly caller: string | null;
  readonly to: string | null;
  readonly onBehalfOf: string | null;
  readonly delegator: string | null;
  readonly forwardedBy: string | null;
  readonly transferredBy: string | null;
  readonly acceptedByContact: string | null;
  /** The conversation that this one moved to, and the modality in it. Reference: derivedConversation. */
  readonly derivedConversation: string | null;
  readonly derivedMessaging: string | null;
  readonly derivedPhoneAudio: string | null;
  readonly derivedAudioVideo: string | null;
  /** The call that this one takes the place of. */
  readonly replacesPhoneAudio: string | null;
  readonly replacesAudioVideo: string | null;
}

export const NO_LINKS: InvitationLinks = {
  accept: null,
  decline: null,
  cancel: null,
  conversation: null,
  messaging: null,
  phoneAudio: null,
  audioVideo: null,
  participant: null,
  from: null,
  caller: null,
  to: null,
  onBehalfOf: null,
  delegator: null,
  forwardedBy: null,
  transferredBy: null,
  acceptedByContact: null,
  derivedConversation: null,
  derivedMessaging: null,
  derivedPhoneAudio: null,
  derivedAudioVideo: null,
  replacesPhoneAudio: null,
  replacesAudioVideo: null,
};

/** The people that an invitation passed through, by role; each a name, an address, or null when nothing was said. */
export interface InvitationRoute {
  /** The caller acts for this person. Reference: onBehalfOf. */
  readonly onBehalfOf: string | null;
  /** The user is called in this person's place, as a delegate. Reference: delegator. */
  readonly delegator: string | null;
  readonly forwardedBy: string | null;
  readonly transferredBy: string | null;
}

/** What one representation of an invitation says; null where it says nothing. */
export interface InvitationSnapshot extends InvitationRoute {
  readonly kind: InvitationKind;
  readonly direction: "Incoming" | "Outgoing" | null;
  readonly state: WireInvitationState | null;
  readonly importance: Importance;
  readonly subject: string;
  readonly threadId: string | null;
  readonly operationId: string | null;
  /** SIP address or name of the original target. */
  readonly to: string | null;
  readonly message: MessageText | null;
  /** Media type of a first message that is no text; null for a text, or without a message. */
  readonly otherMessageType: string | null;
  readonly customContent: CustomContent | null;
  readonly from: Person | null;
  /** Everybody who took it: of an outgoing one the participants, of an incoming one the contact. */
  readonly acceptedBy: readonly Person[];
  /** Came in over the user's private line. Reference: phoneAudioInvitation. */
  readonly privateLine: boolean;
  readonly joinAudioMuted: boolean;
  readonly joinVideoMuted: boolean;
  /** `tel:…` or as sent. Reference: phoneAudioInvitation. */
  readonly phoneNumber: string | null;
  readonly meeting: MeetingDetails | null;
  readonly links: InvitationLinks;
}
