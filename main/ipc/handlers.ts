import type { PanelState, SettingsChange, SignInRequest, ToastState } from "../../preload/contract.ts";
import type { Answering, AnswerReceipt } from "../core/app-state.ts";
import { conversationHandlers, type ConversationServices } from "./conversation-handlers.ts";
import { Refusal, type RequestHandlers } from "./router.ts";

/** What the program does for its windows. */
export interface WindowServices {
  readonly answering: Answering;
  readonly conversations: ConversationServices;
  panelState(): PanelState;
  toastState(): ToastState;
  /** This and the next four may throw `Refusal`. */
  signIn(request: SignInRequest): Promise<void>;
  signOut(): Promise<void>;
  tryNow(): void;
  trust(origin: string): Promise<void>;
  distrust(origin: string): void;
  showSignInPage(): void;
  changeSettings(change: SettingsChange): void;
  networkChanged(): void;
  clearHistory(): void;
  historySeen(): void;
  dismissToast(id: string): void;
  fitToast(height: number): void;
}

/** What is done for each channel. */
export function createHandlers(services: WindowServices): RequestHandlers {
  const { answering } = services;
  return {
    "panel.read": () => services.panelState(),
    "toast.read": () => services.toastState(),
    "invitation.accept": async ({ id }) => told(await answering.accept(id)),
    "invitation.decline": async ({ id }) => told(await answering.decline(id)),
    "session.signIn": (request) => done(services.signIn(request)),
    "session.signOut": () => done(services.signOut()),
    "session.tryNow": () => nothing(services.tryNow()),
    "session.trust": ({ origin }) => done(services.trust(origin)),
    "session.distrust": ({ origin }) => nothing(services.distrust(origin)),
    "session.showSignInPage": () => nothing(services.showSignInPage()),
    "settings.change": (change) => nothing(services.changeSettings(change)),
    "network.changed": () => nothing(services.networkChanged()),
    "history.clear": () => nothing(services.clearHistory()),
    "history.seen": () => nothing(services.historySeen()),
    "toast.dismiss": ({ id }) => nothing(services.dismissToast(id)),
    "toast.fit": ({ height }) => nothing(services.fitToast(height)),
    ...conversationHandlers(services.conversations),
  };
}

function told(receipt: AnswerReceipt): null {
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
