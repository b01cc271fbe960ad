import type { Section } from "../rule.ts";

const NEVER_SENT = "Doorbell sends JSON.";

/** The XML form. */
export const xml: Section = {
  title: "XML",
  rules: [
    {
      id: "xml-namespace",
      page: "PayloadFormat",
      rule: "Everything is in the namespace of UCWA.",
    },
    {
      id: "xml-resource",
      page: "PayloadFormat",
      rule: "A resource says its rel and its own address as attributes.",
    },
    {
      id: "xml-links",
      page: "PayloadFormat, WebLinks",
      rule: "Links are elements with rel and href, and may have a title and a revision; a list is several of them.",
    },
    {
      id: "xml-properties",
      page: "PayloadFormat",
      rule: "Properties are named elements.",
    },
    {
      id: "xml-property-lists",
      page: "PayloadFormat",
      rule: "Lists of values are items of a named element.",
    },
    {
      id: "xml-embedded",
      page: "PayloadFormat",
      rule: "An embedded resource is a resource within.",
    },
    {
      id: "xml-data-uri",
      page: "PayloadFormat",
      rule: "A message is a link whose href is a data URI.",
    },
    {
      id: "xml-dates",
      page: "PayloadFormat",
      rule: "Dates are written as ISO 8601.",
      noClient: "Doorbell reads no date that a server sends: an invitation came when it was heard.",
    },
    {
      id: "xml-events",
      page: "EventChannelDetails",
      rule: "A package is a way on and senders with events, whose type is the name of the element.",
    },
    {
      id: "xml-event-details",
      page: "INFERRED",
      rule: "Status is an attribute of the event; context, resource and reason are elements within.",
    },
    {
      id: "xml-input",
      page: "PayloadFormat",
      rule: "What is sent is an input of properties.",
      noClient: NEVER_SENT,
    },
    {
      id: "xml-error",
      page: "ErrorsAndInformationalMessages",
      rule: "An error is a reason with elements for its parts.",
    },
  ],
};
