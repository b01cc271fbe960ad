import type { MessageSnapshot } from "../../ucwa/resources/read-message.ts";
import type { UcwaReason } from "../../ucwa/resources/resource.ts";
import type { Person } from "../../ucwa/resources/wire-invitation.ts";
import type { ConversationEnd, OtherModality } from "../conversation.ts";
import type { MessagingLinks, Opening, Stale } from "./talk.ts";

/** What a representation of a conversation says; null where it says nothing. Reference: conversation. */
export interface ConversationSnapshot {
  readonly state: string | null;
  readonly messaging: string | null;
  readonly onlineMeeting: string | null;
  /** Null when the representation does not list its modalities. */
  readonly others: ReadonlySet<OtherModality> | null;
}

/** What a representation of its messaging says. Reference: messaging. */
export interface MessagingSnapshot extends MessagingLinks {
  readonly state: string | null;
}

/** Everything that can change one conversation, from the wire, from the person and from the clock. */
export type TalkEvent =
  /** `snapshot` is null for an event that carries only a link. */
  | { readonly type: "conversationSeen"; readonly snapshot: ConversationSnapshot | null }
  | {
      readonly type: "messagingSeen";
      readonly href: string;
      readonly snapshot: MessagingSnapshot | null;
    }
  | { readonly type: "modalitySeen"; readonly modality: OtherModality; readonly state: string | null }
  | { readonly type: "meetingSeen"; readonly joinUrl: string | null }
  /** A GET found nothing to read: it is not asked for again. */
  | { readonly type: "unreadable"; readonly what: Stale }
  | {
      readonly type: "participantSeen";
      readonly href: string;
      readonly person: Person;
      /** By the answer to a GET. */
      readonly asked?: true;
    }
  | { readonly type: "participantGone"; readonly href: string }
  | { readonly type: "typing"; readonly href: string; readonly begins: boolean }
  | {
      readonly type: "messageSeen";
      readonly href: string;
      readonly snapshot: MessageSnapshot | null;
      /** Null until it is completed. */
      readonly status: "Success" | "Failure" | null;
      readonly reason: UcwaReason | null;
    }
  /** It will not be read any more. */
  | { readonly type: "messageLost"; readonly href: string }
  | { readonly type: "opened"; readonly opening: Opening }
  | { readonly type: "said"; readonly text: string; readonly operationId: string }
  | { readonly type: "saidAgain"; readonly message: string; readonly operationId: string }
  /** The server has taken it; `href` where it has told the address. */
  | { readonly type: "sendingTaken"; readonly operationId: string; readonly href: string | null }
  | { readonly type: "sendingFailed"; readonly operationId: string; readonly problem: string }
  /** No word has come of what was taken long ago: it was taken. */
  | { readonly type: "sendingQuiet"; readonly operationId: string }
  | { readonly type: "seen" }
  /** The channel was interrupted: what is known may be old. */
  | { readonly type: "interrupted" }
  | { readonly type: "over"; readonly cause: ConversationEnd };
