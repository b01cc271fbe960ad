import { plural } from "../../format.ts";

/** The window of conversations. */
export const conversation = {
  none: "No conversations",
  noneHint: "When you accept an invitation, or somebody answers yours, the conversation goes on here.",
  /** Follows the name of a conversation in the list, for a screen reader: what there is to say, such as `over`. */
  entryStates: (states: readonly string[]) => states.map((state) => `, ${state}`).join(""),
  over: "over",
  ended: "Ended",
  /** In the list, the last message, where it was the person's own. */
  ownPreview: (text: string) => `You: ${text}`,
  leave: "Leave",
  meetingOf: (name: string) => `Meeting of ${name}`,
  othersHere: (count: number) => plural(count, { one: "# other is here", other: "# others are here" }),
  external: "External",
  join: "Join with sound and picture",
  joinHint: "For sound and picture, join with another program or device:",
  copyLink: "Copy link",
  linkCopied: "Link copied.",
  openLink: "Open link",
  messages: (title: string) => `Messages: ${title}`,
  noMessages: "No messages yet.",
  toNewest: "To the newest",
  newMark: (count: number) => plural(count, { other: "# new" }),
  /** The person, as the one who has said something. */
  you: "You",
  /** Who has said something, and when, for a screen reader. */
  saidAt: (name: string, time: string) => `${name}, ${time}`,
  copy: "Copy",
  copyMessage: "Copy message",
  messageCopied: "Message copied.",
  failed: (problem: string) => `Not sent. ${problem}`,
  sendAgain: "Send again",
  sending: "Sending…",
  sent: "Sent",
  message: (title: string) => `Message: ${title}`,
  write: "Write a message",
  send: "Send",
  wasNotSent: "This was not sent. You can still copy it.",
  tooLong: (longest: number) =>
    plural(longest, {
      one: "Too long to send: a message has at most # character.",
      other: "Too long to send: a message has at most # characters.",
    }),
  sendOnceConnected: "You can send it once you're connected.",
  /** What a screen reader tells of what comes. `title`: the conversation, or empty where it is the one that is shown. */
  said: (name: string, title: string, text: string) =>
    title === "" ? `${name}: ${text}` : `${name} in ${title}: ${text}`,
  came: (newMessages: string, title: string) =>
    title === "" ? `${newMessages}.` : `${newMessages} in ${title}.`,
  yoursFailed: (problem: string) => `Your message was not sent. ${problem}`,
  stands: (title: string, status: string) => `${title}: ${status}`,
};
