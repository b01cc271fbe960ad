import { listFormat, numberFormat } from "../../format.ts";

/** Who invites to what, and how it ended. */
export const invitations = {
  /** In the place of a name, also at the beginning of a sentence that a request ends. */
  anonymousCaller: "Anonymous caller",
  unknownCaller: "Unknown caller",
  /** What is asked for: behind the caller's name as one sentence, below it as a line of its own, then with a capital. */
  requests: {
    messaging: "invites you to a conversation",
    inKnownConversation: "writes to you in your conversation",
    onlineMeeting: "invites you to a meeting",
    phoneAudio: "calls your phone",
    audioVideo: "calls you",
    participant: "wants to bring you into a conversation",
    other: "invites you to something Doorbell doesn't know",
  },
  /** How it came here: several in a row, of which the first may get a capital, or each on a line of its own. */
  route: {
    delegator: (name: string) => `for ${name}`,
    privateLine: "on your private line",
    onBehalfOf: (name: string) => `on behalf of ${name}`,
    forwardedBy: (name: string) => `forwarded by ${name}`,
    transferredBy: (name: string) => `transferred by ${name}`,
  },
  newMessage: "New message",
  /** `type`: a media type such as `image/png`. */
  notShown: (type: string) => `Sent something Doorbell can't show (${type})`,
  /** Of a meeting that has nothing but `modalities`, which are of those below; gets a capital. */
  joinElsewhere: (modalities: readonly string[]) =>
    `${listFormat({ type: "conjunction" }).format(modalities)} only: join from another device`,
  modalities: {
    Messaging: "messages",
    Audio: "audio",
    Video: "video",
    PhoneAudio: "audio",
    ApplicationSharing: "screen sharing",
    DataCollaboration: "a whiteboard",
    PanoramicVideo: "video",
  },
  /** What an answer is waiting for. */
  answering: {
    accept: "Accepting…",
    inLobby: "Waiting to be let in…",
    decline: "Declining…",
    unknown: "Answering…",
  },
  /** How one ended: a sentence without its full stop. What is put in is of `endDetails`. */
  ends: {
    accepted: "Accepted",
    declined: "Declined",
    declinedWhere: (where: string) => `Declined ${where}`,
    missed: "Missed",
    hungUp: "Missed – caller hung up",
    hungUpAfter: (after: string) => `Missed – caller hung up ${after}`,
    answeredElsewhere: "Answered on another device",
    forwarded: "Forwarded to someone else",
    forwardedTo: (taken: string) => `Forwarded: ${taken}`,
    failed: "Failed",
    /** `why`: in the server's words, or of `failures`. */
    failedBecause: (why: string) => `Failed: ${why}`,
    withdrawn: "Connection lost while ringing",
    /** A call of the person's own; `how` is of the ends of `conversations.calls`. */
    called: (how: string) => `You called – ${how}`,
  },
  /** What more is known of an end: within the sentences above, or alone, then with a capital. */
  endDetails: {
    takenBy: (name: string) => `taken by ${name}`,
    answeredBy: (name: string) => `answered by ${name}`,
    onThisDevice: "on this device only",
    onAnotherDevice: "on another device",
    after: (seconds: number) => `after ${numberFormat().format(seconds)} s`,
  },
  /** Of what the person left ringing. */
  leaving: {
    quit: "Still ringing when you quit",
    signOut: "Still ringing when you signed out",
  },
  failures: {
    silence: "The server never said how it ended",
    tooLate: "It was over before your answer arrived",
  },
  /** Why an answer did not arrive, or cannot be given. */
  answers: {
    notNow: "This invitation can't be answered now.",
    lost: "The connection was lost before your answer was sent.",
    refused: "The server refused your answer.",
    /** `why`: in the server's words. */
    refusedBecause: (why: string) => `The server refused your answer: ${why}`,
    gone: "The invitation is no longer available.",
    unanswered: "Your answer didn't get through. Try again.",
    notActedOn: "The server took the answer but did not act on it. Please try again.",
    unknown: "There is no such invitation.",
    over: "The invitation is over.",
    underWay: "An answer is already on its way.",
    notAllowed: {
      accept: "The server doesn't allow this invitation to be accepted.",
      decline: "The server doesn't allow this invitation to be declined.",
    },
    onThePhone: "Answer this call on your phone.",
    onAnotherDevice: "Doorbell can't do audio or video. Take this call on another device.",
  },
  /** How one was put in front of the person, in the history. */
  presented: {
    notification: "As a system notification",
    notificationNoButtons: "As a system notification without buttons",
    notificationNoRoom: "Not shown: there was no room for one more system notification",
    notificationFailed: "Not shown: system notifications didn't work",
    popUp: "In Doorbell's pop-up",
    popUpNoButtons: "In a pop-up, because system notifications have no buttons here",
    popUpNoRoom: "In a pop-up, because there was no room for one more system notification",
    popUpNotificationFailed: "In a pop-up, because system notifications didn't work",
    answeredBefore: "Not shown: it was being answered already",
    dismissed: "Not shown",
    over: "Not shown: it was over at once",
    quiet: "In Doorbell's window only",
  },
  history: {
    unread: "Your history couldn't be read, so it starts again.",
    unwritten: "Your history can't be saved and will be lost when you quit.",
  },
};
