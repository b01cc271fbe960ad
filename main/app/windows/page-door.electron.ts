import { clipboard } from "electron";

import { texts } from "../../../locales/texts.ts";
import type { PanelState, QuietFor, ToastState } from "../../../preload/contract.ts";
import { takePersonLinks } from "../../desktop/links/link-schemes.electron.ts";
import { askInBox } from "../../desktop/message-box.electron.ts";
import { createHandlers } from "../../ipc/handlers.ts";
import { connectRouter } from "../../ipc/router.electron.ts";
import { Refusal, Router } from "../../ipc/router.ts";
import type { Alerts } from "../../surfaces/alerts.ts";
import type { Account } from "../sign-in/account.electron.ts";
import type { AppSounds } from "../bell/app-sounds.ts";
import { askedSignOut } from "../sign-in/asked-sign-out.ts";
import type { Context } from "../context.electron.ts";
import { historyServices } from "./history-services.ts";
import type { PanelCalling } from "./panel-calling.ts";
import type { PanelLife } from "../bell/panel-life.ts";
import type { Quietness } from "../bell/quietness.ts";
import type { Stores } from "../stores.electron.ts";
import { changeLinks, changeSettings } from "./window-content.ts";
import type { Windows } from "./windows.electron.ts";

export interface PageDoorOptions extends Omit<Windows, "quit"> {
  readonly context: Context;
  readonly stores: Stores;
  readonly account: Account;
  /** A page was told that the network went or came. */
  readonly networkChanged: () => void;
  readonly alerts: Alerts;
  readonly calling: PanelCalling;
  readonly life: PanelLife;
  readonly sounds: AppSounds;
  readonly quietness: Quietness;
  readonly panelState: () => PanelState;
  readonly toastState: () => ToastState;
  /** What the settings say is another now. */
  readonly settingsChanged: () => void;
}

/** Opens the one door that the pages may knock at, to what each of them may ask for. To be called once. */
export function openPageDoor(options: PageDoorOptions): void {
  const { context, stores, account, panel, toast, conversations, alerts, life, quietness } = options;
  const { signIn, http } = account;
  const { settings, history } = stores;
  const handlers = createHandlers({
    answering: life.test,
    conversations: conversations.services,
    calling: options.calling,
    panelState: options.panelState,
    toastState: options.toastState,
    panelDrawn: () => panel.drawn(),
    signIn: (request) => signIn.signIn(request),
    signOut: askedSignOut({
      forgetsPassword: () => settings.current.keptPassword !== null,
      signOut: () => signIn.signOut(),
      ask: askInBox,
    }),
    tryNow: () => signIn.tryNow(),
    trust: (origin) => signIn.trust(origin),
    distrust: (origin) => signIn.settings.distrust(origin),
    showSignInPage: () => http.showPage(),
    changeSettings: async (change) => {
      changeSettings(settings, change);
      options.settingsChanged();
      await changeLinks(change, (wanted) => takePersonLinks(wanted, context.platform));
    },
    setQuiet: (wanted) => setQuiet(quietness, wanted),
    networkChanged: options.networkChanged,
    ...historyServices({
      history,
      isShown: () => panel.isShown,
      copy: (text) => void clipboard.writeText(text),
    }),
    dismissToast: (id) => alerts.dismissToast(id),
    fitToast: (height) => toast.fit(height),
    showPanel: () => panel.show(),
    life,
    sounds: options.sounds,
  });
  connectRouter(new Router(handlers, context.page, context.logger), (contentsId) => {
    if (contentsId === panel.contentsId) return "panel";
    if (contentsId === conversations.window.contentsId) return "conversation";
    return contentsId === toast.contentsId ? "toast" : null;
  });
}

function setQuiet(quietness: Quietness, wanted: QuietFor): void {
  if (quietness.disturb(wanted)) return;
  throw new Refusal("failed", texts.program.settings.untilQuit);
}
