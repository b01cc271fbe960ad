import { listFormat, numberFormat, plural } from "../../format.ts";

const CALL = {
  here: "There is a call here. Doorbell can't do audio or video: use another device.",
  added: (name: string) => `${name} added a call. Doorbell can't do audio or video: use another device.`,
};

/** What is said of conversations, messages and calls of our own. */
export const conversations = {
  meetingWith: (name: string) => `Meeting with ${name}`,
  /** Names in a row; so many `more` are counted, none where it is 0. */
  names: (names: readonly string[], more: number) =>
    listFormat({ type: "conjunction" }).format(
      more === 0 ? names : [...names, plural(more, { other: "# more" })],
    ),
  connecting: "Connecting…",
  inLobby: "Waiting to be let in…",
  ends: {
    messaging: {
      left: "You left the conversation.",
      over: "The conversation has ended.",
      lost: "The connection was lost, and the conversation with it.",
    },
    meeting: {
      left: "You left the meeting.",
      over: "The meeting has ended.",
      lost: "The connection was lost, and the meeting with it.",
    },
  },
  /** `names` as above, of so many people. */
  typing: (names: string, count: number) =>
    `${names} ${plural(count, { one: "is typing…", other: "are typing…" })}`,
  /** What others hold in it: among several people, or added by the one that the person talks to. */
  others: {
    phoneAudio: CALL,
    audioVideo: CALL,
    applicationSharing: {
      here: "There is screen sharing here. Doorbell can't show shared screens: use another device.",
      added: (name: string) =>
        `${name} added screen sharing. Doorbell can't show shared screens: use another device.`,
    },
    dataCollaboration: {
      here: "There is shared content here. Doorbell can't show it: use another device.",
      added: (name: string) => `${name} added shared content. Doorbell can't show it: use another device.`,
    },
  },
  /** What is wrong with one message. `why`: in the server's words. */
  messages: {
    notLoaded: "This message couldn't be loaded.",
    notText: "This message can't be shown here.",
    notDelivered: "This message wasn't delivered.",
    notDeliveredBecause: (why: string) => `This message wasn't delivered: ${why}`,
    left: "You left before this message was sent.",
    over: "The conversation ended before this message was sent.",
    lost: "The connection was lost before this message was sent.",
    notReady: "The conversation isn't ready for messages.",
    refused: "The server refused this message.",
    refusedBecause: (why: string) => `The server refused this message: ${why}`,
    unclear: "This message may not have been sent.",
  },
  /** Why something that was asked for is not done. `most` in characters. */
  talking: {
    unknown: "There is no such conversation.",
    unknownMessage: "There is no such message.",
    over: "The conversation is over.",
    notNow: "Nothing can be sent in this conversation now.",
    notAgain: "This message can't be sent again now.",
    empty: "Write something first.",
    long: (most: number) => `A message has at most ${numberFormat().format(most)} characters.`,
    leaveRefused: "The server refused to let you leave.",
    leaveUnanswered: "You're still in the conversation: the server didn't answer. Try again.",
  },
  /** How a call of the person's own stands or ended: in a sentence behind who it is, or alone, then with a capital. */
  calls: {
    calling: "calling…",
    ringing: "ringing…",
    cancelling: "cancelling…",
    answered: "answered",
    answeredBy: (name: string) => `answered by ${name}`,
    declined: "declined",
    missed: "no answer",
    cancelled: "cancelled",
    cancelledAfter: (seconds: number) => `cancelled after ${numberFormat().format(seconds)} s`,
    passedOn: "passed on to someone else",
    passedOnTo: (name: string) => `passed on to ${name}`,
    withdrawn: "connection lost",
  },
  /** Why a call came to nothing, by what the server calls it: in the same places, and behind a colon. */
  failures: {
    donotdisturb: "they don't want to be disturbed",
    busy: "they are busy",
    unreachable: "they can't be reached now",
    destinationnotfound: "nobody has this address",
    federationrequired: "your organisation isn't connected with theirs",
    modalitynotsupported: "they can't receive messages",
    notallowed: "you aren't allowed to call them",
    anonymousnotallowed: "you aren't allowed to call them",
    replaced: "another conversation took its place",
    repliedwithothermodality: "they answered in another way",
    toomanyconversations: "you have too many conversations open",
    anotheroperationpending: "the server is still busy with your last call",
    threadidalreadyexists: "you have this conversation open already",
  },
  unknownFailure: "it didn't get through",
  /** What is wrong with an address that was typed. `most` in characters. */
  addresses: {
    empty: "Enter the address of the person you want to call.",
    long: (most: number) => `An address has at most ${numberFormat().format(most)} characters.`,
    form: "An address has the form name@example.com.",
    name: "The part of the address before the @ is not valid.",
    domain: "The part of the address after the @ is no domain name.",
  },
  /** Why a call is not made, or not taken back. `why` is of the failures above, without a full stop. */
  calling: {
    longSubject: (most: number) => `The subject can have at most ${numberFormat().format(most)} characters.`,
    longMessage: "The message is too long. Send the rest once the conversation has begun.",
    offline: "Doorbell is offline, so it can't call now.",
    unanswered: "The server didn't answer. Nothing was sent. Try again.",
    notAllowed: "Your server doesn't let you start conversations.",
    unclear: "No answer came, so it isn't known whether your call got through. If it did, it appears here.",
    lost: "The connection was lost before your call got through. Call again.",
    notTaken: "The server couldn't take your call. Call again.",
    refused: (why: string) => `The server refused your call: ${why}.`,
    unknown: "There is no such call.",
    over: "The call is over.",
    cannotCancel: "This call can't be cancelled now.",
    overBefore: "The call was over before it could be cancelled.",
    cancelRefused: (why: string) => `The server didn't cancel the call: ${why}.`,
    cancelTooLate: "The call can't be cancelled any more.",
    cancelLost: "The connection was lost before the call could be cancelled.",
    cancelUnanswered: "The call couldn't be cancelled. Try again.",
  },
  /** Why a search for people finds nobody. */
  search: {
    long: "That is too long to search for.",
    offline: "Doorbell is offline, so it can't search now.",
    notAllowed: "Your server doesn't let you search for people.",
    lost: "The connection was lost during the search. Try again.",
    refused: "The server can't search for that.",
    unanswered: "The search got no answer. Try again, or type the whole address.",
    failed: "The search didn't work. Try again, or type the whole address.",
  },
};
