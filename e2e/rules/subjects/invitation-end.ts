import type { Section } from "../rule.ts";

const CLIENTS_DUTY = "When to stop ringing is the client's duty.";

/** How an invitation ends, and how that is told. */
export const invitationEnd: Section = {
  title: "Invitations: the end",
  rules: [
    {
      id: "end-completed",
      page: "ErrorsAndInformationalMessages",
      rule: "An invitation ends by its completed event with status, reason and state.",
    },
    {
      id: "end-unknown-subcode",
      page: "ErrorsAndInformationalMessages",
      rule: "The list of subcodes is open: an unknown one ends the ringing like any other.",
    },
    {
      id: "end-canceled",
      page: "ErrorSubcode",
      rule: "Canceled: the caller gave up.",
    },
    {
      id: "end-missed",
      page: "ErrorSubcode",
      rule: "Missed, Timeout and Expired: nobody answered.",
    },
    {
      id: "end-elsewhere",
      page: "ErrorSubcode",
      rule: "ConnectedElsewhere: another endpoint of the user has it.",
    },
    {
      id: "end-auto-accepted",
      page: "ErrorSubcode",
      rule: "AutoAccepted: another part of the user's software has it.",
    },
    {
      id: "end-forwarded",
      page: "ErrorSubcode",
      rule: "Forwarded, Redirected and Transferred: somebody else has it.",
    },
    {
      id: "end-declined",
      page: "ErrorSubcode",
      rule: "Declined: declined here, or everywhere from elsewhere.",
    },
    {
      id: "end-replaced",
      page: "ErrorSubcode",
      rule: "Replaced and RepliedWithOtherModality: something else has taken its place.",
    },
    {
      id: "end-without-reason",
      page: "log",
      rule: "A failure without a reason was missed.",
    },
    {
      id: "end-remote-failure",
      page: "peer",
      rule: "A decline by the other side is RemoteFailure, Declined.",
    },
    {
      id: "end-conversation",
      page: "log",
      rule: "An invitation is over when its conversation is Disconnected or deleted.",
    },
    {
      id: "end-links-gone",
      page: "INFERRED",
      rule: "An update without links to answer, and no answer of one's own, means taken elsewhere.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "end-own-answer",
      page: "INFERRED",
      rule: "After an answer of one's own nothing rings, before any event says so.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "end-sign-out",
      page: "INFERRED",
      rule: "Nothing rings on after sign-out.",
      noServer: CLIENTS_DUTY,
    },
  ],
};
