import type { CallerView, ConversationView, MessageView } from "../../../preload/contract.ts";

export const ADA: CallerView = {
  name: "Ada Winter",
  address: "ada@example.test",
  anonymous: false,
  external: false,
  photo: null,
};

/** A message of Ada's. */
export function theirs(id: string, over: Partial<MessageView> = {}): MessageView {
  const parts = [{ text: `Text of ${id}`, link: null }];
  return { id, own: false, sender: ADA, sentAt: 1_000, state: "received", problem: "", parts, ...over };
}

/** One of the person's own. */
export function own(id: string, over: Partial<MessageView> = {}): MessageView {
  return theirs(id, { own: true, sender: null, state: "sent", ...over });
}

export function view(over: Partial<ConversationView> = {}): ConversationView {
  return {
    id: "c1",
    kind: "messaging",
    ended: false,
    title: ADA.name,
    partner: ADA,
    subject: "",
    status: "",
    notices: [],
    people: [{ id: "p1", caller: ADA }],
    messages: [],
    typing: "",
    unread: 0,
    canSay: true,
    joinLink: "",
    ...over,
  };
}
