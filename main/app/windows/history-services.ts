import { texts } from "../../../locales/texts.ts";
import { addressLabel } from "../../invitations/address-label.ts";
import type { History } from "../../invitations/history/history.ts";
import type { WindowServices } from "../../ipc/handlers.ts";
import { Refusal } from "../../ipc/router.ts";

export interface HistoryServicesOptions {
  readonly history: Pick<History, "content" | "clear" | "seen">;
  /** The panel is on the screen. */
  readonly isShown: () => boolean;
  /** To the clipboard. */
  readonly copy: (text: string) => void;
}

/** What the panel may do with what is over. */
export function historyServices({
  history,
  isShown,
  copy,
}: HistoryServicesOptions): Pick<WindowServices, "clearHistory" | "historySeen" | "copyAddress"> {
  return {
    clearHistory: () => history.clear(),
    historySeen: () => {
      // A page that is never throttled takes itself for visible while its window is hidden.
      if (isShown()) history.seen();
    },
    copyAddress: (id) => {
      const entry = history.content.entries.find((one) => one.id === id);
      // Who does not want to be known has none for anybody.
      const address = entry === undefined || entry.anonymous ? "" : addressLabel(entry.uri);
      if (address === "") throw new Refusal("invalid", texts.program.refused.address);
      copy(address);
    },
  };
}
