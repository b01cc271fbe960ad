import { messageDataUri, plainFromHtml } from "../resources/message-uri.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import type { Person } from "../people/person.ts";

/** Reference: Importance */
export const importances = ["Normal", "Urgent", "Emergency"] as const;

/** Reference: CallDeclineReason */
export const declineReasons = [
  "Unknown",
  "Local",
  "Global",
  "MediaAllocationFailure",
  "EncryptionMismatch",
  "IPv6NotSupported",
  "MediaConnectivityFailure",
  "CodecMismatch",
  "UnsupportedMedia",
  "InvalidMediaOffer",
  "InsufficientBandwidth",
  "InsufficientBandwidthRerouteOverPstn",
] as const;

/** Reference: CallDeclineReason */
export type DeclineReason = (typeof declineReasons)[number];

/** The states that an invitation can ring in, and end in. Reference: InvitationState */
export const invitationStates = [
  "Alerting",
  "Cancelled",
  "Connected",
  "Connecting",
  "Declined",
  "Failed",
  "Forwarded",
  "TeamRing",
] as const;

/** Reference: InvitationState */
export type InvitationState = (typeof invitationStates)[number];

/** What the kinds of incoming invitations differ in. */
export type InvitationDetails =
  /** Reference: messagingInvitation */
  | { readonly kind: "messaging" }
  /** Somebody has added the user to a meeting. Reference: onlineMeetingInvitation */
  | {
      readonly kind: "onlineMeeting";
      readonly onlineMeetingUri: string;
      readonly availableModalities: readonly string[];
      readonly anonymousDisplayName: string | null;
      readonly attendees: readonly Person[];
      /** Whoever accepts waits until somebody lets them in. */
      readonly lobby: boolean;
    }
  /** The user's phone rings; it is answered there and not here. Reference: phoneAudioInvitation */
  | {
      readonly kind: "phoneAudio";
      readonly phoneNumber: string;
      readonly privateLine: boolean;
      readonly joinAudioMuted: boolean;
    }
  /** Reference: audioVideoInvitation */
  | {
      readonly kind: "audioVideo";
      /** The caller's session description. */
      readonly sdp: string;
      readonly privateLine: boolean;
      readonly joinAudioMuted: boolean;
      readonly joinVideoMuted: boolean;
    }
  /** One that no page describes. */
  | { readonly kind: "unknown"; readonly rel: string; readonly acceptable: boolean };

/** The kinds that the control API rings with. */
export const invitationKinds = ["messaging", "onlineMeeting", "phoneAudio", "audioVideo", "unknown"] as const;

/** What someone says when they invite. */
export interface InvitationContent {
  readonly caller: Person;
  readonly anonymous: boolean;
  readonly to: Person;
  /** Who is in the conversation already when it rings; they turn up in it before the caller. */
  readonly others: readonly Person[];
  readonly subject: string;
  /** `null`: an invitation without first words. */
  readonly message: string | null;
  readonly format: MessageFormat;
  readonly importance: (typeof importances)[number];
  readonly threadId: string;
  readonly onBehalfOf: Person | null;
  readonly forwardedBy: Person | null;
  readonly transferredBy: Person | null;
  /** Whose calls the user takes. */
  readonly delegator: Person | null;
  /** A data URI of any media type. */
  readonly customContent: string | null;
  /** Absent on real incoming invitations. */
  readonly operationId: string | null;
  /** What it rings in: Connecting in every recording. */
  readonly ringsIn: InvitationState;
  readonly details: InvitationDetails;
}

/**
 * The first words as a data URI; `null` when there are none. A client that takes plain text only is shown formatted
 * words converted. Reference: communication
 */
export function firstMessage(
  { message, format }: InvitationContent,
  supportedMessageFormats: readonly string[],
): string | null {
  if (message === null) return null;
  return format === "html" && !supportedMessageFormats.includes("Html")
    ? messageDataUri(plainFromHtml(message), "plain")
    : messageDataUri(message, format);
}
