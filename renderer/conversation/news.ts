import { texts } from "../../locales/page-texts.ts";
import type { ConversationsState, ConversationView, MessageView } from "../../preload/contract.ts";
import { callerName } from "../shared/labels.ts";

/** A sentence for a screen reader. */
export interface Said {
  readonly key: string;
  readonly text: string;
}

/** More at once are counted: nobody can listen to a flood. */
const MOST = 3;
/** UTF-16 code units; the rest is read in the conversation. */
const LONGEST = 300;

/** What has come between two states that a person who cannot see it has to hear, the selected conversation first. Pure. */
export function newsBetween(before: ConversationsState, after: ConversationsState): readonly Said[] {
  const known = new Map(before.conversations.map((one) => [one.id, one]));
  return after.conversations
    .toSorted((a, b) => Number(b.id === after.selected) - Number(a.id === after.selected))
    .flatMap((conversation) => {
      const earlier = known.get(conversation.id);
      return earlier === undefined || earlier === conversation
        ? []
        : newsOf(earlier, conversation, conversation.id === after.selected);
    });
}

function newsOf(before: ConversationView, after: ConversationView, isSelected: boolean): readonly Said[] {
  const states = new Map(before.messages.map(({ id, state }) => [id, state]));
  const came = after.messages.filter(({ id, own }) => !own && !states.has(id));
  const failed = after.messages.filter(({ id, state }) => state === "failed" && states.get(id) !== "failed");
  const { cards, conversation: words } = texts;
  const where = isSelected ? "" : after.title;
  const told =
    came.length > MOST
      ? [{ key: `${after.id} ${came.at(-1)?.id}`, text: words.came(cards.newMessages(came.length), where) }]
      : came.map((message) => ({
          key: message.id,
          text: words.said(nameOf(message), where, textOf(message)),
        }));
  const status =
    after.status !== before.status && after.status !== ""
      ? [{ key: `${after.id} ${after.status}`, text: words.stands(after.title, after.status) }]
      : [];
  return [
    ...told,
    ...failed.map(({ id, problem }) => ({ key: `${id} failed`, text: words.yoursFailed(problem) })),
    ...status,
  ];
}

function nameOf({ sender }: MessageView): string {
  return sender === null ? texts.conversation.you : callerName(sender);
}

function textOf({ parts }: MessageView): string {
  return parts
    .map(({ text }) => text)
    .join("")
    .slice(0, LONGEST);
}
