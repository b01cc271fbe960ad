import type {
  PanelState,
  QuietFor,
  SettingsChange,
  SignInRequest,
  SoundName,
  SuggestionsView,
  ToastState,
} from "../../preload/contract.ts";
import type { CallReceipt } from "../conversations/calling.ts";
import type { Answering, AnswerReceipt, Calling } from "../core/app-state.ts";
import { conversationHandlers, type ConversationServices } from "./conversation-handlers.ts";
import { Refusal, type RequestHandlers } from "./router.ts";

/** What the program does for its windows. */
export interface WindowServices {
  readonly answering: Answering;
  readonly conversations: ConversationServices;
  readonly calling: WindowCalling;
  panelState(): PanelState;
  toastState(): ToastState;
  panelDrawn(): void;
  /** This and the next five may throw `Refusal`. */
  signIn(request: SignInRequest): Promise<void>;
  signOut(): Promise<void>;
  tryNow(): void;
  trust(origin: string): Promise<void>;
  distrust(origin: string): void;
  showSignInPage(): void;
  changeSettings(change: SettingsChange): Promise<void>;
  setQuiet(wanted: QuietFor): void;
  networkChanged(): void;
  clearHistory(): void;
  historySeen(): void;
  /** May throw `Refusal`. */
  copyAddress(id: string): void;
  dismissToast(id: string): void;
  fitToast(height: number): void;
  showPanel(): void;
  readonly life: LifeServices;
  readonly sounds: WindowSounds;
}

/** How the program lives on this desktop. */
export interface LifeServices {
  settingsShown(): void;
  /** These may throw `Refusal`. */
  startAtLogin(wanted: boolean): Promise<void>;
  testRing(): Promise<void>;
}

/** What the pages do with sounds. The first two throw `Refusal`. */
export interface WindowSounds {
  choose(sound: SoundName): Promise<void>;
  useOurs(sound: SoundName): void;
  try(sound: SoundName): void;
  unplayable(sound: SoundName): void;
}

/** What the panel does with calls of the person's own. */
export interface WindowCalling extends Pick<Calling, "invite" | "cancel"> {
  suggest(query: string): Promise<SuggestionsView>;
  close(id: string): void;
  composing(number: number): void;
}

/** What is done for each channel. */
export function createHandlers(services: WindowServices): RequestHandlers {
  const { answering, calling, sounds } = services;
  return {
    "panel.read": () => services.panelState(),
    "panel.drawn": () => nothing(services.panelDrawn()),
    "toast.read": () => services.toastState(),
    "invitation.accept": async ({ id }) => told(await answering.accept(id)),
    "invitation.decline": async ({ id }) => told(await answering.decline(id)),
    "calling.invite": async (request) => told(await calling.invite(request)),
    "calling.cancel": async ({ id }) => told(await calling.cancel(id)),
    "calling.search": ({ query }) => calling.suggest(query),
    "calling.close": ({ id }) => nothing(calling.close(id)),
    "calling.composing": ({ number }) => nothing(calling.composing(number)),
    "session.signIn": (request) => done(services.signIn(request)),
    "session.signOut": () => done(services.signOut()),
    "session.tryNow": () => nothing(services.tryNow()),
    "session.trust": ({ origin }) => done(services.trust(origin)),
    "session.distrust": ({ origin }) => nothing(services.distrust(origin)),
    "session.showSignInPage": () => nothing(services.showSignInPage()),
    "settings.change": (change) => done(services.changeSettings(change)),
    "quiet.set": ({ for: wanted }) => nothing(services.setQuiet(wanted)),
    "network.changed": () => nothing(services.networkChanged()),
    "history.clear": () => nothing(services.clearHistory()),
    "history.seen": () => nothing(services.historySeen()),
    "history.copyAddress": ({ id }) => nothing(services.copyAddress(id)),
    "toast.dismiss": ({ id }) => nothing(services.dismissToast(id)),
    "toast.fit": ({ height }) => nothing(services.fitToast(height)),
    "toast.showPanel": () => nothing(services.showPanel()),
    ...conversationHandlers(services.conversations),
    "life.settingsShown": () => nothing(services.life.settingsShown()),
    "life.startAtLogin": ({ wanted }) => done(services.life.startAtLogin(wanted)),
    "life.testRing": () => done(services.life.testRing()),
    "sound.choose": ({ sound }) => done(sounds.choose(sound)),
    "sound.useOurs": ({ sound }) => nothing(sounds.useOurs(sound)),
    "sound.try": ({ sound }) => nothing(sounds.try(sound)),
    "sound.unplayable": ({ sound }) => nothing(sounds.unplayable(sound)),
  };
}

function told(receipt: AnswerReceipt | CallReceipt): null {
  if (!receipt.ok) throw new Refusal(receipt.error.code, receipt.error.message);
  return null;
}

async function done(work: Promise<void>): Promise<null> {
  await work;
  return null;
}

function nothing(_done: void): null {
  return null;
}
