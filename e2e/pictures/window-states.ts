import { texts } from "../../locales/texts.ts";
import type {
  AttentionReasonView,
  InvitationView,
  PanelState,
  QuietView,
  SessionView,
} from "../../preload/contract.ts";
import { capital } from "../../main/invitations/invitation-labels.ts";
import type { WindowState } from "./window-state.ts";
import { CONVERSATION_STATES } from "./conversation-states.ts";
import {
  bare,
  call,
  history,
  inLobby,
  invitation,
  longInvitation,
  nobody,
  NOW,
  phoneCall,
  rtl,
} from "./people.ts";

// Longer than other files, because it is one list.

const { conversations: talking, invitations, notifications, program, quiet, server, signIn } = texts;
const EVENING = { on: true, from: "18:00", to: "08:00" };
const WEEKEND = { on: true, from: "08:00", to: "08:00" };
const NO_QUIET_HOURS = {
  on: false,
  days: [WEEKEND, EVENING, EVENING, EVENING, EVENING, EVENING, WEEKEND],
};
const signedOut: PanelState = {
  revision: 1,
  session: { name: "signedOut" },
  account: {
    address: "",
    server: "",
    canRemember: true,
    rememberedProblem: "",
    singleSignOn: signIn.singleSignOn.elsewhere,
    withoutPassword: false,
    trusted: [],
    pageHost: null,
  },
  ringing: [],
  calls: [],
  compose: null,
  history: [],
  conversations: { open: 0, unread: 0 },
  settings: {
    notifications: true,
    language: "auto",
    trayIcon: "auto",
    afterAccept: "here",
    personLinks: false,
    quietHours: NO_QUIET_HOURS,
    followSystemFocus: true,
    followPresence: true,
    soundVolume: 80,
    soundsOn: { ring: true, urgentRing: true, missed: true, message: true },
  },
  quiet: null,
  canToast: true,
  notices: [],
  version: "0.1.0",
  life: {
    settingsWanted: false,
    startAtLogin: { possible: true, on: false, offered: false },
    testRing: { ringing: false, words: "" },
  },
  soundFiles: { ring: null, urgentRing: null, missed: null, message: null },
};
const account = { ...signedOut.account, address: "ada.lindqvist@example.com" };
const online: PanelState = { ...signedOut, session: { name: "online" }, account };

const panelSize = { width: 400, height: 620 };
const tall = { width: 400, height: 1300 };
const QUIET_WORDS = {
  doNotDisturb: quiet.doNotDisturb.until("10:30"),
  systemFocus: quiet.systemFocus.label,
  quietHours: quiet.quietHours.until("18:00"),
  presence: quiet.presence.label,
} as const;
const QUIET_CAUSES = Object.keys(QUIET_WORDS) as readonly QuietView["cause"][];

function panel(name: string, over: Partial<PanelState>, more: Partial<WindowState> = {}): WindowState {
  return { name, role: "panel", state: { ...online, ...over }, size: panelSize, ...more };
}

function session(name: string, view: SessionView, over: Partial<PanelState> = {}): WindowState {
  return panel(name, { session: view, ...over });
}

function attention(
  reason: AttentionReasonView,
  detail: string,
  over: Partial<PanelState> = {},
  origin: string | null = null,
  technical = "",
): WindowState {
  return session(`attention: ${reason}`, { name: "attention", reason, detail, technical, origin }, over);
}

function toast(name: string, invitations: readonly InvitationView[], height: number): WindowState {
  const state = { revision: 1, invitations, sound: { loop: null, once: null } };
  return { name, role: "toast", state, size: { width: 380, height } };
}

/** Every state of every window that looks different from the others. */
export const WINDOW_STATES: readonly WindowState[] = [
  panel("sign-in, the first time", { ...signedOut }),
  panel("sign-in, passwords not kept", {
    session: { name: "signedOut" },
    account: { ...account, server: "https://lync.example.com", canRemember: false },
  }),
  panel("sign-in, the keyring waits to be unlocked", {
    session: { name: "signedOut" },
    account: {
      ...account,
      rememberedProblem: signIn.keyring.waiting,
    },
  }),
  session("discovering", { name: "discovering" }),
  session("authenticating", { name: "authenticating" }),
  session(
    "waiting for the sign-in page",
    { name: "authenticating" },
    {
      account: { ...account, withoutPassword: true, pageHost: "sts.example.com" },
    },
  ),
  attention("badCredentials", server.signIn.pageClosed("pool.example.com"), {
    account: { ...account, withoutPassword: true },
  }),
  session("first try in vain", {
    name: "reconnecting",
    detail: `${server.answers.unavailable("lyncdiscover.example.com")} ${server.advice.askIfItLasts}`,
    technical: "GET root: 503, text/html",
    retryAt: NOW + 3_000,
    wasOnline: false,
  }),
  attention("badCredentials", server.signIn.wrongPassword("pool.example.com"), {
    history: history.slice(0, 2),
  }),
  attention(
    "notFound",
    server.discovery.noServer("lyncdiscover.example.com"),
    {},
    null,
    "GET root: 404, text/html",
  ),
  attention(
    "untrustedServer",
    server.untrusted.ask(
      server.leads.challenge("lyncdiscover.example.com", "https://webpool.online.example.net"),
    ),
    {},
    "https://webpool.online.example.net",
  ),
  attention(
    "untrustedServer",
    server.untrusted.refused(server.leads.discovery("lyncdiscover.example.com", "http://pool.example.com")),
  ),
  attention(
    "certificate",
    `${server.failures.certificateDate("pool.example.com")}.`,
    {},
    null,
    "CERT_HAS_EXPIRED",
  ),
  attention(
    "signInNotOffered",
    `${server.signIn.noPasswords("pool.example.com")} ${server.signIn.accepts(server.grants.windows)}`,
  ),
  attention("tooManyApplications", server.session.tooManyApplications, {
    history: history.slice(0, 3),
  }),
  panel("online, nothing yet", {}),
  panel("online, with a past", { history }),
  panel("ringing", { ringing: [invitation], history: history.slice(0, 4) }),
  panel("ringing, several", {
    ringing: [
      longInvitation,
      invitation,
      { ...invitation, id: "i3", caller: rtl, subject: "مرحبا", firstLine: "" },
    ],
  }),
  panel("accepting", {
    ringing: [
      { ...invitation, answering: invitations.answering.accept, canAccept: false, canDecline: false },
    ],
    history: history.slice(1, 3),
  }),
  panel("conversations, and a past", {
    conversations: { open: 2, unread: 3 },
    history: history.slice(0, 3),
  }),
  panel(
    "settings, handing over",
    {
      settings: { ...online.settings, afterAccept: "handOver" },
    },
    { click: ({ panel: words }) => words.settings },
  ),
  panel("a call by phone, and a meeting's lobby", { ringing: [phoneCall, inLobby] }),
  panel("an answer that did not arrive", {
    ringing: [{ ...invitation, problem: invitations.answers.unanswered }],
  }),
  session(
    "reconnecting",
    {
      name: "reconnecting",
      detail: `${server.failures.refused("pool.example.com")}. ${server.advice.askIfItLasts}`,
      technical: "ECONNREFUSED",
      retryAt: NOW + 42_000,
      wasOnline: true,
    },
    { history },
  ),
  panel("a notice", {
    notices: [`${notifications.unavailable} ${notifications.popUpInstead}`],
    history: history.slice(0, 3),
  }),
  panel("new conversation, whom to call", {}, { click: ({ cards }) => cards.newConversation }),
  panel("new conversation, as a link has filled it in", {
    compose: {
      number: 1,
      to: "ola.berg@example.com",
      subject: "Invoice 4711",
      message: "Have you got a minute to look at the invoice?",
    },
  }),
  panel(
    "new conversation, and a call",
    { ringing: [invitation] },
    { click: ({ cards }) => cards.newConversation },
  ),
  panel("calling", {
    calls: [
      call,
      {
        ...call,
        id: "o2",
        callee: longInvitation.caller,
        canCancel: false,
        subject: "",
        words: capital(talking.calls.cancelling),
      },
    ],
    history: history.slice(0, 4),
  }),
  panel("a call that could not be cancelled, and a ringing one", {
    calls: [{ ...call, callee: rtl, problem: talking.calling.cancelUnanswered }],
    ringing: [invitation],
  }),
  panel("a call that has ended", {
    calls: [{ ...call, words: capital(talking.failures.donotdisturb), canCancel: false, endedAt: NOW }],
    history: history.slice(0, 5),
  }),
  panel("settings", {}, { click: ({ panel: words }) => words.settings }),
  ...QUIET_CAUSES.map((cause) =>
    panel(`quiet: ${cause}`, { quiet: { cause, words: QUIET_WORDS[cause] }, history: history.slice(0, 4) }),
  ),
  panel(
    "the menu of Do not disturb",
    { history: history.slice(0, 4) },
    { click: ({ panel: words }) => words.doNotDisturb },
  ),
  panel("quiet, and a call", {
    quiet: { cause: "quietHours", words: QUIET_WORDS.quietHours },
    ringing: [{ ...invitation, silence: quiet.quietHours.silentUntil("18:00") }],
    history: history.slice(0, 4),
  }),
  panel(
    "quiet hours in the settings",
    { settings: { ...online.settings, quietHours: { ...NO_QUIET_HOURS, on: true } } },
    { click: ({ panel: words }) => words.settings, size: tall },
  ),
  panel("several days of the past", { history }, { size: tall }),
  panel("an entry of the past, in full", { history }, { click: () => "Invoice 4711" }),
  panel("a silent entry of the past, in full", { history: history.slice(6) }, { click: () => "Handover" }),
  panel("clearing the past, asked", { history }, { click: (texts) => texts.history.clear }),
  panel(
    "settings, sounds",
    {
      settings: {
        ...online.settings,
        soundsOn: { ...online.settings.soundsOn, message: false },
      },
      soundFiles: {
        ...online.soundFiles,
        urgentRing: { name: "Fire alarm in a very long building with many corridors.flac", problem: "" },
        missed: {
          name: "gone.mp3",
          problem: program.sounds.gone,
        },
      },
    },
    { click: ({ panel: words }) => words.settings, size: { width: 400, height: 1_400 } },
  ),
  panel(
    "settings, no window of our own",
    { canToast: false },
    { click: ({ panel: words }) => words.settings },
  ),
  panel("settings, and a call", { ringing: [invitation] }, { click: ({ panel: words }) => words.settings }),
  panel(
    "settings, trusted servers",
    {
      account: {
        ...account,
        withoutPassword: true,
        trusted: [
          "https://webpool.online.example.net",
          "https://a-rather-long-name.subsidiary.partner.example.org:4443",
        ],
      },
    },
    { click: ({ panel: words }) => words.settings },
  ),
  toast("one", [invitation], 178),
  toast(
    "bare",
    [
      {
        ...invitation,
        caller: nobody,
        subject: "",
        firstLine: "",
        kind: "audioVideo",
        request: invitations.requests.audioVideo,
      },
    ],
    150,
  ),
  toast("long and urgent", [longInvitation], 260),
  toast("a call by phone", [phoneCall], 200),
  toast("waiting to be let in", [inLobby], 178),
  toast(
    "declining, and one that cannot be answered here",
    [
      { ...invitation, answering: invitations.answering.decline },
      { ...invitation, id: "i4", caller: bare, canAccept: false, canDecline: false, firstLine: "" },
    ],
    330,
  ),
  toast(
    "three at once",
    [invitation, longInvitation, { ...invitation, id: "i5", caller: rtl, subject: "مرحبا" }],
    640,
  ),
  toast(
    "three of twenty",
    [
      invitation,
      { ...invitation, id: "i8", caller: bare, subject: "", firstLine: "Are you there?" },
      { ...invitation, id: "i9", caller: rtl, subject: "مرحبا", firstLine: "هل لديك دقيقة؟" },
      ...Array.from({ length: 17 }, (_, index) => ({ ...invitation, id: `more${index}` })),
    ],
    640,
  ),
  ...CONVERSATION_STATES,
];
