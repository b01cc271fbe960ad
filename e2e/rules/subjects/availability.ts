import type { Section } from "../rule.ts";

const CLAIMS_MESSAGING = "Doorbell claims messaging with both formats and sends nothing else.";
const CHANGES_NOTHING =
  "Doorbell never changes communication: it claims what it can do when it becomes available.";
const NO_PRESENCE = "Doorbell publishes no presence of its own.";
const CLIENTS_CHOICE = "What to claim and when to report is the client's choice.";

/** Being available, staying it, and changing what is claimed. */
export const availability: Section = {
  title: "Application: availability",
  rules: [
    {
      id: "available-204",
      page: "makeMeAvailable",
      rule: "POST makeMeAvailable is answered 204, and from then on invitations come.",
    },
    {
      id: "available-lurker",
      page: "makeMeAvailable, MeDashboard",
      rule: "Before that, no invitation comes to the application.",
      noClient: "What does not come, nobody can see; that Doorbell becomes available has its own tests.",
    },
    {
      id: "available-all-optional",
      page: "makeMeAvailable",
      rule: "Every field of the request may be left out.",
      noClient: CLAIMS_MESSAGING,
    },
    {
      id: "available-values",
      page: "makeMeAvailable",
      rule: "Modalities, formats, the state to sign in as and the audio preference are of fixed sets.",
    },
    {
      id: "available-phone-number",
      page: "makeMeAvailable",
      rule: "The phone number has at most 100 characters, and is not verified.",
      noClient: CLAIMS_MESSAGING,
    },
    {
      id: "available-inactive-timeout",
      page: "makeMeAvailable",
      rule: "The time until the user counts as inactive can be given, and is five minutes otherwise.",
      noClient: CLAIMS_MESSAGING,
    },
    {
      id: "available-twice",
      page: "makeMeAvailable",
      rule: "A second time is answered 409 AlreadyExists, which means that it is done.",
    },
    {
      id: "available-forbidden",
      page: "makeMeAvailable",
      rule: "403 for modalities beyond messaging and phone audio.",
    },
    {
      id: "available-anonymous",
      page: "makeMeAvailable",
      rule: "A guest cannot be made available: 403 AnonymousNotAllowed.",
      noClient: "Doorbell signs in people; it joins no meeting as a guest.",
    },
    {
      id: "available-500",
      page: "makeMeAvailable",
      rule: "500 CallbackChannelError is trouble that may pass: it is tried again.",
    },
    {
      id: "available2",
      page: "makeMeAvailable2",
      rule: "The second form answers 201 with what was accepted and what was not.",
      noClient: "Doorbell claims one modality: there is nothing to accept in part.",
      noServer: "The server does not have the second form and hands out no link to it.",
    },
    {
      id: "available-burst",
      page: "ReceiveAnIM (capture)",
      rule: "Availability brings me updated, presence, note and location added, and communication updated.",
    },
    {
      id: "available-burst-again",
      page: "log",
      rule: "The same events come again after each new creation, and mean nothing new.",
    },
    {
      id: "communication-put",
      page: "communication, PayloadFormat",
      rule: "PUT communication needs If-Match and every property, and answers 200 without a body.",
      noClient: CHANGES_NOTHING,
    },
    {
      id: "communication-put-preconditions",
      page: "communication, HTTP",
      rule: "Without If-Match it is answered 428, with an old one 412.",
      noClient: CHANGES_NOTHING,
    },
    {
      id: "communication-put-guid",
      page: "communication",
      rule: "Without the property with the random name it is answered 400.",
      noClient: CHANGES_NOTHING,
    },
    {
      id: "claims-messaging",
      page: "makeMeAvailable",
      rule: "A notifier claims messaging alone: it must not become an endpoint for media that it cannot serve.",
      noServer: CLIENTS_CHOICE,
    },
    {
      id: "claims-both-formats",
      page: "communication",
      rule: "A notifier claims plain and HTML messages, so that nothing has to be converted for it.",
      noServer: CLIENTS_CHOICE,
    },
    {
      id: "plain-only",
      page: "communication, policies",
      rule: "To a client that claims plain messages only, formatted ones come converted.",
      noClient: CLAIMS_MESSAGING,
    },
    {
      id: "sign-in-as-omitted",
      page: "INFERRED",
      rule: "A notifier publishes no presence by signing in: it leaves out what to sign in as.",
      noServer: CLIENTS_CHOICE,
    },
    {
      id: "activity-interval",
      page: "reportMyActivity",
      rule: "Activity is reported at least every four minutes.",
    },
    {
      id: "activity-never-pretended",
      page: "INFERRED",
      rule: "Nothing is reported while nobody is at the machine.",
      noServer: CLIENTS_CHOICE,
    },
    {
      id: "activity-degrades",
      page: "MeDashboard",
      rule: "Without reports the user becomes inactive and then away; a report brings Online back.",
      noClient: "What others see of the user is the server's to say.",
    },
    {
      id: "activity-silence",
      page: "MeDashboard, ApplicationDashboard",
      rule: "Long silence about activity ends an available application with 410 InactiveApplicationExpired.",
    },
    {
      id: "activity-before-available",
      page: "reportMyActivity",
      rule: "A report before availability is answered 409 MakeMeAvailableRequired.",
    },
    {
      id: "activity-anonymous",
      page: "reportMyActivity",
      rule: "A guest's report is answered 403 AnonymousNotAllowed.",
      noClient: "Doorbell signs in people; it joins no meeting as a guest.",
    },
    {
      id: "activity-failure",
      page: "reportMyActivity",
      rule: "A report that fails is made again at the next turn; the session goes on.",
    },
    {
      id: "presence-set",
      page: "presence",
      rule: "Presence is set by a POST, answered 204, and reset by an empty one.",
      noClient: NO_PRESENCE,
    },
    {
      id: "presence-before-available",
      page: "presence",
      rule: "Presence before availability is answered 409 MakeMeAvailableRequired.",
      noClient: "Doorbell asks for it only once it is told that it is there.",
    },
    {
      id: "presence-followed",
      page: "presence, EventsInUCWA",
      rule: "A change of the user's own presence comes as a bare link, and a GET of it tells availability and activity.",
    },
    {
      id: "presence-presenting",
      page: "presence, Availability",
      rule: "A notifier disturbs nobody whose activity is presenting.",
      noServer: CLIENTS_CHOICE,
    },
  ],
};
