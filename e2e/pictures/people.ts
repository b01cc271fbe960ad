import type {
  CallerView,
  CallView,
  SuggestionsView,
  HistoryView,
  InvitationView,
} from "../../preload/contract.ts";
import { PORTRAIT } from "./portrait.ts";

/** When every picture is taken, so that times read the same in all of them. */
export const NOW = Date.UTC(2026, 10, 24, 9, 30);
const MINUTE_MS = 60_000;

/** A colleague, of whom there is a photo. */
export const ada: CallerView = {
  name: "Ada Lindqvist",
  address: "ada.lindqvist@example.com",
  anonymous: false,
  external: false,
  photo: PORTRAIT,
};
/** A stranger whose every word is too long. */
export const longCaller: CallerView = {
  name: "Wolfgang-Maximilian Schreckenstein-Hohenzollern von und zu Donaudampfschifffahrt (Regional Operations, Central Europe)",
  address: "wolfgang-maximilian.schreckenstein-hohenzollern@subsidiary.partner.example.org",
  anonymous: false,
  external: true,
  photo: null,
};
/** Whose name is written from right to left. */
export const rtl: CallerView = {
  name: "ليلى حداد",
  address: "layla@example.com",
  anonymous: false,
  external: false,
  photo: null,
};
/** Of whom only the address is known. */
export const bare: CallerView = {
  name: "",
  address: "h.okafor@example.com",
  anonymous: false,
  external: false,
  photo: null,
};
/** Who does not want to be known. */
export const nobody: CallerView = { name: "", address: "", anonymous: true, external: true, photo: null };

/** The ordinary one. */
export const invitation: InvitationView = {
  id: "i1",
  kind: "messaging",
  caller: ada,
  request: "invites you to a conversation",
  route: [],
  subject: "Quarterly figures",
  firstLine: "Hi, do you have five minutes before the meeting at ten?",
  meeting: "",
  urgent: false,
  canAccept: true,
  canDecline: true,
  announced: true,
  answering: null,
  problem: "",
  silence: "",
  receivedAt: NOW - 4_000,
};

/** The one that fits least. */
export const longInvitation: InvitationView = {
  ...invitation,
  id: "i2",
  caller: longCaller,
  kind: "onlineMeeting",
  request: "invites you to a meeting",
  route: ["on behalf of Head of Regional Operations", `forwarded by ${longCaller.name}`],
  meeting: "Audio, video and screen sharing only: join from another device",
  subject:
    "Re: Fwd: Re: Urgent: deployment of the new conference equipment in all meeting rooms of the northern building",
  firstLine: `https://example.com/${"averylongpath".repeat(12)}`,
  urgent: true,
};

/** It cannot be accepted here. */
export const phoneCall: InvitationView = {
  ...invitation,
  id: "i6",
  kind: "phoneAudio",
  caller: { name: "", address: "+14255550100", anonymous: false, external: false, photo: null },
  request: "calls your phone",
  route: ["for Ines Roth", "on your private line", "transferred by Priya Raman"],
  subject: "",
  firstLine: "",
  canAccept: false,
};

/** An accepted meeting whose presenter has yet to admit the person. */
export const inLobby: InvitationView = {
  ...invitation,
  id: "i7",
  kind: "onlineMeeting",
  request: "invites you to a meeting",
  answering: "Waiting to be let in…",
  canAccept: false,
  canDecline: false,
};

const END_WORDS = {
  accepted: "Accepted",
  declined: "Declined on this device only",
  missed: "Missed",
  cancelled: "Missed – caller hung up after 12 s",
  answeredElsewhere: "Answered on another device",
  forwarded: "Forwarded: taken by Priya Raman",
  failed: "Failed: the network of the caller was unreachable",
  withdrawn: "Connection lost while ringing",
} as const;
const MISSED: readonly (keyof typeof END_WORDS)[] = ["missed", "cancelled", "withdrawn", "failed"];

function ended(
  id: string,
  caller: CallerView,
  end: keyof typeof END_WORDS,
  minutesAgo: number,
  more: Partial<HistoryView> = {},
): HistoryView {
  const endedAt = NOW - minutesAgo * MINUTE_MS;
  return {
    id,
    kind: "messaging",
    caller,
    canCall: caller.address !== "",
    subject: "",
    missed: MISSED.includes(end),
    words: END_WORDS[end],
    silence: "",
    shown: "As a system notification",
    receivedAt: endedAt - 25_000,
    endedAt,
    news: false,
    ...more,
  };
}

/** A call of the person's own that rings at the other side. */
export const call: CallView = {
  id: "o1",
  callee: ada,
  subject: "Lunch?",
  words: "Ringing…",
  canCancel: true,
  problem: "",
  since: NOW - 7_000,
  endedAt: null,
};

/** Whom a search for "a" finds. */
export const suggestions: SuggestionsView = {
  people: [
    { name: ada.name, address: ada.address, about: "" },
    {
      name: longCaller.name,
      address: longCaller.address,
      about: "Head of the department with the longest name of all",
    },
    { name: rtl.name, address: rtl.address, about: "Support" },
    { name: "", address: bare.address, about: "" },
  ],
  problem: "",
};

/** An end of each kind, the newest first. */
export const history: readonly HistoryView[] = [
  ended("h0", ada, "missed", 1, {
    missed: false,
    words: "You called – no answer",
    subject: "Lunch?",
    shown: "",
  }),
  ended("h1", bare, "missed", 3, { news: true, subject: "Invoice 4711" }),
  ended("h2", ada, "accepted", 41, { subject: "Lunch?" }),
  ended("h3", longCaller, "cancelled", 95, {
    news: true,
    subject: longInvitation.subject,
    receivedAt: NOW - 95 * MINUTE_MS - 12_000,
    shown: "In a pop-up, because system notifications didn't work",
  }),
  ended("h4", rtl, "answeredElsewhere", 60 * 5),
  ended("h5", ada, "forwarded", 60 * 26, { subject: "Support rota" }),
  ended("h9", longCaller, "missed", 60 * 34, {
    subject: "Handover",
    silence: "Silent: quiet hours until 08:00",
    shown: "In Doorbell's window only",
  }),
  ended("h6", nobody, "declined", 60 * 50),
  ended("h7", bare, "failed", 60 * 24 * 9),
  ended("h8", ada, "withdrawn", 60 * 24 * 12),
];
