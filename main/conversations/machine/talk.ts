import { isDeepStrictEqual } from "node:util";

import type { MessageText, Person } from "../../ucwa/resources/wire-invitation.ts";
import type {
  Conversation,
  ConversationEnd,
  ConversationMessage,
  ConversationState,
  MessageState,
  OtherModality,
} from "../conversation.ts";

/** Which conversation of which application. */
export interface TalkKey {
  readonly generation: number;
  /** Absolute and normalised. */
  readonly href: string;
}

/** The invitation that a conversation began with, as far as it matters to what is said there. */
export interface Opening {
  /** Id of the invitation. */
  readonly id: string;
  readonly conversation: string;
  readonly direction: "incoming" | "outgoing";
  readonly kind: "messaging" | "meeting";
  readonly subject: string;
  readonly partner: Person;
  readonly message: MessageText | null;
  readonly operationId: string | null;
  readonly at: number;
  /** `open`: it may come to talking yet. `accepting`: our accept is under way. */
  readonly stage: "open" | "accepting" | "accepted" | "failed";
}

/** One message with all that surfaces must not see. */
export interface SaidMessage {
  readonly id: string;
  readonly direction: "incoming" | "outgoing";
  /** Null while it is known by its link only. */
  readonly text: MessageText | null;
  readonly sentAt: number;
  readonly state: MessageState;
  readonly problem: string | null;
  /** Address of the message; null for one of ours that no event has told of. */
  readonly href: string | null;
  /** Under which ours was sent, the latest last: an earlier try may turn out to have arrived. */
  readonly operations: readonly string[];
  /** Ours has been taken by the server; what became of it is told by its event. */
  readonly taken: boolean;
  readonly participant: string | null;
  /** As the message itself names its sender. */
  readonly name: string;
  /** It came with an invitation, and may come again as the first message of the conversation. */
  readonly opening: boolean;
  /** The person has had it in view. */
  readonly seen: boolean;
}

export interface Roster {
  readonly id: string;
  readonly person: Person;
  readonly typing: boolean;
  /** The server was asked who it is. */
  readonly asked: boolean;
}

/** What the `messaging` of a conversation offers; null where it offers no such link. Reference: messaging. */
export interface MessagingLinks {
  readonly sendMessage: string | null;
  readonly setIsTyping: string | null;
  readonly addMessaging: string | null;
}

export const NOTHING_OFFERED: MessagingLinks = { sendMessage: null, setIsTyping: null, addMessaging: null };

/** One conversation with all that surfaces must not see: links, addresses, and what has to be asked for. */
export interface Talk extends TalkKey {
  /** The how manieth of the run. */
  readonly number: number;
  /** Of the conversation, as the inbox gives it out; null until an invitation has told. */
  readonly id: string | null;
  readonly opening: Opening | null;
  /** Reference: ConversationState. */
  readonly wireState: string | null;
  readonly messagingState: string | null;
  readonly messaging: string | null;
  readonly links: MessagingLinks;
  readonly onlineMeeting: string | null;
  readonly joinUrl: string | null;
  /** Remote participants by address. */
  readonly roster: ReadonlyMap<string, Roster>;
  /** By the rel of the modality. */
  readonly others: ReadonlySet<OtherModality>;
  readonly messages: readonly SaidMessage[];
  /** How many were ever made, for their ids. */
  readonly messagesMade: number;
  readonly participantsMade: number;
  /** What has to be asked for by GET. */
  readonly stale: ReadonlySet<Stale>;
  readonly end: { readonly cause: ConversationEnd; readonly at: number } | null;
  readonly startedAt: number;
  /** As surfaces see it; null while it is nothing to them. The same object for as long as nothing in it changes. */
  readonly shown: Conversation | null;
}

export type Stale = "conversation" | "messaging" | "onlineMeeting";

/** A conversation that holds more drops its oldest messages. */
export const MOST_MESSAGES = 500;

export function newTalk({ generation, href }: TalkKey, number: number, at: number): Talk {
  return {
    number,
    generation,
    href,
    id: null,
    opening: null,
    wireState: null,
    messagingState: null,
    messaging: null,
    links: NOTHING_OFFERED,
    onlineMeeting: null,
    joinUrl: null,
    roster: new Map(),
    others: new Set(),
    messages: [],
    messagesMade: 0,
    participantsMade: 0,
    stale: new Set(),
    end: null,
    startedAt: at,
    shown: null,
  };
}

/** Whether the person has, or may come to have, anything to do with it. */
export function isOfThePerson({ id, opening, messages }: Talk): boolean {
  if (id === null || opening === null) return false;
  if (opening.stage === "accepted" || opening.stage === "accepting") return true;
  return messages.some(({ opening: first }) => !first);
}

/** The conversation with `shown` brought up to date. */
export function present(talk: Talk): Talk {
  const { id, opening, end } = talk;
  if (id === null || opening === null || !isOfThePerson(talk)) {
    return talk.shown === null ? talk : { ...talk, shown: null };
  }
  const next: Conversation = {
    id,
    kind: opening.kind,
    state: stateOf(talk),
    end: end?.cause ?? null,
    subject: opening.subject,
    invitation: opening.id,
    partner: opening.partner,
    participants: [...talk.roster.values()].map(({ id: participant, person, typing }) => ({
      id: participant,
      ...(isPartner(talk, person) ? opening.partner : person),
      typing: typing && end === null,
    })),
    messages: visibleMessages(talk),
    unread: unreadOf(talk),
    canSay: canSay(talk),
    others: [...talk.others],
    joinUrl: talk.joinUrl,
    startedAt: talk.startedAt,
    endedAt: end?.at ?? null,
  };
  return isDeepStrictEqual(next, talk.shown) ? talk : { ...talk, shown: next };
}

/** Of two people, who is not the person is the partner; the event that names them need not tell an address. */
function isPartner({ roster, opening }: Talk, { name, uri }: Person): boolean {
  if (opening?.kind !== "messaging" || roster.size > 1 || uri !== "") return false;
  return name === "" || name === opening.partner.name;
}

export function canSay({ end, messagingState, links }: Talk): boolean {
  if (end !== null) return false;
  return links.sendMessage === null
    ? links.addMessaging !== null && messagingState === "Disconnected"
    : messagingState === "Connected";
}

function stateOf({ end, messagingState, wireState, messages }: Talk): ConversationState {
  if (end !== null) return "ended";
  if (messagingState === "Connected" || wireState === "Connected" || wireState === "Conferenced")
    return "connected";
  if (wireState === "InLobby") return "inLobby";
  return messages.some(({ opening, direction }) => !opening && direction === "incoming")
    ? "connected"
    : "connecting";
}

function visibleMessages(talk: Talk): readonly ConversationMessage[] {
  const shown = new Map((talk.shown?.messages ?? []).map((message) => [message.id, message]));
  return inView(talk).map((said) => {
    const message = visibleMessage(talk, said);
    const before = shown.get(message.id);
    return before && isDeepStrictEqual(before, message) ? before : message;
  });
}

/** None comes before one that was said earlier and cannot be read yet; the person's own always do. */
export function inView({ messages }: Talk): readonly SaidMessage[] {
  const held = messages.findIndex(isUnread);
  return held < 0
    ? messages
    : messages.filter(({ direction }, index) => index < held || direction === "outgoing");
}

/** Known by its link only, and still asked for. */
export function isUnread({ text, problem }: SaidMessage): boolean {
  return text === null && problem === null;
}

function visibleMessage(talk: Talk, said: SaidMessage): ConversationMessage {
  const { id, direction, sentAt, state, problem } = said;
  const { text, format } = said.text ?? { text: "", format: "plain" as const };
  const from = direction === "outgoing" ? null : senderOf(talk, said);
  return { id, direction, from, text, format, sentAt, state, problem };
}

function senderOf({ roster, opening }: Talk, said: SaidMessage): { name: string; uri: string } {
  const person = said.participant === null ? undefined : roster.get(said.participant)?.person;
  const partner = opening?.partner ?? { name: "", uri: "" };
  // Of two people, who is not the person is the partner.
  const alone = opening?.kind === "messaging" && roster.size <= 1;
  const uri = person?.uri || (said.opening || alone ? partner.uri : "");
  const name = person?.name || said.name || (said.opening || alone ? partner.name : "");
  return { name, uri };
}

function unreadOf(talk: Talk): number {
  return inView(talk).filter(({ direction, seen }) => direction === "incoming" && !seen).length;
}
