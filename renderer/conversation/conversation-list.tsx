import { useLayoutEffect, useRef } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { ConversationBridge, ConversationView } from "../../preload/contract.ts";
import { Avatar } from "../shared/avatar.tsx";

interface Props {
  readonly conversations: readonly ConversationView[];
  readonly selected: string | null;
  readonly bridge: ConversationBridge;
}

/** A preview is a line. */
const LONGEST_PREVIEW = 120;

/** The conversations in the order in which they began, so that each stays where it is. */
export function ConversationList({ conversations, selected, bridge }: Props) {
  const list = useRef<HTMLUListElement>(null);
  // Whoever goes through them by the arrow keys goes on there.
  useLayoutEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (list.current?.contains(document.activeElement)) current?.focus();
  }, [selected]);
  const go = (to: number): void => {
    const wanted = conversations[Math.min(Math.max(to, 0), conversations.length - 1)];
    if (wanted) void bridge.select(wanted.id);
  };
  return (
    <nav class="list" aria-label={texts.cards.conversations}>
      <ul
        ref={list}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.altKey || event.metaKey) return;
          const at = conversations.findIndex(({ id }) => id === selected);
          const steps: Readonly<Record<string, number>> = {
            ArrowDown: at + 1,
            ArrowRight: at + 1,
            ArrowUp: at - 1,
            ArrowLeft: at - 1,
            Home: 0,
            End: conversations.length - 1,
          };
          const to = steps[event.key];
          if (to === undefined) return;
          event.preventDefault();
          go(to);
        }}
      >
        {conversations.map((conversation) => (
          <li key={conversation.id}>
            <Entry
              conversation={conversation}
              isSelected={conversation.id === selected}
              select={() => {
                void bridge.select(conversation.id);
                document.querySelector<HTMLElement>(".compose textarea")?.focus();
              }}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Entry(props: {
  readonly conversation: ConversationView;
  readonly isSelected: boolean;
  readonly select: () => void;
}) {
  const { conversation, isSelected, select } = props;
  const { title, ended, unread, partner, people } = conversation;
  const states = [
    ...(unread === 0 ? [] : [texts.cards.newMessages(unread)]),
    ...(ended ? [texts.conversation.over] : []),
  ];
  return (
    <button
      type="button"
      class={`entry${ended ? " ended" : ""}`}
      aria-current={isSelected ? "true" : undefined}
      tabIndex={isSelected ? 0 : -1}
      onClick={select}
    >
      <Avatar caller={people.length === 1 ? (people[0]?.caller ?? partner) : partner} />
      <span class="who-what">
        <span class="name">
          <bdi>{title}</bdi>
        </span>
        {states.length > 0 && <span class="said">{texts.conversation.entryStates(states)}</span>}
        <span class="preview" aria-hidden="true">
          <bdi>{previewOf(conversation)}</bdi>
        </span>
      </span>
      {unread > 0 && (
        <span class="count" aria-hidden="true">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </button>
  );
}

function previewOf({ ended, typing, status, messages }: ConversationView): string {
  if (ended) return texts.conversation.ended;
  const last = messages.at(-1);
  if (typing !== "" || status !== "" || last === undefined) return typing || status;
  const text = last.parts
    .map((part) => part.text)
    .join("")
    .slice(0, LONGEST_PREVIEW);
  return last.own ? texts.conversation.ownPreview(text) : text;
}
