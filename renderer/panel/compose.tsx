import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { ImportanceView, PanelBridge } from "../../preload/contract.ts";
import { Choice } from "../shared/choice.tsx";
import { Message } from "../shared/message.tsx";
import { PersonField } from "./person-field.tsx";

/** What the form begins with. */
export interface Draft {
  readonly to: string;
  readonly subject: string;
  readonly message: string;
}

interface Props {
  readonly draft: Draft;
  readonly online: boolean;
  readonly bridge: PanelBridge;
  /** What stands in it, after every change. */
  readonly changed: (draft: Draft) => void;
  /** The call is made; it is shown from here on. */
  readonly done: () => void;
}

const IMPORTANCES = ["Normal", "Urgent", "Emergency"] as const satisfies readonly ImportanceView[];

/** Calls somebody: whom, about what, how urgent, and the first message. Nothing is sent before the button is pressed. */
export function Compose({ draft, online, bridge, changed, done }: Props) {
  const words = texts.panel;
  const [to, setTo] = useState(draft.to);
  const [subject, setSubject] = useState(draft.subject);
  const [message, setMessage] = useState(draft.message);
  const [importance, setImportance] = useState<ImportanceView>("Normal");
  const [calling, setCalling] = useState(false);
  const [problem, setProblem] = useState<{ readonly text: string; readonly person: boolean } | null>(null);
  // At once: a link that comes before the next frame must find what was written.
  useLayoutEffect(() => changed({ to, subject, message }), [to, subject, message]);
  const first = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (draft.to !== "") first.current?.focus();
  }, []);
  const call = async (): Promise<void> => {
    if (calling || !online) return;
    setCalling(true);
    setProblem(null);
    const answer = await bridge.call({ to, subject, message, importance });
    setCalling(false);
    if (answer.ok) done();
    else setProblem({ text: answer.error.message, person: answer.error.code === "invalidAddress" });
  };
  return (
    <form
      class="card padded form"
      aria-label={texts.cards.newConversation}
      onSubmit={(event) => {
        event.preventDefault();
        void call();
      }}
      noValidate
    >
      {problem && (
        <Message kind="error" focus={!problem.person}>
          <p id="call-problem">{problem.text}</p>
        </Message>
      )}
      <PersonField
        value={to}
        change={setTo}
        bridge={bridge}
        problemId={problem?.person ? "call-problem" : ""}
      />
      <div class="field">
        <label for="subject">{texts.cards.subject}</label>
        <input
          id="subject"
          type="text"
          maxLength={250}
          dir="auto"
          value={subject}
          onInput={(event) => setSubject(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label for="first-message">{words.firstMessage}</label>
        <textarea
          id="first-message"
          rows={3}
          maxLength={8000}
          dir="auto"
          ref={first}
          value={message}
          onInput={(event) => setMessage(event.currentTarget.value)}
        />
      </div>
      <Choice
        id="importance"
        label={words.importance}
        values={IMPORTANCES}
        value={importance}
        labelOf={(name) => words.importances[name]}
        choose={setImportance}
      />
      <button type="submit" class="button primary wide" disabled={calling || !online}>
        {calling ? words.calling : words.call}
      </button>
      {!online && <p class="hint">{words.callOffline}</p>}
    </form>
  );
}
