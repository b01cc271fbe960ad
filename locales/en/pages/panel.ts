import { plural } from "../../format.ts";

/** The panel's top bar, its lists and the form of a new conversation. */
export const panel = {
  back: "Back",
  settings: "Settings",
  /** How many ring, in place of how the connection is. */
  ringing: (count: number) => plural(count, { one: "Ringing", other: "# invitations" }),
  ringingNow: "Ringing now",
  connecting: "Connecting…",
  online: "Online",
  offline: "Offline",
  notConnected: "Not connected",
  doNotDisturb: "Do not disturb",
  quietFor: {
    "15min": "For 15 minutes",
    "1h": "For 1 hour",
    tomorrow: "Until tomorrow",
    untilTurnedOff: "Until I turn it off",
  },
  turnOff: "Turn off",
  turnOffDoNotDisturb: "Turn off Do not disturb",
  talks: (count: number) => plural(count, { one: "Conversation", other: "# conversations" }),
  /** Both are counted already. */
  talksWithNews: (talks: string, news: string) => `${talks}, ${news}`,
  allQuiet: "All quiet",
  allQuietHints: {
    notification: "When someone invites you to a conversation, you'll see it here and as a notification.",
    popUp: "When someone invites you to a conversation, you'll see it here and in a pop-up.",
  },
  calls: "Your calls",
  callTo: (name: string) => `Call to ${name}`,
  cancelCall: (name: string) => `Cancel the call to ${name}`,
  closeCall: (name: string) => `Close the call to ${name}`,
  callAgain: "Call again",
  callNameAgain: (name: string) => `Call again: ${name}`,
  person: "Person",
  nameOrAddress: "Name or address",
  people: "People",
  searching: "Searching…",
  nobodyFound: "Nobody found.",
  firstMessage: "First message",
  importance: "Importance",
  importances: { Normal: "Normal", Urgent: "Urgent", Emergency: "Emergency" },
  call: "Call",
  calling: "Calling…",
  callOffline: "Doorbell is offline. You can call as soon as it is online again.",
};
