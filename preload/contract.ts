/**
 * What passes between the program and its windows: every channel once, and what the windows may know. Types only; the
 * one file that main, preload and renderer share, and so longer than others. Names, texts, times and ids pass; never a
 * token, an href or a raw resource. The one secret, a password, goes in with `session.signIn` and never comes back.
 */

export type WindowRole = "panel" | "toast" | "conversation";
/** The windows that ring. */
export type RingingRole = "panel" | "toast";

/** How a channel is used: who may ask, with what, and what is answered. */
interface Channel<Role extends WindowRole, Request, Response> {
  readonly role: Role;
  readonly request: Request;
  readonly response: Response;
}

/** Window to main: asked once, answered once. */
export interface RequestChannels {
  "panel.read": Channel<"panel", null, PanelState>;
  /** The first state has been drawn. */
  "panel.drawn": Channel<"panel", null, null>;
  "toast.read": Channel<"toast", null, ToastState>;
  "invitation.accept": Channel<RingingRole, InvitationTarget, null>;
  "invitation.decline": Channel<RingingRole, InvitationTarget, null>;
  "calling.invite": Channel<"panel", CallingRequest, null>;
  /** Takes a call back. */
  "calling.cancel": Channel<"panel", InvitationTarget, null>;
  /** People to call: recent ones first. */
  "calling.search": Channel<"panel", { readonly query: string }, SuggestionsView>;
  /** The person needs to see no more of a call that is over. */
  "calling.close": Channel<"panel", InvitationTarget, null>;
  /** The form that main asked for is open. */
  "calling.composing": Channel<"panel", { readonly number: number }, null>;
  "session.signIn": Channel<"panel", SignInRequest, null>;
  "session.signOut": Channel<"panel", null, null>;
  "session.tryNow": Channel<"panel", null, null>;
  /** Approves the origin that the sign-in stopped at, and goes on. */
  "session.trust": Channel<"panel", { readonly origin: string }, null>;
  /** Takes that back: the next sign-in asks again. */
  "session.distrust": Channel<"panel", { readonly origin: string }, null>;
  /** Brings the sign-in page of the organisation to the front. */
  "session.showSignInPage": Channel<"panel", null, null>;
  "settings.change": Channel<"panel", SettingsChange, null>;
  "quiet.set": Channel<"panel", { readonly for: QuietFor }, null>;
  /** The page was told that the network went or came; main looks for itself. */
  "network.changed": Channel<WindowRole, null, null>;
  "history.clear": Channel<"panel", null, null>;
  /** The person looks at the list: what was missed is no news any more. */
  "history.seen": Channel<"panel", null, null>;
  /** Whose entry it is: their address, to the clipboard. */
  "history.copyAddress": Channel<"panel", InvitationTarget, null>;
  /** Off this toast, without an answer: it rings on elsewhere. */
  "toast.dismiss": Channel<"toast", InvitationTarget, null>;
  /** The height that the toasts need, in CSS pixels. */
  "toast.fit": Channel<"toast", { readonly height: number }, null>;
  /** Brings the panel to the front, where everything that rings is. */
  "toast.showPanel": Channel<"toast", null, null>;
  /** Opens the window with the conversations. */
  "conversations.show": Channel<"panel", null, null>;
  "conversations.read": Channel<"conversation", null, ConversationsState>;
  /** What has been written and not sent; asked for once, when the page is loaded. */
  "drafts.read": Channel<"conversation", null, readonly DraftView[]>;
  "draft.write": Channel<"conversation", MessageRequest, null>;
  "conversation.select": Channel<"conversation", ConversationTarget, null>;
  /** The person is typing; may be told at every key. */
  "conversation.typing": Channel<"conversation", ConversationTarget, null>;
  /** Its newest message is in view. Main looks for itself whether the window is in front. */
  "conversation.seen": Channel<"conversation", ConversationTarget, null>;
  "conversation.leave": Channel<"conversation", ConversationTarget, null>;
  /** Takes one that is over out of the window. */
  "conversation.close": Channel<"conversation", ConversationTarget, null>;
  "message.say": Channel<"conversation", MessageRequest, null>;
  "message.sayAgain": Channel<"conversation", MessageTarget, null>;
  /** To the clipboard. */
  "message.copy": Channel<"conversation", MessageTarget, null>;
  /** Opens a link of a message, by its number there, once the person has said yes in a box of main's. */
  "message.openLink": Channel<"conversation", MessageTarget & { readonly link: number }, null>;
  /** The address where a meeting is joined with sound and picture, to the clipboard. */
  "meeting.copyLink": Channel<"conversation", ConversationTarget, null>;
  /** Opens it as a link of a message is opened. */
  "meeting.openLink": Channel<"conversation", ConversationTarget, null>;
  /** The person looks at the settings, as main may have asked for. */
  "life.settingsShown": Channel<"panel", null, null>;
  /** Whether Doorbell starts with the desktop; also answers the offer of it. */
  "life.startAtLogin": Channel<"panel", { readonly wanted: boolean }, null>;
  /** Rings as an invitation would, for the person to see and hear. */
  "life.testRing": Channel<"panel", null, null>;
  /** Main asks the person for a file in a dialog of its own, and looks at it. */
  "sound.choose": Channel<"panel", SoundTarget, null>;
  /** Back to the one that Doorbell brings. */
  "sound.useOurs": Channel<"panel", SoundTarget, null>;
  /** As it will be heard, for a few seconds. */
  "sound.try": Channel<"panel", SoundTarget, null>;
  /** The file of the person's own cannot be played; the page plays ours instead. */
  "sound.unplayable": Channel<"toast", SoundTarget, null>;
}

/** Main to window: told at every change, without an answer. */
export interface PushChannels {
  "panel.state": { readonly role: "panel"; readonly payload: PanelState };
  "toast.state": { readonly role: "toast"; readonly payload: ToastState };
  "conversations.state": { readonly role: "conversation"; readonly payload: ConversationsState };
  /** The window came up, or the program has moved it: nobody has seen yet what is where. */
  "window.placed": { readonly role: WindowRole; readonly payload: null };
}

export type RequestChannel = keyof RequestChannels;
export type PushChannel = keyof PushChannels;
/** Those that tell a numbered state. */
export type StateChannel = Exclude<PushChannel, "window.placed">;
export type RequestOf<Name extends RequestChannel> = RequestChannels[Name]["request"];
export type ResponseOf<Name extends RequestChannel> = RequestChannels[Name]["response"];

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: RequestError };

/** `message` is one sentence for the person. */
export interface RequestError {
  readonly code: RequestErrorCode;
  readonly message: string;
}

/**
 * - `forbidden`: this window, or this frame, may not ask for that. `malformed`: the payload is not what it should be.
 * - `invalid`: what was typed cannot be used. `failed`: it did not work.
 * - the others: why an invitation could not be answered or made, or something could not be done in a conversation.
 */
export type RequestErrorCode =
  | "forbidden"
  | "malformed"
  | "invalid"
  | "failed"
  | "notOnline"
  | "invalidAddress"
  | "unknownInvitation"
  | "alreadyEnded"
  | "alreadyAnswering"
  | "unknownConversation"
  | "unknownMessage"
  | "notAllowed"
  | "refused"
  | "gone"
  | "unreachable";

export interface InvitationTarget {
  readonly id: string;
}

export interface ConversationTarget {
  readonly conversation: string;
}

export interface MessageTarget extends ConversationTarget {
  readonly message: string;
}

export interface MessageRequest extends ConversationTarget {
  readonly text: string;
}

export type ImportanceView = "Normal" | "Urgent" | "Emergency";

/** As typed. */
export interface CallingRequest {
  readonly to: string;
  readonly subject: string;
  readonly message: string;
  readonly importance: ImportanceView;
}

/** Somebody who can be called. */
export interface CalleeView {
  /** Empty when it is not known. */
  readonly name: string;
  /** Without `sip:`. */
  readonly address: string;
  /** What they do and where; may be empty. */
  readonly about: string;
}

export interface SuggestionsView {
  readonly people: readonly CalleeView[];
  /** Why nobody else could be searched for; one sentence, or empty. */
  readonly problem: string;
}

/** What a link, or the tray, wants to be in the form for a call; a person sends it. */
export interface ComposeView {
  /** Another one for each time that it is wanted. */
  readonly number: number;
  readonly to: string;
  readonly subject: string;
  readonly message: string;
}

/** A call of the person's own. */
export interface CallView {
  readonly id: string;
  readonly callee: CallerView;
  readonly subject: string;
  /** How it stands or has ended, in a few words. */
  readonly words: string;
  readonly canCancel: boolean;
  /** Why it could not be taken back; one sentence, or empty. */
  readonly problem: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Null while it is under way. */
  readonly endedAt: number | null;
}

export interface SignInRequest {
  /** As typed. */
  readonly address: string;
  /** As typed; empty for discovery from the address. */
  readonly server: string;
  /** Empty to sign in with single sign-on or on the organisation's page. */
  readonly password: string;
  /** Keep the password in the keyring of the system. */
  readonly remember: boolean;
}

/** `handOver`: to another program that takes `sip:` addresses. */
export type AfterAccept = "here" | "handOver";

export type TrayIconStyle = "auto" | "light" | "dark" | "colour";

export interface SettingsView {
  /** Of all texts, from the next start on. */
  readonly language: LanguageChoice;
  /** Invitations ring through the system's notifications; else in a window of our own. */
  readonly notifications: boolean;
  /** For panels on which the automatic choice cannot be read. */
  readonly trayIcon: TrayIconStyle;
  /** Where a conversation goes on that was accepted. */
  readonly afterAccept: AfterAccept;
  /** Links of other programs that name a person, `sip:` and `im:`, come here. */
  readonly personLinks: boolean;
  readonly quietHours: QuietHoursView;
  /** Be quiet while the system's own "do not disturb" or focus is on. */
  readonly followSystemFocus: boolean;
  /** Be quiet while the person's own presence says "do not disturb". */
  readonly followPresence: boolean;
  /** Of all sounds, from 0 to 100. */
  readonly soundVolume: number;
  readonly soundsOn: Readonly<Record<SoundName, boolean>>;
}

export type SoundName = "ring" | "urgentRing" | "missed" | "message";

export interface SoundTarget {
  readonly sound: SoundName;
}

/** A sound file of the person's own. */
export interface SoundFileView {
  /** Without the folder that it lies in. */
  readonly name: string;
  /** Why ours is heard instead; one sentence, or empty. */
  readonly problem: string;
}

/** `HH:MM` by the clock on the wall; `to` is on the next day where it is not later than `from`. */
export interface QuietDayView {
  readonly on: boolean;
  readonly from: string;
  readonly to: string;
}

export interface QuietHoursView {
  readonly on: boolean;
  /** Seven, Sunday first. */
  readonly days: readonly QuietDayView[];
}

/** `auto`: the system's. */
export type LanguageChoice = "auto" | "en" | "de";
export type SettingsChange = Partial<SettingsView>;

/** For how long the person does not want to be disturbed: a quarter of an hour, an hour, until eight tomorrow, until `off`. */
export type QuietFor = "15min" | "1h" | "tomorrow" | "untilTurnedOff" | "off";

/** Somebody wants quiet: what comes is shown in the panel and counted, and neither heard nor put in front. */
export interface QuietView {
  readonly cause: "doNotDisturb" | "systemFocus" | "quietHours" | "presence";
  /** Why, and until when, as one sentence. */
  readonly words: string;
}

/** Numbered upwards, so that an answer and a push that cross each other are put in order. */
interface Numbered {
  readonly revision: number;
}

export interface PanelState extends Numbered {
  readonly session: SessionView;
  readonly account: AccountView;
  /** Oldest first: what rings, or is being answered. */
  readonly ringing: readonly InvitationView[];
  /** The person's own, oldest first: those under way, and the last one that came to nothing. */
  readonly calls: readonly CallView[];
  /** Null when nobody but the person opens the form. */
  readonly compose: ComposeView | null;
  /** Newest first. */
  readonly history: readonly HistoryView[];
  readonly conversations: ConversationsSummary;
  readonly settings: SettingsView;
  /** Null while everything is heard. */
  readonly quiet: QuietView | null;
  /** Doorbell can ring in a window of its own on this desktop. */
  readonly canToast: boolean;
  /** One sentence each, about what does not work as it should. */
  readonly notices: readonly string[];
  readonly version: string;
  readonly life: LifeView;
  /** Null where the sound is ours. */
  readonly soundFiles: Readonly<Record<SoundName, SoundFileView | null>>;
}

/** How Doorbell lives on this desktop. */
export interface LifeView {
  /** Something else than a click in the panel has asked for its settings. */
  readonly settingsWanted: boolean;
  readonly startAtLogin: StartAtLoginView;
  readonly testRing: TestRingView;
}

/** Whether the desktop starts Doorbell when the person signs in to it. */
export interface StartAtLoginView {
  readonly possible: boolean;
  readonly on: boolean;
  /** The person has never been asked. */
  readonly offered: boolean;
}

export interface TestRingView {
  readonly ringing: boolean;
  /** How the last one was shown, why so, and how it ended; empty before the first. */
  readonly words: string;
}

export interface ToastState extends Numbered {
  readonly invitations: readonly InvitationView[];
  readonly sound: SoundView;
}

/** What is heard. It is the toast's page that plays it, also while its window is hidden. */
export interface SoundView {
  /** Again and again, for as long as it stands here; null while nothing rings. */
  readonly loop: PlayedSound | null;
  /** Once, and cut off when it stands here no longer. What the first state of a page names is not its to play. */
  readonly once: (PlayedSound & { readonly number: number }) | null;
}

export interface PlayedSound {
  readonly sound: SoundName;
  /** Where the page finds it, below its own address; the next one is for when one cannot be played. The last is ours. */
  readonly sources: readonly string[];
  /** From 0 to 1. */
  readonly volume: number;
}

export interface AccountView {
  /** As typed at the last sign-in; empty before the first. */
  readonly address: string;
  readonly server: string;
  /** There is a keyring, as far as can be seen without asking it. */
  readonly canRemember: boolean;
  /** Why the remembered password has not signed in (yet); one sentence, or empty. */
  readonly rememberedProblem: string;
  /** What a sign-in without a password uses here, in words that follow "with". */
  readonly singleSignOn: string;
  /** The sign-in under way has no password; when there is none under way, the last one that succeeded. */
  readonly withoutPassword: boolean;
  /** Origins that the person has approved at this address's domain. */
  readonly trusted: readonly string[];
  /** Host and port of the sign-in page that waits for the person; null when none does. */
  readonly pageHost: string | null;
}

export type AttentionReasonView =
  | "badCredentials"
  | "signInNotOffered"
  | "untrustedServer"
  | "certificate"
  | "clientCertificate"
  | "proxy"
  | "notFound"
  | "tooManyApplications"
  | "userAgentNotAllowed"
  | "mobileNotAllowed"
  | "refused"
  | "unsupportedServer";

export type SessionView =
  | { readonly name: "signedOut" }
  | { readonly name: "discovering" | "authenticating" | "creating" }
  | { readonly name: "online" }
  | {
      readonly name: "reconnecting";
      readonly detail: string;
      /** For an administrator, such as `ECONNREFUSED`; may be empty. */
      readonly technical: string;
      /** Epoch milliseconds; null while a try is under way. */
      readonly retryAt: number | null;
      /** It has been online since the sign-in: not a first try that may be in vain. */
      readonly wasOnline: boolean;
    }
  | {
      readonly name: "attention";
      readonly reason: AttentionReasonView;
      readonly detail: string;
      readonly technical: string;
      /** The origin that the person may approve, with `untrustedServer`. */
      readonly origin: string | null;
    };

export type InvitationKindView =
  | "messaging"
  | "onlineMeeting"
  | "phoneAudio"
  | "audioVideo"
  | "participant"
  | "other";

export interface CallerView {
  /** Empty when the server gave none. */
  readonly name: string;
  /** Without `sip:`; empty when unknown. */
  readonly address: string;
  readonly anonymous: boolean;
  /** From outside the person's organisation. */
  readonly external: boolean;
  /** Where the page finds the photo, below its own address; null without one. It may be gone when it is asked for. */
  readonly photo: string | null;
}

export interface InvitationView {
  readonly id: string;
  readonly kind: InvitationKindView;
  readonly caller: CallerView;
  /** What is asked for, in words that follow the caller's name. */
  readonly request: string;
  /** How it came here, such as "forwarded by …"; each a line of its own. */
  readonly route: readonly string[];
  readonly subject: string;
  /** The first line of the caller's message. */
  readonly firstLine: string;
  /** What one should know of the meeting before accepting; one sentence, or empty. */
  readonly meeting: string;
  readonly urgent: boolean;
  readonly canAccept: boolean;
  readonly canDecline: boolean;
  /** This window tells a screen reader of it; of one invitation only one window does. */
  readonly announced: boolean;
  /** What an answer that is on its way waits for, in words; null when none is. */
  readonly answering: string | null;
  /** Why an answer did not arrive; one sentence, or empty. */
  readonly problem: string;
  /** Why it is not heard now, such as `Silent: quiet hours until 08:00`; or empty. */
  readonly silence: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

export interface HistoryView {
  readonly id: string;
  readonly kind: InvitationKindView;
  /** Who called, or was called. */
  readonly caller: CallerView;
  /** They can be called. */
  readonly canCall: boolean;
  readonly subject: string;
  /** It came to nothing, and nobody else took it. */
  readonly missed: boolean;
  /** How it ended and what more is known of it, such as who took it; one line. */
  readonly words: string;
  /** Why it was not heard, such as `Silent: quiet hours until 08:00`; or empty. */
  readonly silence: string;
  /** How it was put in front of the person, in a few words; empty when that is not known or they called themselves. */
  readonly shown: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly endedAt: number;
  /** Missed, and not seen yet. */
  readonly news: boolean;
}

/** How many there are, for a window that only leads to them. */
export interface ConversationsSummary {
  /** Those that are not over. */
  readonly open: number;
  /** Messages that the person has not seen. */
  readonly unread: number;
}

export interface ConversationsState extends Numbered {
  /** In the order in which they began. */
  readonly conversations: readonly ConversationView[];
  /** Id of the one that is shown; null when there is none. */
  readonly selected: string | null;
  /** Why nothing can be sent or come at the moment; one sentence, or empty. */
  readonly connection: string;
  /** UTF-16 code units that one message can have. */
  readonly longestMessage: number;
}

export interface ConversationView {
  readonly id: string;
  readonly kind: "messaging" | "meeting";
  readonly ended: boolean;
  /** Who is in it, or what the meeting is about; one line. */
  readonly title: string;
  /** Of a conversation of two, the other one; of a meeting who invited. */
  readonly partner: CallerView;
  readonly subject: string;
  /** What it waits for, or how it ended; one sentence, empty while it simply goes on. */
  readonly status: string;
  /** What else goes on in it and cannot be taken part in here; a sentence each. */
  readonly notices: readonly string[];
  /** The others in it, in the order of their coming. */
  readonly people: readonly PersonView[];
  /** In the order in which they were said. */
  readonly messages: readonly MessageView[];
  /** Who is typing; one sentence, or empty. */
  readonly typing: string;
  readonly unread: number;
  readonly canSay: boolean;
  /** Where a meeting is joined with sound and picture, to be read; empty when not known. */
  readonly joinLink: string;
}

export interface PersonView {
  readonly id: string;
  readonly caller: CallerView;
}

export interface MessageView {
  readonly id: string;
  /** The person's own. */
  readonly own: boolean;
  /** Null for the person's own. */
  readonly sender: CallerView | null;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly state: "sending" | "sent" | "failed" | "received";
  /** Why it failed; one sentence, or empty. */
  readonly problem: string;
  /** One after the other they are the whole text, line breaks included. */
  readonly parts: readonly MessagePart[];
}

export interface MessagePart {
  readonly text: string;
  /** Number of the link within the message; null for what is none. */
  readonly link: number | null;
}

export interface DraftView {
  readonly conversation: string;
  readonly text: string;
}

type Unsubscribe = () => void;

/** The language of a page's texts, and the region that it writes times and numbers for. As `Locale` of locales/language.ts. */
export interface LocaleView {
  readonly language: "en" | "de" | "en-XA";
  readonly region: string;
}

interface SharedBridge {
  readonly locale: LocaleView;
  /** The listener is told each time that the window came up or was moved by the program. */
  onPlaced(listener: () => void): Unsubscribe;
}

interface RingingBridge extends SharedBridge {
  accept(id: string): Promise<Answer<null>>;
  decline(id: string): Promise<Answer<null>>;
}

/** What the panel's page finds as `window.doorbell`. Promises never reject. */
export interface PanelBridge extends RingingBridge {
  /** The listener is told the present state soon, then every later one. */
  subscribe(listener: (state: PanelState) => void): Unsubscribe;
  drawn(): Promise<Answer<null>>;
  signIn(request: SignInRequest): Promise<Answer<null>>;
  signOut(): Promise<Answer<null>>;
  tryNow(): Promise<Answer<null>>;
  trust(origin: string): Promise<Answer<null>>;
  distrust(origin: string): Promise<Answer<null>>;
  showSignInPage(): Promise<Answer<null>>;
  changeSettings(change: SettingsChange): Promise<Answer<null>>;
  call(request: CallingRequest): Promise<Answer<null>>;
  cancelCall(id: string): Promise<Answer<null>>;
  searchPeople(query: string): Promise<Answer<SuggestionsView>>;
  closeCall(id: string): Promise<Answer<null>>;
  composing(number: number): Promise<Answer<null>>;
  setQuiet(wanted: QuietFor): Promise<Answer<null>>;
  clearHistory(): Promise<Answer<null>>;
  historySeen(): Promise<Answer<null>>;
  copyAddress(id: string): Promise<Answer<null>>;
  showConversations(): Promise<Answer<null>>;
  settingsShown(): Promise<Answer<null>>;
  startAtLogin(wanted: boolean): Promise<Answer<null>>;
  testRing(): Promise<Answer<null>>;
  chooseSound(sound: SoundName): Promise<Answer<null>>;
  useOurSound(sound: SoundName): Promise<Answer<null>>;
  trySound(sound: SoundName): Promise<Answer<null>>;
}

/** What the toast's page finds as `window.doorbell`. Promises never reject. */
export interface ToastBridge extends RingingBridge {
  subscribe(listener: (state: ToastState) => void): Unsubscribe;
  dismiss(id: string): Promise<Answer<null>>;
  fit(height: number): Promise<Answer<null>>;
  showPanel(): Promise<Answer<null>>;
  unplayable(sound: SoundName): Promise<Answer<null>>;
}

/** What the page with the conversations finds as `window.doorbell`. Promises never reject. */
export interface ConversationBridge extends SharedBridge {
  subscribe(listener: (state: ConversationsState) => void): Unsubscribe;
  drafts(): Promise<Answer<readonly DraftView[]>>;
  writeDraft(conversation: string, text: string): Promise<Answer<null>>;
  select(conversation: string): Promise<Answer<null>>;
  typing(conversation: string): Promise<Answer<null>>;
  seen(conversation: string): Promise<Answer<null>>;
  leave(conversation: string): Promise<Answer<null>>;
  close(conversation: string): Promise<Answer<null>>;
  say(conversation: string, text: string): Promise<Answer<null>>;
  sayAgain(conversation: string, message: string): Promise<Answer<null>>;
  copyMessage(conversation: string, message: string): Promise<Answer<null>>;
  openLink(conversation: string, message: string, link: number): Promise<Answer<null>>;
  copyJoinLink(conversation: string): Promise<Answer<null>>;
  openJoinLink(conversation: string): Promise<Answer<null>>;
}
