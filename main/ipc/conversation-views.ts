import { texts } from "../../locales/texts.ts";
import type {
  ConversationsState,
  ConversationsSummary,
  ConversationView,
  MessageView,
} from "../../preload/contract.ts";
import type { Conversation, ConversationMessage } from "../conversations/conversation.ts";
import { othersLabels, statusLabel, titleLabel, typingLabel } from "../conversations/conversation-labels.ts";
import { linkedParts } from "../conversations/links.ts";
import { LONGEST_TEXT } from "../ucwa/resources/safe-text.ts";
import type { SessionState } from "../ucwa/session-port.ts";
import { callerView, line, type PhotoOf } from "./views.ts";

/** What the window with the conversations shows, before it is numbered. */
export type ConversationsContent = Omit<ConversationsState, "revision">;

/** What was worked out for a value is good for as long as the value is, and the photos of those in it are the same. */
export class ConversationViews {
  readonly conversations = new WeakMap<Conversation, ConversationView>();
  readonly messages = new WeakMap<ConversationMessage, MessageView>();
  readonly photoOf: PhotoOf;

  constructor(photoOf: PhotoOf) {
    this.photoOf = photoOf;
  }
}

export function conversationsContent(
  conversations: readonly Conversation[],
  selected: string | null,
  session: SessionState,
  views: ConversationViews,
): ConversationsContent {
  return {
    conversations: conversations.map((one) =>
      remembered(views.conversations, one, () => conversationView(one, views)),
    ),
    selected,
    connection: connectionLabel(session),
    longestMessage: LONGEST_TEXT,
  };
}

export function conversationsSummary(conversations: readonly Conversation[]): ConversationsSummary {
  return {
    open: conversations.filter(({ state }) => state !== "ended").length,
    unread: conversations.reduce((sum, { unread }) => sum + unread, 0),
  };
}

function conversationView(conversation: Conversation, views: ConversationViews): ConversationView {
  const { photoOf } = views;
  const { id, kind, state, partner, subject, participants, unread, canSay, joinUrl } = conversation;
  return {
    id,
    kind,
    ended: state === "ended",
    title: line(titleLabel(conversation)),
    partner: callerView(partner, photoOf),
    subject: line(subject),
    status: statusLabel(conversation),
    notices: othersLabels(conversation).map(line),
    people: participants.map((person) => ({ id: person.id, caller: callerView(person, photoOf) })),
    messages: conversation.messages.map((one) =>
      remembered(views.messages, one, () => messageView(one, photoOf)),
    ),
    typing: line(typingLabel(conversation)),
    unread,
    canSay,
    joinLink: state === "ended" ? "" : line(joinUrl ?? ""),
  };
}

function messageView(message: ConversationMessage, photoOf: PhotoOf): MessageView {
  const { id, direction, from, sentAt, state, problem, text } = message;
  let links = 0;
  return {
    id,
    own: direction === "outgoing",
    sender: from === null ? null : callerView({ ...from, network: "Unknown", anonymous: false }, photoOf),
    sentAt,
    state,
    problem: line(problem ?? ""),
    parts: linkedParts(text).map(({ text: part, href }) => ({
      text: part,
      link: href === null ? null : links++,
    })),
  };
}

function connectionLabel(session: SessionState): string {
  switch (session.name) {
    case "online":
      return "";
    case "signedOut":
      return texts.program.unconnected.signedOut;
    case "attention":
      return texts.program.unconnected.attention;
    case "discovering":
    case "authenticating":
    case "creating":
    case "reconnecting":
      return texts.program.unconnected.reconnecting;
  }
}

function remembered<Key extends object, Value>(
  known: WeakMap<Key, Value>,
  key: Key,
  make: () => Value,
): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
