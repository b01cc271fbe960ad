import type { Importance, InvitationKind, MessageText, Person } from "../ucwa/invitation.ts";
import type { UcwaReason } from "../ucwa/resource.ts";

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

/**
 * ```
 * incoming: ringing → answering → EndState      (ringing → EndState, answering → ringing when the answer did not arrive)
 * outgoing: inviting → EndState
 * ```
 */
export type InvitationState = "ringing" | "answering" | "inviting" | EndState;

/** One invitation as every surface shows it: texts, ids and times; never a link. */
export interface Invitation {
  /** Opaque, stable for the life of the invitation, never used again in the same run. */
  readonly id: string;
  readonly kind: InvitationKind;
  readonly direction: "incoming" | "outgoing";
  readonly state: InvitationState;
  readonly from: Person;
  readonly to: string | null;
  readonly onBehalfOf: string | null;
  readonly subject: string;
  readonly message: MessageText | null;
  readonly importance: Importance;
  readonly threadId: string | null;
  readonly operationId: string | null;
  /** False as soon as an answer is under way or the link is gone. */
  readonly canAccept: boolean;
  readonly canDecline: boolean;
  readonly canCancel: boolean;
  /** Opaque id of the conversation. */
  readonly conversation: string | null;
  readonly acceptedBy: { readonly name: string; readonly uri: string } | null;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** Epoch milliseconds; set exactly when the invitation has ended. */
  readonly endedAt: number | null;
  readonly reason: UcwaReason | null;
  /** Which answer of ours is on its way, for surfaces that say "Accepting…". */
  readonly answering: "accept" | "decline" | null;
  /** Why an answer of ours did not arrive, one sentence for the user; cleared by the next answer. */
  readonly answerProblem: string | null;
}
