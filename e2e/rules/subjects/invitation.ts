import type { Section } from "../rule.ts";

const SERVERS_LIMIT = "The server ends it; a client is told of it like of any other end.";

/** What an invitation is, and the way of an incoming one. */
export const invitation: Section = {
  title: "Invitations: the resource",
  rules: [
    { id: "invitation-direction", page: "Direction", rule: "The direction is Incoming or Outgoing." },
    {
      id: "invitation-importance",
      page: "Importance",
      rule: "The importance is Normal, Urgent or Emergency.",
    },
    {
      id: "invitation-state",
      page: "InvitationState (capture)",
      rule: "The state is one of a fixed set; an incoming one goes from Connecting to Connected or Failed.",
    },
    {
      id: "invitation-subject",
      page: "messagingInvitation",
      rule: "The subject is text, and often empty.",
    },
    {
      id: "invitation-thread",
      page: "messagingInvitation (capture)",
      rule: "The thread id is opaque, and several invitations may share one.",
    },
    {
      id: "invitation-no-operation-id",
      page: "capture, log",
      rule: "A real incoming invitation has no operation id.",
    },
    {
      id: "invitation-to",
      page: "messagingInvitation (capture)",
      rule: "Who is invited is a link, though the page lists a property.",
    },
    {
      id: "invitation-message-link",
      page: "messagingInvitation (capture)",
      rule: "The first message is a data URI in a link.",
    },
    {
      id: "invitation-custom-content",
      page: "messagingInvitation",
      rule: "Content of any media type may come in a link of its own.",
    },
    {
      id: "invitation-from",
      page: "messagingInvitation (capture)",
      rule: "The caller is embedded as one participant, with name, address and network.",
    },
    {
      id: "invitation-from-link",
      page: "messagingInvitation",
      rule: "The caller may be a bare link with a title.",
    },
    {
      id: "invitation-accepted-by-participant",
      page: "acceptedByParticipant",
      rule: "Who took an outgoing invitation is embedded as a list.",
    },
    {
      id: "answer-links",
      page: "messagingInvitation",
      rule: "An incoming invitation has links to accept and decline for as long as it can be answered.",
    },
    {
      id: "answer-links-gone",
      page: "ReceiveAnIM (capture)",
      rule: "After the answer, and in its completion, an invitation has no links to accept and decline.",
    },
    {
      id: "cancel-link",
      page: "cancel, SendAnIM (capture)",
      rule: "An outgoing invitation that connects has a link to cancel it.",
    },
    {
      id: "accepted-by-contact",
      page: "acceptedByContact",
      rule: "An invitation that went on to somebody else says who took it.",
    },
    {
      id: "on-behalf-of",
      page: "onBehalfOf",
      rule: "An invitation by a delegate says on whose behalf it comes.",
    },
    {
      id: "derived-messaging",
      page: "derivedMessaging",
      rule: "An invitation may link to the messaging of the conversation that it moved to.",
    },
    {
      id: "invitation-get",
      page: "messagingInvitation",
      rule: "An invitation can be read at its own address.",
    },
    {
      id: "invitation-get-gone",
      page: "messagingInvitation",
      rule: "An invitation that is over is not found after a while.",
    },
    {
      id: "invitation-existing-conversation",
      page: "messagingInvitation",
      rule: "An invitation may add messaging to a conversation that exists.",
    },
    {
      id: "flow-started",
      page: "ReceiveAnIM (capture)",
      rule: "It begins with one package: invitation started, conversation added as Incoming, local participant added.",
    },
    {
      id: "flow-participant",
      page: "ReceiveAnIM (capture)",
      rule: "A moment later the caller is added as a participant by a bare link with a title.",
    },
    {
      id: "flow-updated",
      page: "ReceiveAnIM (capture)",
      rule: "After an accept it is updated: still Connecting, without links to answer.",
    },
    {
      id: "flow-completed",
      page: "ReceiveAnIM (capture)",
      rule: "Then messaging and conversation are Connected, and the invitation completes with Success.",
    },
    {
      id: "flow-first-message",
      page: "ReceiveAnIM (capture)",
      rule: "The first text comes once more as a message of the conversation.",
    },
    {
      id: "flow-unanswered",
      page: "log",
      rule: "Unanswered, it fails after about 25 seconds, its conversation is deleted and missed items are updated.",
    },
    {
      id: "outgoing-thirty-seconds",
      page: "messagingInvitation",
      rule: "An outgoing invitation that nobody answers fails after about thirty seconds.",
      noClient: SERVERS_LIMIT,
    },
  ],
};
