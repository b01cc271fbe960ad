import type { Section } from "../rule.ts";

const ONE_FORM = "Doorbell asks for this in one form only, which other tests hold.";

/** The application: how it is created, made available, kept alive and lost. */
export const application: Section = {
  title: "Application: creation",
  rules: [
    {
      id: "create-required",
      page: "applications",
      rule: "An application is created with a culture, an endpoint id and a user agent; none may be missing.",
    },
    {
      id: "create-lengths",
      page: "applications",
      rule: "Each of them has at most 100 characters.",
    },
    {
      id: "create-name-case",
      page: "CreateAnApplication (capture)",
      rule: "The names of the properties are read in any case.",
      noClient: ONE_FORM,
    },
    {
      id: "endpoint-id-stable",
      page: "applications",
      rule: "The endpoint id is the same for this install at every start, and differs from other installs'.",
      noServer: "A server takes whatever id it is given.",
    },
    {
      id: "instance-id-revision",
      page: "MultiTabSupport, Versioning",
      rule: "An instance id belongs to the second revision and is sent with the header that asks for that.",
    },
    {
      id: "application-type",
      page: "applications",
      rule: "The type is left out or Browser.",
    },
    {
      id: "create-201",
      page: "applications",
      rule: "A new application is answered 201 with its representation.",
    },
    {
      id: "create-200",
      page: "MultiTabSupport",
      rule: "An instance that exists is answered 200 with its event channel as it is.",
    },
    {
      id: "instance-channel",
      page: "MultiTabSupport",
      rule: "Each instance of one application has an event channel of its own, named in its link.",
    },
    {
      id: "same-endpoint-steals",
      page: "MultiTabSupport",
      rule: "Two copies with one endpoint id and no instance ids take the event channel from each other.",
    },
    {
      id: "create-403",
      page: "applications",
      rule: "403 with an error of UCWA: this user may not have such an application.",
    },
    {
      id: "create-500",
      page: "applications",
      rule: "500 CallbackChannelError for the creation is trouble that may pass.",
    },
    {
      id: "application-document",
      page: "application",
      rule: "The application says what it was created with, and embeds me, people, onlineMeetings and communication.",
    },
    {
      id: "application-events-link",
      page: "application",
      rule: "Its link `events` begins with the first acknowledgement.",
    },
    {
      id: "hrefs-relative-or-absolute",
      page: "Hypermedia, WebLinks",
      rule: "An address is relative to the host of UCWA or absolute, and means the same either way.",
    },
    {
      id: "hrefs-never-built",
      page: "Hypermedia",
      rule: "Whatever lies beyond discovery is reached by links that the server handed out, never by paths put together.",
    },
    {
      id: "query-untouched",
      page: "QueryParameters",
      rule: "Query parameters that the server gave are sent back as they are.",
    },
    {
      id: "missing-link-not-allowed",
      page: "Hypermedia",
      rule: "What has no link is not allowed now.",
    },
    {
      id: "me-before",
      page: "me, CreateAnApplication (capture)",
      rule: "Before availability `me` has the link makeMeAvailable and none for presence, note, location and activity.",
    },
    {
      id: "me-after",
      page: "me (capture)",
      rule: "After availability `me` has links for presence, note, location and activity, and no makeMeAvailable.",
    },
    {
      id: "me-initialising",
      page: "me",
      rule: "`me` may answer 409 while the application begins or ends.",
    },
    {
      id: "communication-sender",
      page: "communication",
      rule: "`communication` is the sender of every event about an invitation or a conversation.",
      noClient: "An event means the same whoever sends it.",
    },
    {
      id: "communication-guid",
      page: "communication (capture)",
      rule: "`communication` has a property with a random name, whose value asks to be sent back.",
      noClient: "Doorbell never changes communication: it claims what it can do when it becomes available.",
    },
    {
      id: "communication-document",
      page: "communication",
      rule: "`communication` tells modalities and formats, and links to conversations and what can be started.",
      noClient: "Doorbell starts nothing by itself.",
    },
  ],
};
