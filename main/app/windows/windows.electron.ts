import { app } from "electron";

import { askInBox } from "../../desktop/message-box.electron.ts";
import { ToastWindow } from "../../surfaces/toast/toast-window.electron.ts";
import type { TrayHostWatch } from "../../surfaces/tray/tray-host.ts";
import { PanelWindow } from "../../surfaces/window/panel-window.electron.ts";
import { Pointer } from "../../surfaces/window/pointer.electron.ts";
import type { Account } from "../sign-in/account.electron.ts";
import { askedQuit } from "../asked-quit.ts";
import { ClosedPanel } from "./closed-panel.ts";
import type { Context } from "../context.electron.ts";
import { Conversations } from "./conversations.electron.ts";
import type { OwnSounds } from "../bell/own-sounds.ts";
import type { Stores } from "../stores.electron.ts";
import { windowParts } from "./window-parts.electron.ts";

export interface WindowsOptions {
  readonly context: Context;
  readonly stores: Stores;
  readonly account: Account;
  readonly trayHost: TrayHostWatch;
  /** The panel has come up. */
  readonly panelShown: () => void;
  readonly sounds: Pick<OwnSounds, "read">;
}

/** The windows of ours, and the way out that closing or losing them offers. */
export interface Windows {
  readonly panel: PanelWindow;
  readonly toast: ToastWindow;
  readonly conversations: Conversations;
  /** Ends the program because the person wants it. */
  readonly quit: () => void;
}

/** What opens the panel, the toast and the window with the conversations. To be called once. */
export function openWindows({
  context,
  stores,
  account,
  trayHost,
  panelShown,
  sounds,
}: WindowsOptions): Windows {
  const { logger, env, platform } = context;
  const { settings } = stores;
  const { doorbell } = account;
  const quit = askedQuit({
    hasDraft: () => windows.conversations.drafts.isAnyUnsent,
    quit: () => app.quit(),
    show: () => windows.conversations.showDraft(),
    ask: askInBox,
  });
  const parts = windowParts(context, {
    quit,
    served: { photo: (id) => doorbell.photos.byId(id), sound: (sound) => sounds.read(sound) },
    revive: (role) => (role === "conversation" ? windows.conversations.window : windows[role]).revive(),
  });
  const closed = new ClosedPanel({
    ask: askInBox,
    quit,
    settings,
    platform,
    trayHost: () => trayHost.host,
    logger,
  });
  const windows: Windows = {
    quit,
    conversations: new Conversations({ doorbell, settings, parts }),
    panel: new PanelWindow(parts, {
      closed: () => closed.closed(),
      shown: () => {
        closed.shown();
        panelShown();
      },
    }),
    toast: new ToastWindow(parts, platform, new Pointer({ platform, env })),
  };
  return windows;
}
