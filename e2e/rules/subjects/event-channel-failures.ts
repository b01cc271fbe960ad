import type { Section } from "../rule.ts";

const CLIENTS_DUTY = "What to do about a failure is the client's duty.";

/** What goes wrong with an event request, and what follows. */
export const eventChannelFailures: Section = {
  title: "Event channel: failures",
  rules: [
    {
      id: "events-204",
      page: "INFERRED",
      rule: "204, or 200 without a body, is a heartbeat: the same URL after a short while.",
    },
    {
      id: "events-401",
      page: "peer",
      rule: "401: a new token and the same URL.",
    },
    {
      id: "events-403-challenge",
      page: "peer",
      rule: "403 with a challenge or InvalidToken: as 401.",
    },
    {
      id: "events-403",
      page: "RootURL",
      rule: "403 without a challenge: discovery begins anew.",
    },
    {
      id: "events-404-application",
      page: "EventChannelDetails",
      rule: "404 ApplicationNotFound: the application is created anew.",
    },
    {
      id: "events-404-proxy",
      page: "INFERRED",
      rule: "404 that is not UCWA's: the same URL later, and discovery when it lasts.",
    },
    {
      id: "events-408",
      page: "ErrorsAndInformationalMessages",
      rule: "408: the same URL.",
    },
    {
      id: "events-409",
      page: "EventChannelDetails, EventsInUCWA",
      rule: "409 PGetReplaced: another request has taken the channel.",
    },
    {
      id: "events-409-no-fight",
      page: "INFERRED",
      rule: "A channel that was taken is not taken back at once, and given up for one of its own when that goes on.",
      noServer: CLIENTS_DUTY,
    },
    {
      id: "events-410",
      page: "ApplicationDashboard",
      rule: "410 reaches the parked request as well, and means what its subcode says.",
    },
    {
      id: "events-429",
      page: "ErrorsAndInformationalMessages",
      rule: "429: later.",
    },
    {
      id: "events-500",
      page: "ErrorsAndInformationalMessages",
      rule: "500, 503 and 504: the same URL later and later, with chance in the gaps.",
    },
    {
      id: "events-502",
      page: "RootURL",
      rule: "502: the same URL, and discovery when it lasts.",
    },
    {
      id: "events-connection",
      page: "EventsInUCWA",
      rule: "A connection that breaks or cannot be had: the same URL when there is a way again.",
    },
    {
      id: "events-retry-after",
      page: "INFERRED",
      rule: "`Retry-After` is mentioned on no page, and obeyed where it comes.",
    },
    {
      id: "events-not-ucwa",
      page: "ErrorsAndInformationalMessages",
      rule: "A page of HTML in place of events comes from somebody on the way: later, nothing is acknowledged.",
    },
  ],
};
