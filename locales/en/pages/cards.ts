import { plural } from "../../format.ts";

/** An invitation on the panel and on the toast, and what several parts of the pages share. */
export const cards = {
  anonymousCaller: "Anonymous caller",
  unknownCaller: "Unknown caller",
  /** `request` is the rest of the sentence, such as `invites you to a meeting`. */
  request: (name: string, request: string) => `${name} ${request}`,
  /** Told to a screen reader: the sentence of `request`, and what it is about, which may be empty. */
  announced: (request: string, subject: string) =>
    subject === "" ? `${request}.` : `${request}: ${subject}.`,
  urgent: "Urgent",
  outside: "Outside your organisation",
  accept: "Accept",
  acceptName: (name: string) => `Accept ${name}`,
  decline: "Decline",
  declineName: (name: string) => `Decline ${name}`,
  answerElsewhere: "Answer on another device.",
  hide: "Hide without an answer",
  hideName: (name: string) => `Hide the invitation of ${name} without an answer`,
  noLongerRinging: "No longer ringing",
  /** The title of the window with the toasts. */
  toastTitle: "Invitation – Doorbell",
  invitations: "Invitations",
  /** How many more ring than the toast has room for. */
  more: (count: number) => plural(count, { other: "+# more" }),
  /** The same for a screen reader; it begins with what is seen. */
  moreInWindow: (more: string) => `${more} in Doorbell's window`,
  today: "Today",
  yesterday: "Yesterday",
  /** In little room, beside a name. From an hour on seconds do not matter. */
  shortDuration: (hours: number, minutes: number, seconds: number) => {
    if (hours > 0) return minutes > 0 ? `${hours}h ${minutes}m` : `${hours}h`;
    if (minutes > 0) return seconds > 0 ? `${minutes}m ${seconds}s` : `${minutes}m`;
    return `${seconds}s`;
  },
  newMessages: (count: number) => plural(count, { one: "# new message", other: "# new messages" }),
  conversations: "Conversations",
  newConversation: "New conversation",
  subject: "Subject",
  quiet: "Quiet",
  callBack: "Call back",
  cancel: "Cancel",
  close: "Close",
  signOut: "Sign out",
  noKeyring: "No keyring is available, so you will be asked for the password each time.",
};
