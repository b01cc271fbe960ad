import type { ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { numberFormat } from "../../locales/format.ts";
import { texts } from "../../locales/page-texts.ts";
import type { ConversationBridge, ConversationsState } from "../../preload/contract.ts";
import { BubbleIcon } from "../shared/icons.tsx";
import { ConversationList } from "./conversation-list.tsx";
import { ConversationPane } from "./conversation-pane.tsx";
import type { KeptDrafts } from "./kept-drafts.ts";
import { neighbourOf } from "./neighbour.ts";
import { SpokenNews } from "./spoken-news.tsx";

interface Props {
  readonly state: ReadonlySignal<ConversationsState | null>;
  readonly bridge: ConversationBridge;
  readonly drafts: KeptDrafts;
}

/** What a list of windows tells of this one. */
function titleOf({ conversations, selected }: ConversationsState): string {
  const unread = conversations.reduce((sum, one) => sum + one.unread, 0);
  const title = conversations.find(({ id }) => id === selected)?.title ?? texts.cards.conversations;
  return `${unread > 0 ? `(${numberFormat().format(unread)}) ` : ""}${title} – Doorbell`;
}

/** All conversations of this window: a list where there are several, and the one that is selected. */
export function Conversations({ state, bridge, drafts }: Props) {
  const shown = state.value;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const now = state.value;
      const wanted = now === null ? null : neighbourOf(now, event);
      if (wanted === null) return;
      event.preventDefault();
      void bridge.select(wanted);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [state, bridge]);
  const titled = shown === null ? "" : titleOf(shown);
  useEffect(() => {
    document.title = titled;
  }, [titled]);
  if (shown === null) return null;
  const { conversations, connection, longestMessage } = shown;
  const selected = conversations.find(({ id }) => id === shown.selected);
  return (
    <div class={conversations.length > 1 ? "conversations several" : "conversations"}>
      <SpokenNews state={shown} />
      {conversations.length > 1 && (
        <ConversationList conversations={conversations} selected={shown.selected} bridge={bridge} />
      )}
      {selected === undefined ? (
        <main class="empty">
          <BubbleIcon size={44} />
          <h1>{texts.conversation.none}</h1>
          <p>{texts.conversation.noneHint}</p>
        </main>
      ) : (
        <ConversationPane
          key={selected.id}
          conversation={selected}
          connection={connection}
          longestMessage={longestMessage}
          bridge={bridge}
          drafts={drafts}
        />
      )}
    </div>
  );
}
