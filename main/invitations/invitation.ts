import type {
  Importance,
  InvitationKind,
  InvitationRoute,
  MeetingDetails,
  MessageText,
  Person,
} from "../ucwa/resources/wire-invitation.ts";
import type { UcwaReason } from "../ucwa/resources/resource.ts";
import type { DeclineScope } from "./answer.ts";

/** Somebody by name and address; each may be empty. */
export interface Named {
  readonly name: string;
  /** `sip:…`. */
  readonly uri: string;
}

/** How an invitation ended. The first end wins. See `end-reason.ts` for how each is told. */
export type EndState =
  | "accepted"
  | "declined"
  | "missed"
  | "cancelled"
  | "answeredElsewhere"
  | "forwarded"
  | "failed"
  | "withdrawn";

/** An incoming one rings or is being answered, and one of our own is `inviting`. See `machine/transitions.ts`. */
export type InvitationState = "ringing" | "answering" | "inviting" | EndState;

/** One invitation as every surface shows it: texts, ids and times; never a link. */
export interface Invitation extends InvitationRoute {
  /** Opaque, stable for the life of the invitation, never used again in the same run. */
  readonly id: string;
  readonly kind: InvitationKind;
  readonly direction: "incoming" | "outgoing";
  readonly state: InvitationState;
  readonly from: Person;
  readonly to: string | null;
  /** Whom an outgoing one invites, as far as it is known; null of an incoming one. Reference: to. */
  readonly callee: Named | null;
  readonly subject: string;
  readonly message: MessageText | null;
  /** Media type of a first message that is no text, so that `message` is null. */
  readonly otherMessageType: string | null;
  /** Media type of what else its sender put into it. Reference: customContent. */
  readonly customContentType: string | null;
  readonly importance: Importance;
  readonly threadId: string | null;
  readonly operationId: string | null;
  /** False as soon as an answer is under way or the link is gone. */
  readonly canAccept: boolean;
  readonly canDecline: boolean;
  readonly canCancel: boolean;
  /** Opaque id of the conversation. */
  readonly conversation: string | null;
  readonly acceptedBy: Named | null;
  /** Came in over the user's private line. */
  readonly privateLine: boolean;
  readonly phoneNumber: string | null;
  readonly meeting: MeetingDetails | null;
  /** Adds a modality to a conversation that the user was in already. */
  readonly inKnownConversation: boolean;
  /** Our accept is taken, and the organiser of the meeting has yet to let us in. Reference: onlineMeetingInvitation. */
  readonly inLobby: boolean;
  /** Whether our decline was for this device only; null unless it ended declined by us. */
  readonly declineScope: DeclineScope | null;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** Epoch milliseconds; set exactly when the invitation has ended. */
  readonly endedAt: number | null;
  readonly reason: UcwaReason | null;
  /** Which answer of ours is on its way, for surfaces that say "Accepting…"; of an outgoing one, that it is taken back. */
  readonly answering: "accept" | "decline" | "cancel" | null;
  /** Why an answer of ours did not arrive, one sentence for the user; cleared by the next answer. */
  readonly answerProblem: string | null;
}
