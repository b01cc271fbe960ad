import type { InvitationKind, Modality, Person, SourceNetwork } from "../ucwa/resources/wire-invitation.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import { addressLabel } from "./address-label.ts";
import { callEndLabel } from "./call-labels.ts";
import type { EndState, Invitation } from "./invitation.ts";

/**
 * The words for an invitation, in one place for every surface, each an own harmless line. Surfaces decide only what
 * they have room for. Windows of the app cannot import this: they are sent the finished words.
 */

/** Puts a name into a sentence, as a surface needs it for names that are written from right to left. */
export type Quote = (name: string) => string;

/** Who it is, in one short line that is never empty. */
export function nameLabel({ name, uri, anonymous }: Pick<Person, "name" | "uri" | "anonymous">): string {
  return safeLine(name) || (anonymous ? "Anonymous caller" : addressLabel(uri) || "Unknown caller");
}

/** Whether a caller comes from outside the user's organisation, as far as the server says. */
export function isExternal(network: SourceNetwork): boolean {
  return network !== "SameEnterprise" && network !== "Unknown";
}

/** What is asked for, to follow the caller's name. */
export function requestLabel({ kind, inKnownConversation }: Invitation): string {
  if (kind === "messaging" && inKnownConversation) return "writes to you in your conversation";
  return REQUEST[kind];
}

const REQUEST: Readonly<Record<InvitationKind, string>> = {
  messaging: "invites you to a conversation",
  onlineMeeting: "invites you to a meeting",
  phoneAudio: "calls your phone",
  audioVideo: "calls you",
  participant: "wants to bring you into a conversation",
  other: "invites you to something Doorbell doesn't know",
};

/** How it came here: whom it is for, who passed it on. Reference: delegator, onBehalfOf, forwardedBy, transferredBy. */
export function routeLabel(invitation: Invitation, quote: Quote = (name) => name): readonly string[] {
  const { delegator, onBehalfOf, forwardedBy, transferredBy, privateLine } = invitation;
  const via = (before: string, person: string | null): readonly string[] => {
    const name = personLabel(person);
    return name === "" ? [] : [`${before} ${quote(name)}`];
  };
  return [
    ...via("for", delegator),
    ...(privateLine ? ["on your private line"] : []),
    ...via("on behalf of", onBehalfOf),
    ...via("forwarded by", forwardedBy),
    ...via("transferred by", transferredBy),
  ];
}

/** Somebody known by a name or by an address. */
function personLabel(person: string | null): string {
  const line = safeLine(person ?? "");
  return /^(?:sips?|tel):/i.test(line) ? addressLabel(line) : line;
}

/**
 * The first message; one that is not text, and what else the caller has sent, is told of all the same. Empty when there
 * is nothing. May hold several lines. Reference: message, customContent.
 */
export function messageLabel({ message, otherMessageType, customContentType }: Invitation): string {
  const text = message?.text ?? (otherMessageType === null ? "" : "New message");
  const other =
    customContentType === null
      ? ""
      : `Sent something Doorbell can't show (${safeLine(customContentType, 60)})`;
  return [text, other].filter((line) => line !== "").join("\n");
}

/** Of a meeting in which there is nothing that Doorbell could take part in; null of any other. */
export function meetingLabel({ meeting }: Invitation): string | null {
  if (meeting === null || meeting.modalities.length === 0 || meeting.modalities.includes("Messaging"))
    return null;
  const offered = [...new Set(meeting.modalities.map((modality) => MODALITY[modality]))];
  return `${capital(listLabel(offered))} only: join from another device`;
}

const MODALITY: Readonly<Record<Modality, string>> = {
  Messaging: "messages",
  Audio: "audio",
  Video: "video",
  PhoneAudio: "audio",
  ApplicationSharing: "screen sharing",
  DataCollaboration: "a whiteboard",
  PanoramicVideo: "video",
};

function listLabel(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

/** What an answer of ours is waiting for; null when none is on its way. */
export function answeringLabel({ state, answering, inLobby }: Invitation): string | null {
  if (state !== "answering") return null;
  if (answering === "accept") return inLobby ? "Waiting to be let in…" : "Accepting…";
  return answering === "decline" ? "Declining…" : "Answering…";
}

/** What more is known of how it ended: who took it, where it was declined, when or why. Empty when nothing is. */
export function endDetail(invitation: Invitation): string {
  const { state, direction, acceptedBy, declineScope, reason, receivedAt, endedAt } = invitation;
  if (direction === "outgoing") return callEndLabel(invitation);
  const taker = safeLine(acceptedBy?.name ?? "") || addressLabel(acceptedBy?.uri ?? "");
  switch (state) {
    case "forwarded":
      return taker === "" ? "" : `taken by ${taker}`;
    case "answeredElsewhere":
      return taker === "" ? "" : `answered by ${taker}`;
    case "declined":
      if (declineScope === "Global") return "";
      return declineScope === "Local" ? "on this device only" : "on another device";
    case "cancelled":
      return endedAt === null ? "" : `after ${Math.round((endedAt - receivedAt) / 1000)} s`;
    // A code is no word for a person.
    case "failed":
    case "withdrawn":
      return safeLine(reason?.message ?? "");
    case "ringing":
    case "answering":
    case "inviting":
    case "accepted":
    case "missed":
      return "";
  }
}

/** How it ended, in one short sentence without its full stop; `detail` is what `endDetail` has told. */
export function endLabel(
  state: EndState,
  detail: string,
  direction: Invitation["direction"] = "incoming",
): string {
  if (direction === "outgoing") return `You called – ${detail}`;
  switch (state) {
    case "accepted":
      return "Accepted";
    case "declined":
      return detail === "" ? "Declined" : `Declined ${detail}`;
    case "missed":
      return "Missed";
    case "cancelled":
      return `Missed – caller hung up ${detail}`.trimEnd();
    case "answeredElsewhere":
      return detail === "" ? "Answered on another device" : capital(detail);
    case "forwarded":
      return detail === "" ? "Forwarded to someone else" : `Forwarded: ${detail}`;
    case "failed":
      return detail === "" ? "Failed" : `Failed: ${detail}`;
    case "withdrawn":
      return detail === "" ? "Connection lost while ringing" : detail;
  }
}

/** With a capital letter, where it stands alone. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
