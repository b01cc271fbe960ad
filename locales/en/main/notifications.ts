import { plural } from "../../format.ts";

/** What is shown as notifications of the system, and what is told where they do not work. */
export const notifications = {
  accept: "Accept",
  decline: "Decline",
  /** What a click beside the buttons does, for services that draw a button for it. */
  open: "Open",
  reply: "Reply",
  replyTo: (name: string) => `Reply to ${name}`,
  /** Somebody from outside of the organisation. What is put around the name has to be short. */
  external: (name: string) => `${name} (external)`,
  /** The first of what is told of how it came here, as in "Urgent, for Ada". */
  importance: { Urgent: "Urgent", Emergency: "Emergency" },
  /** What is asked for, and about what. */
  about: (request: string, subject: string) => `${request}: ${subject}`,
  /** Tells apart what would otherwise be taken for one and the same; from 2 on. */
  repeated: (number: number) => `Invitation ${number} with these words`,
  /** Somebody has written in a conversation of several. */
  inGroup: (name: string, conversation: string) => `${name} in ${conversation}`,
  /** From two on. */
  newMessages: (count: number) => plural(count, { other: "# new messages" }),
  notSent: (conversation: string) => `Not sent to ${conversation}`,
  missed: (name: string) => `Missed: ${name}`,
  /** The last line, below names. */
  moreMissed: (count: number) => plural(count, { other: "and # more" }),
  offline: "Doorbell is offline",
  offlineDetail: "New invitations can't reach you until it reconnects.",
  /** Why Doorbell waits for the person. */
  attention: (why: string) => `Doorbell: ${why}`,
  /** Below a sentence of its own about what has to be settled. */
  untilSettled: "Until this is settled, invitations can't reach you.",
  untilSignedIn: "Invitations can't reach you until you have signed in.",
  problems: {
    noBus: "There is no session bus, so notifications cannot be shown.",
    noService: "No notification service is running, and none can be started.",
    stopped: "The notification service has stopped.",
    starting: "The notification service did not start within a second.",
    slow: "The notification service did not answer within a second.",
    unreadable: "The notification service gave an answer that cannot be read.",
    wentAway: "The notification service went away.",
    notShown: "The notification service showed no notification.",
    refused: "The notification service refused the notification.",
    notKept: "The notification service does not keep notifications on the screen.",
    noButtons: (service: string) => `${service} shows no buttons, so answer elsewhere.`,
    /** Of Windows and macOS. */
    noneHere: "This system shows no notifications.",
    notOfDoorbell: "The system does not show notifications of Doorbell.",
    closing: "Doorbell is closing.",
  },
  /** Stands for most of these problems in the window, before one of the next two. */
  unavailable: "System notifications aren't available.",
  popUpInstead: "Doorbell will use its own pop-up.",
  windowInstead: "You'll see invitations in this window and in the tray only.",
};
