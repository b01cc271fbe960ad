import { messageDataUri, plainFromHtml } from "./data-uri.ts";
import type { MessageFormat } from "./data-uri.ts";
import type { Person } from "./people.ts";

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

/** What someone says when they invite. */
export interface InvitationContent {
  readonly caller: Person;
  readonly anonymous: boolean;
  readonly to: Person;
  readonly subject: string;
  /** `null`: an invitation without first words. */
  readonly message: string | null;
  readonly format: MessageFormat;
  readonly importance: (typeof importances)[number];
  readonly threadId: string;
  readonly onBehalfOf: Person | null;
  /** A data URI of any media type. */
  readonly customContent: string | null;
  /** Absent on real incoming invitations. */
  readonly operationId: string | null;
}

/** The states that an incoming invitation shows. Reference: InvitationState */
export type InvitationState = "Connecting" | "Connected" | "Failed" | "Cancelled" | "Declined" | "Forwarded";

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
