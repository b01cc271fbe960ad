import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { PanelBridge, PanelState, SessionView } from "../../preload/contract.ts";
import { Announcer } from "../shared/announcer.tsx";
import { BellIcon, BubbleIcon } from "../shared/icons.tsx";
import { InvitationList } from "../shared/invitation-list.tsx";
import { Calls } from "./calls.tsx";
import { Compose, type Draft } from "./compose.tsx";
import { Connection, isSignInWanted } from "./connection.tsx";
import { useFocusOnChange } from "./focus.ts";
import { History } from "./history.tsx";
import { Message } from "../shared/message.tsx";
import { QuietRow } from "./quiet-menu.tsx";
import { Settings } from "./settings.tsx";
import { SignIn } from "./sign-in.tsx";
import { StartOffer } from "./start-offer.tsx";
import { type Page, TopBar } from "./top-bar.tsx";

interface Props {
  readonly state: ReadonlySignal<PanelState | null>;
  readonly bridge: PanelBridge;
}

/** The one window with everything: what rings, the connection, what was missed, and the settings. */
export function Panel({ state, bridge }: Props) {
  const [page, setPage] = useState<Page>("bell");
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [drafts, setDrafts] = useState(0);
  // What the person has begun to write outlives a look at something else, and a link that fills in another form.
  const begun = useRef<Draft>(EMPTY);
  const isBegun = useRef(false);
  const root = useRef<HTMLDivElement>(null);
  const shown = state.value;
  const wanted = shown !== null && isSignInWanted(shown.session);
  const view = wanted ? "bell" : page;
  // Whoever has signed out from the settings sees the next sign-in, not the settings again.
  useEffect(() => {
    if (wanted) setPage("bell");
  }, [wanted]);
  const compose = (next: Draft): void => {
    isBegun.current = next === begun.current;
    setDraft(next);
    setDrafts((count) => count + 1);
    setPage("compose");
  };
  const asked = shown?.compose ?? null;
  useEffect(() => {
    if (asked === null || wanted) return;
    compose(asked.to === "" ? begun.current : asked);
    void bridge.composing(asked.number);
  }, [asked?.number, wanted]);
  const settingsWanted = shown?.life.settingsWanted ?? false;
  useEffect(() => {
    if (!settingsWanted || wanted) return;
    setPage("settings");
    void bridge.settingsShown();
  }, [settingsWanted, wanted]);
  useFocusOnChange(root, shown === null ? "" : `${view} ${whatIsThere(shown)}`);
  if (shown === null) return null;
  // What is typed or chosen stays where it is when a call arrives: the call comes below it.
  const form = wanted || view !== "bell";
  return (
    <div
      class={form ? "panel with-form" : "panel"}
      ref={root}
      onKeyDown={(event) => {
        // What stands in a form for a call is not thrown away by a slip.
        if (event.key === "Escape" && view === "settings") setPage("bell");
      }}
    >
      <TopBar
        state={shown}
        page={view}
        go={(next) => (next === "compose" ? compose(begun.current) : setPage(next))}
      />
      {!form && <QuietRow quiet={shown.quiet} bridge={bridge} />}
      <Announcer invitations={shown.ringing} />
      {shown.ringing.length > 0 && (
        <section class="ringing" aria-label={texts.panel.ringingNow}>
          <InvitationList invitations={shown.ringing} answers={bridge} />
        </section>
      )}
      <main tabIndex={-1}>
        {view === "settings" && <Settings state={shown} bridge={bridge} />}
        {view === "compose" && (
          <Compose
            key={drafts}
            draft={draft}
            online={shown.session.name === "online"}
            bridge={bridge}
            changed={(next) => {
              if (isBegun.current) begun.current = next;
            }}
            done={() => {
              if (isBegun.current) begun.current = EMPTY;
              setPage("bell");
            }}
          />
        )}
        {view === "bell" && <Bell state={shown} bridge={bridge} wanted={wanted} compose={compose} />}
      </main>
    </div>
  );
}

const EMPTY: Draft = { to: "", subject: "", message: "" };

/** Changes when something that can have the focus comes or goes. */
function whatIsThere({ session, ringing, calls, history, account, life, quiet }: PanelState): string {
  const answers = ringing.map(({ id, answering }) => `${id} ${answering}`);
  const own = calls.map(({ id, endedAt }) => `${id} ${endedAt === null}`);
  const { offered } = life.startAtLogin;
  return [
    stageOf(session),
    ...answers,
    ...own,
    history.length > 0,
    account.trusted.length,
    offered,
    quiet?.cause,
  ].join();
}

/** Changes when the panel shows something else about the connection; not while it only gets on. */
function stageOf(session: SessionView): string {
  switch (session.name) {
    case "discovering":
    case "authenticating":
    case "creating":
      return "connecting";
    case "attention":
      return `attention ${session.reason}`;
    case "signedOut":
    case "online":
    case "reconnecting":
      return session.name;
  }
}

function talksLabel({ open, unread }: PanelState["conversations"]): string {
  const talks = texts.panel.talks(Math.max(open, 1));
  return unread === 0 ? talks : texts.panel.talksWithNews(talks, texts.cards.newMessages(unread));
}

interface BellProps {
  readonly state: PanelState;
  readonly bridge: PanelBridge;
  readonly wanted: boolean;
  readonly compose: (draft: Draft) => void;
}

function Bell({ state, bridge, wanted, compose }: BellProps) {
  const { session, calls, history, ringing, notices } = state;
  const quiet =
    session.name === "online" &&
    history.length + ringing.length + calls.length + state.conversations.open === 0;
  return (
    <>
      <Connection session={session} account={state.account} bridge={bridge} />
      {wanted && <SignIn session={session} account={state.account} bridge={bridge} />}
      {state.life.startAtLogin.offered && session.name === "online" && <StartOffer bridge={bridge} />}
      {notices.map((notice) => (
        <Message key={notice} kind="notice">
          <p>{notice}</p>
        </Message>
      ))}
      {(state.conversations.open > 0 || state.conversations.unread > 0) && (
        <button type="button" class="button talks" onClick={() => void bridge.showConversations()}>
          <BubbleIcon />
          {talksLabel(state.conversations)}
        </button>
      )}
      {calls.length > 0 && session.name !== "signedOut" && (
        <Calls calls={calls} bridge={bridge} compose={compose} />
      )}
      {history.length > 0 && session.name !== "signedOut" && (
        <History history={history} bridge={bridge} compose={compose} />
      )}
      {quiet && (
        <section class="empty">
          <BellIcon size={44} />
          <h2>{texts.panel.allQuiet}</h2>
          <p>
            {
              texts.panel.allQuietHints[
                state.settings.notifications || !state.canToast ? "notification" : "popUp"
              ]
            }
          </p>
        </section>
      )}
    </>
  );
}
