import { isDeepStrictEqual } from "node:util";

import type {
  Importance,
  InvitationKind,
  InvitationLinks,
  InvitationRoute,
  MeetingDetails,
  MessageText,
  Person,
  WireInvitationState,
} from "../../ucwa/resources/wire-invitation.ts";
import { NO_LINKS } from "../../ucwa/resources/wire-invitation.ts";
import type { UcwaReason } from "../../ucwa/resources/resource.ts";
import type { AnswerKind, DeclineScope } from "../answer.ts";
import type { Arrival, EndCause } from "./end-reason.ts";
import type { EndState, Invitation, Named } from "../invitation.ts";

/**
 * Which invitation: the generation and the href of the event's link. Never the embedded `self`, which differs within
 * one invitation even in the reference's own recordings.
 */
export interface InvitationKey {
  readonly generation: number;
  readonly href: string;
}

/** What the representations said of it, taken together; a later one that leaves something out takes nothing away. */
export interface Details extends InvitationRoute {
  readonly kind: InvitationKind;
  readonly direction: "incoming" | "outgoing";
  readonly from: Person;
  readonly to: string | null;
  readonly callee: Named | null;
  readonly subject: string;
  readonly message: MessageText | null;
  readonly otherMessageType: string | null;
  readonly customContentType: string | null;
  readonly importance: Importance;
  readonly threadId: string | null;
  readonly operationId: string | null;
  readonly acceptedBy: Named | null;
  readonly privateLine: boolean;
  readonly phoneNumber: string | null;
  readonly meeting: MeetingDetails | null;
}

export interface OwnAnswer {
  readonly kind: AnswerKind;
  readonly scope: DeclineScope;
  readonly arrival: Arrival;
  /** When it was sent, then when it was taken. */
  readonly at: number;
  /** GETs since it was taken that did not tell how it ends. */
  readonly checks: number;
  /** Why it did not arrive: one sentence for the user. */
  readonly problem: string | null;
  readonly reason: UcwaReason | null;
}

/** The person takes an invitation of their own back. Reference: cancel. */
export interface OwnCancel {
  readonly arrival: Arrival;
  /** When it was sent, then when it was taken. */
  readonly at: number;
  /** Why it did not arrive: one sentence for the user. */
  readonly problem: string | null;
}

/**
 * How one follows the other, `transitions.ts` tells. A ringing one keeps the answer that did not arrive: it explains the
 * links that may still vanish.
 */
export type Phase =
  | { readonly name: "unseen" }
  | { readonly name: "ringing"; readonly bounced: OwnAnswer | null }
  | { readonly name: "answering"; readonly answer: OwnAnswer }
  | { readonly name: "inviting"; readonly cancel: OwnCancel | null }
  | {
      readonly name: "ended";
      readonly state: EndState;
      readonly at: number;
      readonly reason: UcwaReason | null;
      /** Of our decline; null when it was not we who declined. */
      readonly declined: DeclineScope | null;
    };

/** It is over, but the event that says why may still be on its way. */
export interface Over {
  readonly cause: EndCause;
  readonly status: "Success" | "Failure" | null;
  readonly reason: UcwaReason | null;
  readonly since: number;
}

/** The GETs that ask after it. */
export interface LookUps {
  /** When the next is due; null when none is. */
  readonly dueAt: number | null;
  readonly underWay: boolean;
  /** When the last one left. */
  readonly startedAt: number;
  /** `words` at the start of the one under way: an answer to an older question overrules nothing newer. */
  readonly asOf: number;
  /** In a row. */
  readonly failures: number;
}

/** One invitation with all that surfaces must not see: links, times, and what is known of its end. */
export interface Entry extends InvitationKey {
  readonly id: string;
  /** The how manieth of the run. */
  readonly number: number;
  readonly phase: Phase;
  readonly over: Over | null;
  readonly details: Details;
  /** False while it is known by its link only. */
  readonly described: boolean;
  readonly links: InvitationLinks;
  /** Href of the conversation that its messaging was found in: somebody else's accept moves it. Reference: derivedMessaging. */
  readonly movedTo: string | null;
  readonly linksWithdrawn: boolean;
  readonly wireState: WireInvitationState | null;
  /** The caller's name is that of the only other participant, and a better word may come. */
  readonly callerGuessed: boolean;
  /** Opaque id of the conversation. */
  readonly conversation: string | null;
  readonly inKnownConversation: boolean;
  readonly inLobby: boolean;
  readonly receivedAt: number;
  /** The server's last word on it: an event with a representation, or an answer to a GET. */
  readonly heardAt: number;
  /** Counts what may overrule the answer to a GET that is under way. */
  readonly words: number;
  readonly lookUps: LookUps;
  /** As surfaces see it; null while unseen. The same object for as long as nothing in it changes. */
  readonly shown: Invitation | null;
}

export function isLive(entry: Entry): boolean {
  return entry.phase.name !== "ended";
}

/** The href of the conversation that it leads to; null while none is known. */
export function conversationOf({ movedTo, links }: Entry): string | null {
  return movedTo ?? links.conversation;
}

/** The answer of ours that is on its way, or the last one that did not arrive. */
export function ownAnswer(entry: Entry): OwnAnswer | null {
  switch (entry.phase.name) {
    case "answering":
      return entry.phase.answer;
    case "ringing":
      return entry.phase.bounced;
    case "unseen":
    case "inviting":
    case "ended":
      return null;
  }
}

/** One of which nothing is known but its link. */
export function newEntry(key: InvitationKey, number: number, kind: InvitationKind, at: number): Entry {
  return {
    generation: key.generation,
    href: key.href,
    id: `i${number}`,
    number,
    phase: { name: "unseen" },
    over: null,
    details: {
      kind,
      // The reference knows participantInvitation as outgoing only.
      direction: kind === "participant" ? "outgoing" : "incoming",
      from: { name: "", uri: "", network: "Unknown", anonymous: false },
      to: null,
      callee: null,
      onBehalfOf: null,
      delegator: null,
      forwardedBy: null,
      transferredBy: null,
      subject: "",
      message: null,
      otherMessageType: null,
      customContentType: null,
      importance: "Normal",
      threadId: null,
      operationId: null,
      acceptedBy: null,
      privateLine: false,
      phoneNumber: null,
      meeting: null,
    },
    described: false,
    links: NO_LINKS,
    movedTo: null,
    linksWithdrawn: false,
    wireState: null,
    callerGuessed: false,
    conversation: null,
    inKnownConversation: false,
    inLobby: false,
    receivedAt: at,
    heardAt: at,
    words: 0,
    lookUps: { dueAt: null, underWay: false, startedAt: 0, asOf: 0, failures: 0 },
    shown: null,
  };
}

/** The entry with `shown` brought up to date. */
export function present(entry: Entry): Entry {
  const { phase, links, details } = entry;
  if (phase.name === "unseen") return entry;
  const answerable = phase.name === "ringing" && entry.over === null;
  const cancel = phase.name === "inviting" ? phase.cancel : null;
  const cancelling = cancel?.arrival === "underWay" || cancel?.arrival === "taken";
  const next: Invitation = {
    id: entry.id,
    ...details,
    to: details.callee?.uri || details.callee?.name || details.to,
    state: phase.name === "ended" ? phase.state : phase.name,
    canAccept: answerable && links.accept !== null && isAcceptable(details.kind),
    canDecline: answerable && links.decline !== null,
    canCancel: phase.name === "inviting" && entry.over === null && links.cancel !== null && !cancelling,
    conversation: entry.conversation,
    inKnownConversation: entry.inKnownConversation,
    inLobby: entry.inLobby && phase.name === "answering",
    declineScope: phase.name === "ended" ? phase.declined : null,
    receivedAt: entry.receivedAt,
    endedAt: phase.name === "ended" ? phase.at : null,
    reason: phase.name === "ended" ? phase.reason : null,
    answering: phase.name === "answering" ? phase.answer.kind : cancelling ? "cancel" : null,
    answerProblem: (phase.name === "ringing" ? phase.bounced : cancel)?.problem ?? null,
  };
  return entry.shown !== null && isSame(next, entry.shown) ? entry : { ...entry, shown: next };
}

/** Nearly always the parts that are no texts are the same objects, which a look at all that is in them costs more to see. */
function isSame(one: Invitation, other: Invitation): boolean {
  let key: keyof Invitation;
  for (key in one) if (one[key] !== other[key] && !isDeepStrictEqual(one[key], other[key])) return false;
  return true;
}

/**
 * Whether a plain accept of ours can carry it out. A phone call is answered on the phone, although its page lists the
 * link; an audio or video call takes a media offer; and what accepting an unknown kind would do, nobody knows.
 * Reference: phoneAudioInvitation, audioVideoInvitation, participantInvitation.
 */
export function isAcceptable(kind: InvitationKind): boolean {
  return kind === "messaging" || kind === "onlineMeeting";
}
