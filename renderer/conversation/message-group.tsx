import { useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { MessageView } from "../../preload/contract.ts";
import { Avatar } from "../shared/avatar.tsx";
import { CopyIcon, WarningIcon } from "../shared/icons.tsx";
import { callerName } from "../shared/labels.ts";
import { clockTime, dayLabel, wholeTime } from "../shared/time.ts";
import type { MessageGroup } from "./message-groups.ts";

interface Actions {
  readonly copy: (message: string) => void;
  readonly sayAgain: (message: string) => void;
  readonly openLink: (message: string, link: number) => void;
}

interface Props extends Actions {
  readonly group: MessageGroup;
  /** Several others are in it, so that one has to see who said what. */
  readonly isNamed: boolean;
  /** Id of the person's own last message, of which alone it is said that it was sent. */
  readonly lastOwn: string;
  readonly now: number;
}

/** What one person has said in one go, with the day and the mark before it. */
export function MessageGroupView({ group, isNamed, lastOwn, now, ...actions }: Props) {
  const { sender, sentAt, beginsDay, news, messages } = group;
  const name = sender === null ? texts.conversation.you : callerName(sender);
  return (
    <>
      {beginsDay && <p class="day">{dayLabel(sentAt, now)}</p>}
      {news > 0 && <p class="new-mark">{texts.conversation.newMark(news)}</p>}
      <article
        class={sender === null ? "group own" : "group"}
        aria-label={texts.conversation.saidAt(name, clockTime(sentAt))}
      >
        {isNamed && sender !== null && <Avatar caller={sender} />}
        <div class="messages">
          <p class="when">
            <span class={isNamed && sender !== null ? "name" : "said"} title={sender?.address}>
              <bdi>{name}</bdi>
            </span>
            <time dateTime={new Date(sentAt).toISOString()} title={wholeTime(sentAt)}>
              {clockTime(sentAt)}
            </time>
          </p>
          {messages.map((message) => (
            <OneMessage key={message.id} message={message} isLastOwn={message.id === lastOwn} {...actions} />
          ))}
        </div>
      </article>
    </>
  );
}

function OneMessage(props: Actions & { readonly message: MessageView; readonly isLastOwn: boolean }) {
  const { message, isLastOwn, copy, sayAgain, openLink } = props;
  const { id, state, problem, parts } = message;
  const words = texts.conversation;
  const [active, setActive] = useState(false);
  return (
    <div
      class={`said-message ${state}`}
      tabIndex={-1}
      onFocusIn={() => setActive(true)}
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        setActive(to instanceof Node && event.currentTarget.contains(to));
      }}
      onKeyDown={(event) => {
        const copies = (event.ctrlKey || event.metaKey) && event.key === "c";
        if (copies && document.getSelection()?.isCollapsed !== false) copy(id);
      }}
    >
      <p class="text" dir="auto">
        {state === "received" && problem !== "" && <em>{problem}</em>}
        {parts.map(({ text, link }, index) =>
          link === null ? (
            text
          ) : (
            // Without an address: this page goes nowhere, and main asks first.
            <a
              key={index}
              role="link"
              tabIndex={0}
              dir="ltr"
              onClick={() => openLink(id, link)}
              onKeyDown={({ key }) => {
                if (key === "Enter") openLink(id, link);
              }}
            >
              {text}
            </a>
          ),
        )}
      </p>
      <button
        type="button"
        class="icon-button copy"
        aria-label={words.copyMessage}
        title={words.copy}
        aria-hidden={active ? undefined : "true"}
        tabIndex={active ? 0 : -1}
        onClick={() => copy(id)}
      >
        <CopyIcon />
      </button>
      {state === "failed" && (
        <p class="state problem">
          <WarningIcon />
          <span>{words.failed(problem)}</span>
          <button type="button" class="plain" onClick={() => sayAgain(id)}>
            {words.sendAgain}
          </button>
        </p>
      )}
      {isLastOwn && (state === "sending" || state === "sent") && (
        <p class="state">{state === "sending" ? words.sending : words.sent}</p>
      )}
    </div>
  );
}
