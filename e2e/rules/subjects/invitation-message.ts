import type { Section } from "../rule.ts";

const READING = "A server writes one form; to read every form is the client's.";

/** The first message: a data URI. */
export const invitationMessage: Section = {
  title: "Invitations: the first message",
  rules: [
    {
      id: "data-uri-form-encoding",
      page: "PayloadFormat (capture)",
      rule: "The text is form-encoded: a plus is a space, and a plus itself is escaped.",
    },
    {
      id: "data-uri-base64",
      page: "messagingInvitation",
      rule: "The text may be in base64.",
    },
    {
      id: "data-uri-line-end",
      page: "capture",
      rule: "The text ends with a line break, which nobody needs to see.",
    },
    {
      id: "data-uri-html",
      page: "capture",
      rule: "HTML is shown as the text in it and never rendered.",
      noServer: "How a message is shown is the client's.",
    },
    {
      id: "data-uri-charset",
      page: "RFC 2397",
      rule: "Any charset may be named; an unknown one is read as UTF-8.",
      noServer: READING,
    },
    {
      id: "data-uri-malformed",
      page: "INFERRED",
      rule: "A malformed escape is shown as it came.",
      noServer: READING,
    },
    {
      id: "data-uri-parameters",
      page: "RFC 2397",
      rule: "Other parameters of the media type are passed over.",
      noServer: READING,
    },
    {
      id: "data-uri-other-types",
      page: "PayloadFormat",
      rule: "Media offers and custom content are no text.",
    },
    {
      id: "message-absent",
      page: "messagingInvitation",
      rule: "An invitation may come without a first message.",
    },
    {
      id: "message-length",
      page: "INFERRED",
      rule: "The length of a message has no bound, so what is shown is cut.",
      noServer: "How much is shown is the client's.",
    },
  ],
};
