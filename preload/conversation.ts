import { contextBridge } from "electron";

import { ask, follow, locale, onPlaced, tellOfNetwork } from "./bridge.ts";
import type { ConversationBridge } from "./contract.ts";

const bridge: ConversationBridge = {
  locale: locale(),
  subscribe: (listener) => follow("conversations.state", () => ask("conversations.read", null), listener),
  onPlaced,
  drafts: () => ask("drafts.read", null),
  writeDraft: (conversation, text) => ask("draft.write", { conversation, text }),
  select: (conversation) => ask("conversation.select", { conversation }),
  typing: (conversation) => ask("conversation.typing", { conversation }),
  seen: (conversation) => ask("conversation.seen", { conversation }),
  leave: (conversation) => ask("conversation.leave", { conversation }),
  close: (conversation) => ask("conversation.close", { conversation }),
  say: (conversation, text) => ask("message.say", { conversation, text }),
  sayAgain: (conversation, message) => ask("message.sayAgain", { conversation, message }),
  copyMessage: (conversation, message) => ask("message.copy", { conversation, message }),
  openLink: (conversation, message, link) => ask("message.openLink", { conversation, message, link }),
  copyJoinLink: (conversation) => ask("meeting.copyLink", { conversation }),
  openJoinLink: (conversation) => ask("meeting.openLink", { conversation }),
};

contextBridge.exposeInMainWorld("doorbell", bridge);
tellOfNetwork();
