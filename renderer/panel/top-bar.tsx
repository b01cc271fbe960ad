import { texts } from "../../locales/page-texts.ts";
import type { PanelState, SessionView } from "../../preload/contract.ts";
import { BackIcon, BellIcon, ComposeIcon, GearIcon } from "../shared/icons.tsx";
import { isSignInWanted } from "./connection.tsx";

/** What the panel shows below its top. */
export type Page = "bell" | "settings" | "compose";

interface Props {
  readonly state: PanelState;
  readonly page: Page;
  readonly go: (page: Page) => void;
}

/** Where we are, as whom, and whether it can ring. */
export function TopBar({ state, page, go }: Props) {
  const { session, account } = state;
  const { cards, panel } = texts;
  // What is answered rings no more, however long the answer takes.
  const ringing = state.ringing.filter(({ answering }) => answering === null).length;
  if (page !== "bell") {
    return (
      <header class="top">
        <button type="button" class="icon-button" aria-label={panel.back} onClick={() => go("bell")}>
          <BackIcon />
        </button>
        <div class="status">
          <h1 tabIndex={-1}>{page === "settings" ? panel.settings : cards.newConversation}</h1>
        </div>
      </header>
    );
  }
  return (
    <header class="top">
      <span class="bell">
        <BellIcon size={24} />
        <span class={`dot ${dotOf(session)}`} />
      </span>
      <div class="status">
        {/* What begins to ring is told by one window, in a sentence of its own. */}
        <h1 tabIndex={-1} aria-live={ringing > 0 ? "off" : "polite"}>
          {ringing > 0 ? panel.ringing(ringing) : statusLabel(session)}
        </h1>
        {session.name !== "signedOut" && (
          <p class="address" title={account.address}>
            {account.address}
          </p>
        )}
      </div>
      {session.name === "online" && (
        <button
          type="button"
          class="icon-button"
          aria-label={cards.newConversation}
          title={cards.newConversation}
          onClick={() => go("compose")}
        >
          <ComposeIcon />
        </button>
      )}
      {!isSignInWanted(session) && (
        <button
          type="button"
          class="icon-button"
          aria-label={panel.settings}
          title={panel.settings}
          onClick={() => go("settings")}
        >
          <GearIcon />
        </button>
      )}
    </header>
  );
}

function statusLabel(session: SessionView): string {
  switch (session.name) {
    case "signedOut":
      return "Doorbell";
    case "discovering":
    case "authenticating":
    case "creating":
      return texts.panel.connecting;
    case "online":
      return texts.panel.online;
    case "reconnecting":
      return session.wasOnline ? texts.panel.offline : texts.panel.connecting;
    case "attention":
      return texts.panel.notConnected;
  }
}

function dotOf(session: SessionView): string {
  switch (session.name) {
    case "signedOut":
      return "";
    case "online":
      return "online";
    case "discovering":
    case "authenticating":
    case "creating":
    case "reconnecting":
      return "waiting";
    case "attention":
      return "needs-you";
  }
}
