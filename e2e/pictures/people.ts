import { texts } from "../../locales/texts.ts";
import type {
  CallerView,
  CallView,
  SuggestionsView,
  HistoryView,
  InvitationView,
} from "../../preload/contract.ts";
import { capital } from "../../main/invitations/invitation-labels.ts";
import { PORTRAIT } from "./portrait.ts";

// Whatever main would say is said in the language that is spoken when this module is loaded.
const { invitations, quiet, conversations: talking } = texts;

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
  request: invitations.requests.messaging,
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
  request: invitations.requests.onlineMeeting,
  route: [
    invitations.route.onBehalfOf("Head of Regional Operations"),
    invitations.route.forwardedBy(longCaller.name),
  ],
  meeting: capital(
    invitations.joinElsewhere([
      invitations.modalities.Audio,
      invitations.modalities.Video,
      invitations.modalities.ApplicationSharing,
    ]),
  ),
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
  request: invitations.requests.phoneAudio,
  route: [
    invitations.route.delegator("Ines Roth"),
    invitations.route.privateLine,
    invitations.route.transferredBy("Priya Raman"),
  ],
  subject: "",
  firstLine: "",
  canAccept: false,
};

/** An accepted meeting whose presenter has yet to admit the person. */
export const inLobby: InvitationView = {
  ...invitation,
  id: "i7",
  kind: "onlineMeeting",
  request: invitations.requests.onlineMeeting,
  answering: invitations.answering.inLobby,
  canAccept: false,
  canDecline: false,
};

const END_WORDS = {
  accepted: invitations.ends.accepted,
  declined: invitations.ends.declinedWhere(invitations.endDetails.onThisDevice),
  missed: invitations.ends.missed,
  cancelled: invitations.ends.hungUpAfter(invitations.endDetails.after(12)),
  answeredElsewhere: invitations.ends.answeredElsewhere,
  forwarded: invitations.ends.forwardedTo(invitations.endDetails.takenBy("Priya Raman")),
  // What the server has said.
  failed: invitations.ends.failedBecause("the network of the caller was unreachable"),
  withdrawn: invitations.ends.withdrawn,
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
    shown: invitations.presented.notification,
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
  words: capital(talking.calls.ringing),
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
    words: invitations.ends.called(talking.calls.missed),
    subject: "Lunch?",
    shown: "",
  }),
  ended("h1", bare, "missed", 3, { news: true, subject: "Invoice 4711" }),
  ended("h2", ada, "accepted", 41, { subject: "Lunch?" }),
  ended("h3", longCaller, "cancelled", 95, {
    news: true,
    subject: longInvitation.subject,
    receivedAt: NOW - 95 * MINUTE_MS - 12_000,
    shown: invitations.presented.popUpNotificationFailed,
  }),
  ended("h4", rtl, "answeredElsewhere", 60 * 5),
  ended("h5", ada, "forwarded", 60 * 26, { subject: "Support rota" }),
  ended("h9", longCaller, "missed", 60 * 34, {
    subject: "Handover",
    silence: quiet.quietHours.silentUntil("08:00"),
    shown: invitations.presented.quiet,
  }),
  ended("h6", nobody, "declined", 60 * 50),
  ended("h7", bare, "failed", 60 * 24 * 9),
  ended("h8", ada, "withdrawn", 60 * 24 * 12),
];
