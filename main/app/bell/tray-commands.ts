import type { CallRequest } from "../../conversations/calling.ts";
import { addressLabel } from "../../invitations/address-label.ts";
import { canCallBack, type HistoryContent } from "../../invitations/history/history.ts";
import type { TrayCommand } from "../../surfaces/tray/tray-model.ts";
import type { PanelLife } from "./panel-life.ts";
import type { Quietness } from "./quietness.ts";

/** What the entries of the tray's menu reach. */
export interface TrayCommandTargets {
  /** The door for answers. */
  readonly answering: Pick<PanelLife["test"], "accept" | "decline">;
  readonly tryNow: () => void;
  readonly quietness: Pick<Quietness, "disturb">;
  readonly history: { readonly content: Pick<HistoryContent, "entries"> };
  /** Shows the form for a call, filled in with this. */
  readonly compose: (request: Partial<CallRequest>) => void;
  readonly wantSettings: () => void;
  /** Brings the panel to the front. */
  readonly open: () => void;
  readonly showConversations: () => void;
  readonly quit: () => void;
}

/** Carries out what was chosen in the tray's menu. */
export function trayCommands(targets: TrayCommandTargets): (command: TrayCommand) => void {
  const { answering, quietness, history, compose, wantSettings, open } = targets;
  const callBack = (id: string): void => {
    const entry = history.content.entries.find((one) => one.id === id);
    if (entry !== undefined && canCallBack(entry))
      compose({ to: addressLabel(entry.uri), subject: entry.subject });
  };
  return (command) => {
    switch (command.type) {
      case "accept":
        void answering.accept(command.invitationId);
        return;
      case "decline":
        void answering.decline(command.invitationId);
        return;
      case "tryNow":
        targets.tryNow();
        return;
      case "quiet":
        quietness.disturb(command.for);
        return;
      case "call":
        compose({});
        return;
      case "callBack":
        callBack(command.entry);
        return;
      case "settings":
        wantSettings();
        open();
        return;
      case "open":
        open();
        return;
      case "conversations":
        targets.showConversations();
        return;
      case "quit":
        targets.quit();
        return;
    }
  };
}
