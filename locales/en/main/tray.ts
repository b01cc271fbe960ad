import { plural } from "../../format.ts";

/** The icon in the tray: its tooltip and its menu. */
export const tray = {
  /** `parts`: state, news and quiet, as many as there are. */
  tooltip: (parts: readonly string[]) => `Doorbell: ${parts.join(", ")}`,
  ringing: (name: string) => `${name} is ringing`,
  severalRinging: (count: number) => plural(count, { other: "# invitations" }),
  connecting: "Connecting…",
  online: "Online",
  offline: "Offline – invitations can't reach you",
  signedOut: "Signed out",
  missed: (count: number) => plural(count, { one: "# missed invitation", other: "# missed invitations" }),
  callBack: (name: string) => `Call ${name} back…`,
  /** One that was, in the menu: how it ended, who it was, when. */
  recent: (end: string, name: string, moment: string) => `${end}: ${name}, ${moment}`,
  ends: {
    called: "Called",
    accepted: "Accepted",
    declined: "Declined",
    answeredElsewhere: "Answered elsewhere",
    forwarded: "Forwarded",
    missed: "Missed",
  },
  accept: (name: string) => `Accept ${name}`,
  decline: (name: string) => `Decline ${name}`,
  /** Who it is and what for. */
  about: (who: string, subject: string) => `${who}: ${subject}`,
  request: (name: string, request: string) => `${name} ${request}`,
  reconnectNow: "Reconnect now",
  doNotDisturb: "Do not disturb",
  turnOffDoNotDisturb: "Turn off Do not disturb",
  quietFor: {
    "15min": "For 15 minutes",
    "1h": "For 1 hour",
    tomorrow: "Until tomorrow",
    untilTurnedOff: "Until I turn it off",
  },
  talks: (count: number) => plural(count, { one: "Conversation", other: "# conversations" }),
  talksWithNews: (talks: string, unread: number) =>
    `${talks}, ${plural(unread, { one: "# new message", other: "# new messages" })}`,
  newConversation: "New conversation…",
  open: "Open Doorbell",
  settings: "Settings",
  quit: "Quit",
};
