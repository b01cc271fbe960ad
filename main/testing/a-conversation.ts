import type { Conversation, ConversationMessage, Participant } from "../conversations/conversation.ts";

export const ADA: Participant = {
  id: "p1",
  name: "Ada Winter",
  uri: "sip:ada@example.test",
  network: "SameEnterprise",
  anonymous: false,
  typing: false,
};
export const BEN: Participant = { ...ADA, id: "p2", name: "Ben Stone", uri: "sip:ben@example.test" };
export const CLEO: Participant = { ...ADA, id: "p3", name: "Cleo Marsh", uri: "sip:cleo@example.test" };
export const DAN: Participant = { ...ADA, id: "p4", name: "Dan Holt", uri: "sip:dan@example.test" };

/** A message of Ada's. */
export function theirs(
  id: string,
  text: string,
  over: Partial<ConversationMessage> = {},
): ConversationMessage {
  const from = { name: ADA.name, uri: ADA.uri };
  return {
    id,
    direction: "incoming",
    from,
    text,
    format: "plain",
    sentAt: 1_000,
    state: "received",
    problem: null,
    ...over,
  };
}

/** One of the person's own. */
export function own(id: string, text: string, over: Partial<ConversationMessage> = {}): ConversationMessage {
  return theirs(id, text, { direction: "outgoing", from: null, state: "sent", ...over });
}

/** A conversation with Ada, who has said "Hello". */
export function conversation(over: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1",
    kind: "messaging",
    state: "connected",
    end: null,
    subject: "Budget",
    invitation: "i1",
    partner: ADA,
    participants: [ADA],
    messages: [theirs("m1", "Hello")],
    unread: 0,
    canSay: true,
    others: [],
    joinUrl: null,
    startedAt: 1_000,
    endedAt: null,
    ...over,
  };
}
