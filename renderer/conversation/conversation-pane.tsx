import { useState } from "preact/hooks";

import type { ConversationBridge, ConversationView } from "../../preload/contract.ts";
import { Message } from "../shared/message.tsx";
import type { Attempt } from "./attempt.ts";
import { Compose } from "./compose.tsx";
import { ConversationHeader } from "./conversation-header.tsx";
import type { KeptDrafts } from "./kept-drafts.ts";
import { MessageLog } from "./message-log.tsx";

interface Props {
  readonly conversation: ConversationView;
  readonly connection: string;
  readonly longestMessage: number;
  readonly bridge: ConversationBridge;
  readonly drafts: KeptDrafts;
}

/** One conversation: who, what was said, and the field to say something. */
export function ConversationPane({ conversation, connection, longestMessage, bridge, drafts }: Props) {
  const [problem, setProblem] = useState("");
  const attempt: Attempt = (answer) => {
    setProblem("");
    void answer.then((receipt) => setProblem(receipt.ok ? "" : receipt.error.message));
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
        <bdi>{conversation.typing}</bdi>
      </p>
      <Compose conversation={conversation} longestMessage={longestMessage} bridge={bridge} drafts={drafts} />
    </main>
  );
}
