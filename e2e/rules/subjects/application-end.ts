import type { Section } from "../rule.ts";

const CLIENTS_DUTY = "What to do about it is the client's duty.";

/** How an application ends, and what follows. */
export const applicationEnd: Section = {
  title: "Application: end and loss",
  rules: [
    {
      id: "delete-application",
      page: "application",
      rule: "DELETE of the application ends it and everything under it; 204.",
    },
    {
      id: "delete-instance",
      page: "MultiTabSupport",
      rule: "DELETE by one of several instances ends only that instance's channel.",
      noClient: "A client has one instance and deletes that.",
    },
    {
      id: "gap-15-minutes",
      page: "MeDashboard",
      rule: "Fifteen minutes without a new event request end the application.",
    },
    {
      id: "idle-without-availability",
      page: "application",
      rule: "An application that was never made available expires too when nothing is heard of it.",
      noClient: "Doorbell makes itself available at once, and always has a request parked.",
    },
    {
      id: "loss-404",
      page: "ApplicationDashboard",
      rule: "404 ApplicationNotFound: the application is gone, and may be created anew in silence.",
    },
    {
      id: "loss-too-many",
      page: "ApplicationDashboard",
      rule: "410 TooManyApplications: tell the person, and wait for them to begin again.",
    },
    {
      id: "loss-inactive",
      page: "ApplicationDashboard",
      rule: "410 InactiveApplicationExpired: the application was silent for too long.",
    },
    {
      id: "loss-user-agent",
      page: "ApplicationDashboard",
      rule: "410 UserAgentNotAllowed: tell the person, and wait for them to begin again.",
    },
    {
      id: "loss-on-any-request",
      page: "ApplicationDashboard",
      rule: "Any request may bring the news that the application is gone.",
    },
    {
      id: "recreate-after-inactivity",
      page: "INFERRED",
      rule: "After inactivity the application is created anew by itself, but not again and again.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "recreate-new-hrefs",
      page: "ApplicationDashboard",
      rule: "A new application has new addresses, and all of the old one are dead.",
    },
    {
      id: "recreate-withdraws",
      page: "ApplicationDashboard",
      rule: "What still rings by the old application is withdrawn.",
    },
    {
      id: "recreate-begins-anew",
      page: "ApplicationDashboard, EventChannelDetails",
      rule: "A new application begins at its own event link, with availability and channel parameters sent again.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "recreate-recovers-nothing",
      page: "INFERRED",
      rule: "The conversations of the old application are not among those of the new one.",
      noClient: "Doorbell does not look for them there.",
    },
    {
      id: "resource-not-found",
      page: "ApplicationDashboard",
      rule: "404 for one resource is about that resource; only its subcode speaks of the application.",
    },
    {
      id: "loss-confirmed",
      page: "ExtendAPresenceSubscription",
      rule: "ApplicationNotFound also comes for lesser things: the application or its channel is asked before it counts.",
      noServer: CLIENTS_DUTY,
    },
  ],
};
