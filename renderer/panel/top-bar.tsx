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
  // What is answered rings no more, however long the answer takes.
  const ringing = state.ringing.filter(({ answering }) => answering === null).length;
  if (page !== "bell") {
    return (
      <header class="top">
        <button type="button" class="icon-button" aria-label="Back" onClick={() => go("bell")}>
          <BackIcon />
        </button>
        <div class="status">
          <h1 tabIndex={-1}>{page === "settings" ? "Settings" : "New conversation"}</h1>
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
          {ringing > 0 ? ringingLabel(ringing) : statusLabel(session)}
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
          aria-label="New conversation"
          title="New conversation"
          onClick={() => go("compose")}
        >
          <ComposeIcon />
        </button>
      )}
      {!isSignInWanted(session) && (
        <button
          type="button"
          class="icon-button"
          aria-label="Settings"
          title="Settings"
          onClick={() => go("settings")}
        >
          <GearIcon />
        </button>
      )}
    </header>
  );
}

function ringingLabel(count: number): string {
  return count === 1 ? "Ringing" : `${count} invitations`;
}

function statusLabel(session: SessionView): string {
  switch (session.name) {
    case "signedOut":
      return "Doorbell";
    case "discovering":
    case "authenticating":
    case "creating":
      return "Connecting…";
    case "online":
      return "Online";
    case "reconnecting":
      return session.wasOnline ? "Offline" : "Connecting…";
    case "attention":
      return "Not connected";
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
