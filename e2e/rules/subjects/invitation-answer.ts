import type { Section } from "../rule.ts";

/** Accept, decline, cancel. */
export const invitationAnswer: Section = {
  title: "Invitations: the answer",
  rules: [
    { id: "accept-204", page: "accept", rule: "Accept is a POST without a body, answered 204." },
    {
      id: "accept-is-receipt",
      page: "accept",
      rule: "204 says that the answer was taken; the completed event says what became of it.",
    },
    {
      id: "accept-too-late",
      page: "accept",
      rule: "An accept that comes too late is answered 404, 409 or 410, and is no longer available.",
    },
    {
      id: "accept-500",
      page: "accept",
      rule: "500 CallbackChannelError for an answer is trouble of the server and no end of the invitation.",
    },
    { id: "decline-204", page: "decline", rule: "Decline is a POST that may give a reason, answered 204." },
    {
      id: "decline-reasons",
      page: "CallDeclineReason",
      rule: "The reason is one of a fixed set; another is refused.",
    },
    {
      id: "decline-local",
      page: "CallDeclineReason",
      rule: "Local stops this endpoint only.",
    },
    { id: "decline-global", page: "CallDeclineReason", rule: "Global declines for all endpoints." },
    {
      id: "decline-ends",
      page: "decline",
      rule: "A decline completes the invitation with Failure, Declined.",
    },
    {
      id: "decline-other-kinds",
      page: "decline",
      rule: "Phone and meeting invitations are declined in the same way.",
    },
    {
      id: "cancel-204",
      page: "cancel",
      rule: "Cancelling an outgoing invitation is a POST, answered 204, that fails it.",
    },
    {
      id: "answer-repeated",
      page: "INFERRED",
      rule: "An answer that got lost may be sent once more: the second finds nothing to answer, or has its effect.",
    },
    {
      id: "endpoints-ring-apart",
      page: "MultiTabSupport",
      rule: "Each endpoint of a user rings with an invitation of its own.",
      noClient: "A client is one endpoint.",
    },
  ],
};
