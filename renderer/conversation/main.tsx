import { signal } from "@preact/signals";
import { render } from "preact";

import type { ConversationBridge, ConversationsState } from "../../preload/contract.ts";
import { guardClicks } from "../shared/guard-clicks.ts";
import { speakPage } from "../shared/speak-page.ts";
import { Conversations } from "./conversations.tsx";
import { KeptDrafts } from "./kept-drafts.ts";

declare global {
  interface Window {
    readonly doorbell: unknown;
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the preload script of this window's role put it there
const bridge = window.doorbell as ConversationBridge;
await speakPage(bridge.locale);
// A page that is loaded into a window which has the focus does not know of it by itself, and takes nothing for seen.
window.focus();
guardClicks((listener) => bridge.onPlaced(listener));

// Before the page: whoever types at once must not type over what they had written.
const answer = await bridge.drafts();
const drafts = new KeptDrafts(answer.ok ? answer.value : [], {
  now: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  write: (conversation, text) => void bridge.writeDraft(conversation, text),
});
addEventListener("pagehide", () => drafts.flush());

const state = signal<ConversationsState | null>(null);
bridge.subscribe((next) => {
  state.value = next;
});
const app = document.querySelector("#app");
if (app) render(<Conversations state={state} bridge={bridge} drafts={drafts} />, app);
