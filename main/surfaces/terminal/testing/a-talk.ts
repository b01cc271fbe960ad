import type { Conversation, ConversationMessage } from "../../../conversations/conversation.ts";
import { anInvitation, START } from "./an-invitation.ts";

/** A message that Lena Berg has written, overridden as a test needs. */
export function aMessage(overrides: Partial<ConversationMessage> = {}): ConversationMessage {
  return {
    id: "m1",
    direction: "incoming",
    from: { name: "Lena Berg", uri: "sip:lena@contoso.example" },
    text: "Have you got a minute?",
    format: "plain",
    sentAt: START,
    state: "received",
    problem: null,
    ...overrides,
  };
}

/** One of the person's own, overridden as a test needs. */
export function ownMessage(overrides: Partial<ConversationMessage> = {}): ConversationMessage {
  return aMessage({
    id: "m2",
    direction: "outgoing",
    from: null,
    text: "I have.",
    state: "sent",
    ...overrides,
  });
}

/** With Lena Berg, connected and still empty, overridden as a test needs. */
export function aConversation(overrides: Partial<Conversation> = {}): Conversation {
  const { partner = anInvitation().from } = overrides;
  return {
    id: "c1",
    kind: "messaging",
    state: "connected",
    end: null,
    subject: "Quarterly figures",
    invitation: "i1",
    partner,
    participants: [{ ...partner, id: "p1", typing: false }],
    messages: [],
    unread: 0,
    canSay: true,
    others: [],
    joinUrl: null,
    startedAt: START,
    endedAt: null,
    ...overrides,
  };
}
