import type {
  Importance,
  InvitationKind,
  InvitationSnapshot,
  MessageText,
  Person,
} from "../../ucwa/resources/wire-invitation.ts";
import type { UcwaReason } from "../../ucwa/resources/resource.ts";
import type { InvitationLookup } from "../../ucwa/session-port.ts";
import type { AnswerKind, DeclineScope } from "../answer.ts";
import type { Named } from "../invitation.ts";
import type { InvitationKey } from "./entry.ts";

/** Said of one invitation by the event channel. `snapshot` is null for an event that carries only a link. */
export type InvitationWord = InvitationKey & {
  readonly kind: InvitationKind;
  readonly snapshot: InvitationSnapshot | null;
};

/** What we have asked for with an invitation of our own. Reference: startMessaging. */
export interface OwnCall {
  readonly operationId: string;
  readonly callee: Named;
  readonly subject: string;
  readonly message: MessageText | null;
  readonly importance: Importance;
}

/** Why the person ended the session while something rang. */
export type Leaving = "quit" | "signOut";

/** Everything that can change the inbox, from the wire, from the user and from the clock. */
export type InboxEvent =
  | (InvitationWord & { readonly type: "started" | "updated" })
  | (InvitationWord & {
      readonly type: "completed";
      readonly status: "Success" | "Failure" | null;
      readonly reason: UcwaReason | null;
    })
  /** The event channel says that the resource itself was taken away. */
  | (InvitationKey & { readonly type: "removed" })
  /** `state` as sent, null when the event did not carry it. */
  | {
      readonly type: "conversationChanged";
      readonly generation: number;
      readonly href: string;
      readonly state: string | null;
    }
  | { readonly type: "conversationDeleted"; readonly generation: number; readonly href: string }
  /** A remote participant of the conversation has this name. */
  | {
      readonly type: "participantNamed";
      readonly generation: number;
      readonly conversation: string;
      readonly participant: string;
      readonly name: string;
    }
  /** A GET has told who it is that invitations link to as `from`. */
  | {
      readonly type: "callerFound";
      readonly generation: number;
      readonly href: string;
      readonly person: Person;
    }
  /** A GET has told who it is that our invitations link to as `to`. */
  | {
      readonly type: "calleeFound";
      readonly generation: number;
      readonly href: string;
      readonly person: Named;
    }
  /** We are about to ask for an invitation of our own: its events know whom it invites, even one that ends at once. */
  | { readonly type: "callSent"; readonly call: OwnCall }
  /** The server has taken an invitation of our own, and named it: its `started` event may have come before, or never comes. */
  | (InvitationKey & { readonly type: "invited"; readonly call: OwnCall })
  /** This is the messaging of that conversation. */
  | {
      readonly type: "messagingLocated";
      readonly generation: number;
      readonly messaging: string;
      readonly conversation: string;
    }
  | { readonly type: "cancelSent" | "cancelTaken"; readonly id: string }
  | {
      readonly type: "cancelNotTaken";
      readonly id: string;
      readonly arrival: "unclear" | "refused" | "gone";
      /** One sentence for the user. */
      readonly problem: string;
    }
  /** A GET has told the name of a contact that invitations link to. */
  | {
      readonly type: "contactNamed";
      readonly generation: number;
      readonly href: string;
      readonly name: string;
    }
  /** A GET has told the state of the conversation that this invitation leads to. */
  | (InvitationKey & { readonly type: "conversationFound"; readonly state: string | null })
  | (InvitationKey & { readonly type: "lookUpStarted" })
  | (InvitationKey & { readonly type: "lookedUp"; readonly result: InvitationLookup })
  /** The wait that `duty.ts` gave for this invitation is over. */
  | (InvitationKey & { readonly type: "timeUp" })
  | {
      readonly type: "answerSent";
      readonly id: string;
      readonly answer: AnswerKind;
      readonly scope: DeclineScope;
    }
  | { readonly type: "answerTaken"; readonly id: string }
  | {
      readonly type: "answerNotTaken";
      readonly id: string;
      readonly arrival: "unclear" | "refused" | "gone";
      /** One sentence for the user. */
      readonly problem: string;
      readonly reason: UcwaReason | null;
    }
  /** The answer could not be sent because the application that owned the link has ended. */
  | { readonly type: "answerSuperseded"; readonly id: string }
  | { readonly type: "channelInterrupted"; readonly generation: number }
  | { readonly type: "generationEnded"; readonly generation: number }
  /** `leaving` tells that the person wanted it so; null when nobody said why. */
  | { readonly type: "signedOut"; readonly leaving: Leaving | null }
  /** Another session takes over; its generations are counted from the start again. */
  | { readonly type: "sessionReplaced" };
