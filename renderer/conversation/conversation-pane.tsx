import { useEffect, useState } from "preact/hooks";

import type { ConversationBridge, ConversationView } from "../../preload/contract.ts";
import { Message } from "../shared/message.tsx";
import type { Attempt } from "./attempt.ts";
import { ConversationHeader } from "./conversation-header.tsx";
import type { KeptDrafts } from "./kept-drafts.ts";
import { MessageField } from "./message-field.tsx";
import { MessageLog } from "./message-log.tsx";

interface Props {
  readonly conversation: ConversationView;
  readonly connection: string;
  readonly longestMessage: number;
  readonly bridge: ConversationBridge;
  readonly drafts: KeptDrafts;
}

/** As long as it takes to read that something was done. */
const DONE_MS = 2_500;

/** One conversation: who, what was said, and the field to say something. */
export function ConversationPane({ conversation, connection, longestMessage, bridge, drafts }: Props) {
  const [problem, setProblem] = useState("");
  const [done, setDone] = useState("");
  useEffect(() => {
    if (done === "") return;
    const timer = setTimeout(() => setDone(""), DONE_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const attempt: Attempt = (answer, told = "") => {
    setProblem("");
    void answer.then((receipt) => {
      setProblem(receipt.ok ? "" : receipt.error.message);
      setDone(receipt.ok ? told : "");
    });
  };
  return (
    <main class="conversation" tabIndex={-1}>
      <ConversationHeader conversation={conversation} bridge={bridge} attempt={attempt} />
      {[connection, ...conversation.notices]
        .filter((notice) => notice !== "" && !conversation.ended)
        .map((notice) => (
          <Message key={notice} kind="notice">
            <p>{notice}</p>
          </Message>
        ))}
      {problem !== "" && (
        <Message kind="error">
          <p>{problem}</p>
        </Message>
      )}
      <MessageLog conversation={conversation} bridge={bridge} attempt={attempt} />
      <p class="typing">
        <span role="status">{done}</span>
        {done === "" && <bdi>{conversation.typing}</bdi>}
      </p>
      <MessageField
        conversation={conversation}
        longestMessage={longestMessage}
        bridge={bridge}
        drafts={drafts}
      />
    </main>
  );
}
