import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { ConversationBridge, ConversationView } from "../../preload/contract.ts";
import { useNow } from "../shared/time.ts";
import type { Attempt } from "./attempt.ts";
import { MessageGroupView } from "./message-group.tsx";
import { messageGroups, newMark, type NewMark } from "./message-groups.ts";
import { useLooking } from "./looking.ts";

interface Props {
  readonly conversation: ConversationView;
  readonly bridge: ConversationBridge;
  readonly attempt: Attempt;
}

/** So near to the end counts as there, in CSS pixels. */
const END_PX = 32;
/** As often main is told again that the newest is in view, until it has taken it. */
const SEEN_EVERY_MS = 1_000;

/** What was said, the newest at the bottom. It stays there when it was there, and moves under nobody who reads above. */
export function MessageLog({ conversation, bridge, attempt }: Props) {
  const { id, title, messages, unread, people, kind } = conversation;
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const looking = useLooking() && isAtEnd;
  const mark = useNewMark(conversation, looking);
  const groups = useMemo(() => messageGroups(messages, mark), [messages, mark]);
  const now = useNow(60_000);
  const last = messages.at(-1);
  const lastOwn = messages.findLast(({ own }) => own)?.id;

  const look = (): void => {
    const element = log.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
    setAtEnd(atEnd.current);
  };
  const toEnd = (): void => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
    look();
  };
  // Whoever opens it begins to read at what is new.
  useLayoutEffect(() => {
    const first = log.current?.querySelector<HTMLElement>(".new-mark");
    if (first) log.current?.scrollTo({ top: first.offsetTop });
    else toEnd();
    look();
  }, []);
  // What the person says is seen, wherever they were reading.
  useLayoutEffect(() => {
    if (atEnd.current || (last?.own === true && last.state === "sending")) toEnd();
  }, [last?.id, mark, conversation.typing]);
  // The window, the field below, a notice above or a message that has failed may grow.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    if (log.current) observer.observe(log.current);
    if (log.current?.firstElementChild) observer.observe(log.current.firstElementChild);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (unread === 0 || !looking) return;
    const tell = (): void => void bridge.seen(id);
    tell();
    const timer = setInterval(tell, SEEN_EVERY_MS);
    return () => clearInterval(timer);
  }, [id, bridge, looking, unread === 0]);

  return (
    <div class="log-frame">
      <div
        class="log"
        ref={log}
        role="log"
        aria-live="off"
        aria-label={texts.conversation.messages(title)}
        tabIndex={0}
        onScroll={look}
        onKeyDown={moveAmongMessages}
      >
        <div>
          {groups.length === 0 && <p class="about">{texts.conversation.noMessages}</p>}
          {groups.map((group) => (
            <MessageGroupView
              key={group.messages[0]?.id}
              group={group}
              isNamed={kind === "meeting" || people.length > 1}
              lastOwn={lastOwn ?? ""}
              now={now}
              copy={(message) => attempt(bridge.copyMessage(id, message), texts.conversation.messageCopied)}
              sayAgain={(message) => attempt(bridge.sayAgain(id, message))}
              openLink={(message, link) => attempt(bridge.openLink(id, message, link))}
            />
          ))}
        </div>
      </div>
      {!isAtEnd && (
        <button type="button" class="button to-end" onClick={toEnd}>
          {unread > 0 ? texts.cards.newMessages(unread) : texts.conversation.toNewest} ↓
        </button>
      )}
    </div>
  );
}

/** Stays where it is while the person looks, so that they find where they had been; the next unseen ones move it. */
function useNewMark({ messages, unread }: ConversationView, looking: boolean): NewMark | null {
  const mark = useRef<NewMark | null>(null);
  const lookedBefore = useRef(false);
  const own = messages.at(-1)?.own === true;
  const seen = useRef(true);
  if (unread > 0 && (!looking || !lookedBefore.current)) {
    // The first of a row stays the first, however many follow.
    const next = newMark(messages, unread);
    if (next !== null && (seen.current || next.count !== mark.current?.count)) mark.current = next;
    seen.current = false;
  }
  if (unread === 0) {
    seen.current = true;
    if (own) mark.current = null;
  }
  lookedBefore.current = looking;
  return mark.current;
}

/** Goes from message to message by the arrow keys; at a message, its own keys are at hand. */
function moveAmongMessages(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const { key, currentTarget, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const all = [...currentTarget.querySelectorAll<HTMLElement>(".said-message")];
  const at = target instanceof Node ? all.findIndex((one) => one.contains(target)) : -1;
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: at < 0 ? all.length - 1 : at - 1,
    ArrowDown: at < 0 ? all.length - 1 : at + 1,
    Home: 0,
    End: all.length - 1,
  };
  const next = all[steps[key] ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
