import type { MessageText, Person } from "../ucwa/resources/wire-invitation.ts";

/**
 * - `connecting`: our accept, or our own invitation, is under way. `inLobby`: the organiser of the meeting has yet to let
 *   us in. `connected`: everybody who is in it hears what is said.
 * - `ended`: nothing more comes of it; what was said stays.
 */
export type ConversationState = "connecting" | "inLobby" | "connected" | "ended";

/** Why it is over: the person left, the others did, or the session that held it is gone. */
export type ConversationEnd = "left" | "over" | "lost";

/** A message of the person's own is `sending` until the server has said what became of it. */
export type MessageState = "sending" | "sent" | "failed" | "received";

/** What others add to a conversation, or hold there, and Doorbell cannot take part in. Reference: conversation. */
export type OtherModality = "phoneAudio" | "audioVideo" | "applicationSharing" | "dataCollaboration";

/** One message, in the order in which it was said. Reference: message. */
export interface ConversationMessage extends MessageText {
  /** Opaque, never used again in the same run. */
  readonly id: string;
  readonly direction: "incoming" | "outgoing";
  /** Null for the person's own. */
  readonly from: { readonly name: string; readonly uri: string } | null;
  /** Epoch milliseconds: the server's time, and ours until it has told. */
  readonly sentAt: number;
  readonly state: MessageState;
  /** Why it failed, one sentence for the person. */
  readonly problem: string | null;
}

/** Somebody else who is in it. Reference: participant. */
export interface Participant extends Person {
  /** Opaque, within the conversation. */
  readonly id: string;
  readonly typing: boolean;
}

/** One conversation as every surface shows it: texts, ids and times; never a link. Reference: conversation. */
export interface Conversation {
  /** Opaque; the one that its invitation names. */
  readonly id: string;
  readonly kind: "messaging" | "meeting";
  readonly state: ConversationState;
  readonly end: ConversationEnd | null;
  readonly subject: string;
  /** Id of the invitation that it began with; null when none was told. */
  readonly invitation: string | null;
  /** Who called, or was called; of a meeting who invited. */
  readonly partner: Person;
  /** In the order of their coming. */
  readonly participants: readonly Participant[];
  /** In the order in which they were said; the oldest go when there are very many. */
  readonly messages: readonly ConversationMessage[];
  /** Messages of others that the person has not seen. */
  readonly unread: number;
  /** A message can be said now. */
  readonly canSay: boolean;
  /** What else goes on in it. */
  readonly others: readonly OtherModality[];
  /** Where a meeting is joined with sound and picture: an https URL, null when not known. */
  readonly joinUrl: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number | null;
}
