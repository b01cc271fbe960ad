import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { ConversationBridge, ConversationView } from "../../preload/contract.ts";
import type { KeptDrafts } from "./kept-drafts.ts";

interface Props {
  readonly conversation: ConversationView;
  readonly longestMessage: number;
  readonly bridge: ConversationBridge;
  readonly drafts: KeptDrafts;
}

/** Main bounds it again, by the server's own time. */
const TYPING_EVERY_MS = 1_000;
/** With these, what was said does not stand in the conversation: it goes back into the field. */
const NOT_TAKEN: readonly string[] = ["unknownConversation", "notAllowed", "invalid", "malformed", "failed"];

/** The field to say something. What is in it is kept until it is sent, whatever becomes of this page. */
export function MessageField({ conversation, longestMessage, bridge, drafts }: Props) {
  const { id, title, ended, canSay } = conversation;
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => drafts.of(id));
  const [problem, setProblem] = useState("");
  const typingAt = useRef(-Infinity);
  const current = useRef(text);
  const write = (next: string): void => {
    current.current = next;
    setText(next);
    drafts.write(id, next);
  };
  useLayoutEffect(() => {
    // Not away from the list, through which somebody may be going by keys.
    if (document.activeElement?.closest(".list") === null || document.activeElement === null)
      field.current?.focus();
    // What is typed next comes behind what was there.
    field.current?.setSelectionRange(current.current.length, current.current.length);
    return () => drafts.flush();
  }, []);
  if (ended && text === "") return null;
  const isTooLong = text.length > longestMessage;
  const hint = hintOf(conversation, isTooLong ? longestMessage : null) || problem;

  const send = (): void => {
    if (!canSay || isTooLong || text.trim() === "") return;
    const said = text;
    current.current = "";
    setText("");
    setProblem("");
    drafts.clear(id);
    typingAt.current = -Infinity;
    void bridge.say(id, said).then((receipt) => {
      if (receipt.ok || !NOT_TAKEN.includes(receipt.error.code)) return;
      setProblem(receipt.error.message);
      if (current.current === "") write(said);
    });
  };
  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault();
        send();
        field.current?.focus();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label={texts.conversation.message(title)}
        aria-describedby={hint === "" ? undefined : "field-hint"}
        placeholder={texts.conversation.write}
        readOnly={ended}
        value={text}
        onInput={({ currentTarget }) => {
          write(currentTarget.value);
          const now = performance.now();
          if (currentTarget.value.trim() === "" || now - typingAt.current < TYPING_EVERY_MS) return;
          typingAt.current = now;
          void bridge.typing(id);
        }}
        onKeyDown={(event) => {
          // 229: a key that an input method has taken, of which not every one says that it is composing.
          if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
          if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          if (!event.repeat) send();
        }}
      />
      {!ended && (
        <button type="submit" class="button primary" disabled={!canSay || isTooLong || text.trim() === ""}>
          {texts.conversation.send}
        </button>
      )}
      {hint !== "" && (
        <p class="hint" id="field-hint" role="status">
          {hint}
        </p>
      )}
    </form>
  );
}

function hintOf({ ended, canSay }: ConversationView, longest: number | null): string {
  const words = texts.conversation;
  if (ended) return words.wasNotSent;
  if (longest !== null) return words.tooLong(longest);
  return canSay ? "" : words.sendOnceConnected;
}
