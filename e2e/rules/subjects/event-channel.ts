import type { Section } from "../rule.ts";

const CLIENTS_DUTY = "What to do with an answer is the client's duty.";

/** The request that is always parked, its answers, and the way from one to the next. */
export const eventChannel: Section = {
  title: "Event channel",
  rules: [
    {
      id: "events-parameters-added",
      page: "EventChannelDetails",
      rule: "Parameters are added to the query that the link has already.",
    },
    {
      id: "ack-untouched",
      page: "EventChannelDetails",
      rule: "The acknowledgement in a link is never edited.",
    },
    {
      id: "events-timeout",
      page: "events",
      rule: "The server holds a request for 180 seconds, or what is asked between that and 1800.",
    },
    {
      id: "events-medium",
      page: "events",
      rule: "Events of medium priority gather for 5 seconds, or what is asked between that and 1800.",
    },
    {
      id: "events-low",
      page: "events",
      rule: "Events of low priority gather for 15 seconds, or what is asked between 5 and 1800.",
    },
    {
      id: "events-range",
      page: "events",
      rule: "A parameter out of its range is refused.",
    },
    {
      id: "events-priority",
      page: "events, EventsInUCWA",
      rule: "Of two requests with one acknowledgement, the later stays when its priority is not lower.",
      noClient: "Doorbell parks one request at a time and gives no priority.",
    },
    {
      id: "events-parameters-remembered",
      page: "EventChannelDetails",
      rule: "The server remembers the parameters, so they need not be sent again.",
    },
    {
      id: "events-parameters-resent",
      page: "EventChannelDetails",
      rule: "After a resume, and to a new application, they are sent again.",
    },
    {
      id: "client-limit",
      page: "INFERRED",
      rule: "A client waits longer than the server may hold, and then asks the same URL again.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "one-way-on",
      page: "EventChannelDetails",
      rule: "An answer has one of next, resume and resync.",
    },
    {
      id: "senders-in-order",
      page: "EventChannelDetails, ReceiveAnIM (capture)",
      rule: "One sender may stand several times in a package, because the order of all events is kept.",
    },
    {
      id: "event-types",
      page: "EventsInUCWA",
      rule: "Resources are added, updated and deleted; operations are started, updated and completed.",
    },
    {
      id: "event-status",
      page: "ReceiveAnIM, SendAnIM (capture)",
      rule: "A completed event says Success or Failure itself, not inside its resource.",
    },
    {
      id: "event-reason",
      page: "EventChannelDetails, ErrorsAndInformationalMessages",
      rule: "The reason of a failed operation has the shape of an error.",
    },
    {
      id: "event-in",
      page: "EventsInUCWA (capture)",
      rule: "An event may name the collection or the context that it happened in.",
    },
    {
      id: "embedded-by-rel",
      page: "ReceiveAnIM (capture)",
      rule: "What is embedded stands under the rel of the event's link, and may call itself otherwise.",
    },
    {
      id: "property-order",
      page: "OperationResource",
      rule: "Properties stand in any order.",
    },
    {
      id: "embedding-optional",
      page: "EventsInUCWA, events",
      rule: "An event may come as a bare link; what it is about is then to be had by GET.",
    },
    {
      id: "link-only-events",
      page: "log",
      rule: "Events about me, presence, note, location and remote participants, and deletions, come as bare links.",
    },
    {
      id: "heartbeat",
      page: "EventsInUCWA (capture)",
      rule: "A request that is released without news is answered 200 with a way on and no events.",
    },
    {
      id: "heartbeat-forms",
      page: "capture",
      rule: "No events means an empty list of senders, null, or no list at all.",
    },
    {
      id: "unknown-events",
      page: "INFERRED",
      rule: "An event of an unknown kind, or one that cannot be read, is stepped over and holds up nothing.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "next-at-once",
      page: "EventChannelDetails",
      rule: "The next request leaves before the package is worked through.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "packages-in-order",
      page: "EventChannelDetails",
      rule: "Packages and their events are worked through in their order.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "resume",
      page: "EventsInUCWA, EventChannelDetails",
      rule: "`resume` after a long silence: conversations were dropped meanwhile, and the way goes on.",
    },
    {
      id: "resync",
      page: "EventsInUCWA, EventChannelDetails",
      rule: "`resync` for an acknowledgement out of order leads to the first package that is not acknowledged.",
    },
    {
      id: "no-way-on",
      page: "INFERRED",
      rule: "Without a way on, the application is asked for its events link anew.",
    },
    {
      id: "revalidate",
      page: "INFERRED",
      rule: "After resume and resync, everything that rings is looked up, and withdrawn where it is gone.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "next-acknowledges",
      page: "EventsInUCWA",
      rule: "Following `next` acknowledges; the server neither skips nor repeats.",
    },
    {
      id: "unread-answer-kept",
      page: "EventsInUCWA",
      rule: "An answer that was not read whole is asked for again with the same URL, and is still there.",
    },
    {
      id: "no-older-ack",
      page: "EventsInUCWA",
      rule: "An acknowledgement that has been answered is never sent again.",
    },
    {
      id: "events-deduplicated",
      page: "INFERRED",
      rule: "An event that comes twice changes nothing the second time.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "priority-high",
      page: "EventsInUCWA",
      rule: "Events about invitations, conversations, messages and missed items answer the parked request at once.",
      noClient: "Priorities are the server's; Doorbell acts on whatever comes.",
    },
    {
      id: "priority-medium",
      page: "EventsInUCWA",
      rule: "Events about me, presence and communication wait until their time of gathering is over.",
      noClient: "Priorities are the server's; Doorbell acts on whatever comes.",
    },
    {
      id: "high-takes-along",
      page: "EventsInUCWA",
      rule: "An urgent event takes along everything that waits, in order.",
      noClient: "Priorities are the server's; Doorbell acts on whatever comes.",
    },
    {
      id: "aggregation",
      page: "EventsInUCWA",
      rule: "Updates that wait are merged into the latest, so states in between may never be seen.",
    },
    {
      id: "only-completed",
      page: "EventsInUCWA",
      rule: "Of an operation that was fast, only the completion may come.",
    },
  ],
};
