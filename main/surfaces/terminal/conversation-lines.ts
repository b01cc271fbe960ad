import { texts } from "../../../locales/texts.ts";
import {
  isGroup,
  namesLabel,
  othersLabels,
  statusLabel,
  titleLabel,
  typingLabel,
} from "../../conversations/conversation-labels.ts";
import type { Conversation, ConversationMessage } from "../../conversations/conversation.ts";
import type { AppState } from "../../core/app-state.ts";
import { addressLabel } from "../../invitations/address-label.ts";
import { nameLabel } from "../../invitations/invitation-labels.ts";
import { LONGEST_TEXT, safeLine } from "../../ucwa/resources/safe-text.ts";
import { callerLabel } from "./terminal-labels.ts";

/** One thing that has happened, in the weight that it has; a text of several lines is one of several lines. */
export interface Happening {
  readonly text: string;
  readonly style: "plain" | "strong" | "faint" | "good" | "bad";
}

/** Those that something can still be done in, oldest first. */
export function liveConversations({ conversations, invitations }: AppState): readonly Conversation[] {
  // Until an invitation has ended it is drawn itself.
  const open = new Set(invitations.filter(({ endedAt }) => endedAt === null).map(({ id }) => id));
  return conversations.filter(
    ({ state, invitation }) => state !== "ended" && (invitation === null || !open.has(invitation)),
  );
}

/** Whom it is with, as far as there is room: with the address, and of a meeting everybody who is there. */
export function companyLabel(conversation: Conversation): string {
  const { partner, participants } = conversation;
  const { uri, ...other } = participants[0] ?? partner;
  if (!isGroup(conversation)) return callerLabel({ ...other, uri: uri || partner.uri });
  const title = titleLabel(conversation);
  const names = namesLabel(participants.map(nameLabel));
  return names === "" || title.includes(names) ? title : texts.terminal.meetingWith(title, names);
}

/** What there is to know of it, the most important first. `draft`: a text for it is kept. */
export function conversationFacts(conversation: Conversation, draft: boolean): string {
  const { state, messages, unread } = conversation;
  const typing = typingLabel(conversation);
  const failed = failedMessages(conversation).length;
  const words = texts.terminal.facts;
  const facts = [
    ...(failed === 0 ? [] : [words.notSent(failed)]),
    ...(unread === 0 ? [] : [words.unread(unread)]),
    ...(typing === "" ? [] : [isGroup(conversation) ? typing : words.typing]),
    ...(state === "connecting" || state === "inLobby" ? [words[state]] : []),
    ...(draft ? [words.draft] : []),
    ...(messages.some((message) => message.state === "sending") ? [words.sending] : []),
  ];
  return facts.length === 0 ? words.none : facts.join(", ");
}

/** Of the person's own, oldest first. */
export function failedMessages({ messages }: Conversation): readonly ConversationMessage[] {
  return messages.filter(({ state }) => state === "failed");
}

/** What was said, who came and went, and how it ended, between two states. */
export function talkHappenings(previous: AppState, state: AppState): Happening[] {
  const before = new Map(previous.conversations.map((conversation) => [conversation.id, conversation]));
  const several = state.conversations.filter((one) => one.state !== "ended").length > 1;
  return state.conversations.flatMap((conversation) => {
    const was = before.get(conversation.id);
    return was === conversation ? [] : happeningsIn(was, conversation, several);
  });
}

function happeningsIn(was: Conversation | undefined, is: Conversation, several: boolean): Happening[] {
  const known = new Map(was?.messages.map((message) => [message.id, message]));
  const label = titleLabel(is);
  const { about, join } = texts.terminal;
  const said = is.messages.flatMap((message) =>
    messageHappenings(known.get(message.id), message, is, several ? label : null),
  );
  const before = was === undefined ? [] : othersLabels(was);
  return [
    ...(was !== undefined && (isGroup(is) || isGroup(was)) ? comings(was, is) : []),
    ...said,
    ...othersLabels(is)
      .filter((words) => !before.includes(words))
      .map((words) => plain(isGroup(is) ? about(label, words) : words)),
    ...(is.joinUrl !== null && is.joinUrl !== was?.joinUrl
      ? [plain(about(label, join(safeLine(is.joinUrl))))]
      : []),
    ...(is.end !== null && (was?.end ?? null) === null
      ? [{ text: about(label, statusLabel(is)), style: is.end === "lost" ? "bad" : "faint" } as const]
      : []),
  ];
}

function messageHappenings(
  was: ConversationMessage | undefined,
  message: ConversationMessage,
  conversation: Conversation,
  /** Where others go on, with whom this one is. */
  to: string | null,
): Happening[] {
  const { direction, from, text, state, problem } = message;
  const { about, quoted, said: words } = texts.terminal;
  if (direction === "incoming") {
    // One that could not be read may come to be read after all.
    if (was?.text === text) return [];
    const sender = senderLabel(from ?? conversation.partner);
    const where = isGroup(conversation) ? words.senderIn(sender, titleLabel(conversation)) : sender;
    const what = text === "" && problem !== null ? `(${safeLine(problem)})` : linesOf(text);
    return [{ text: about(where, what), style: "strong" }];
  }
  const quote = quoted(safeLine(text, LONGEST_QUOTE));
  const you = to === null ? words.you : words.youTo(to);
  const said: Happening[] = was === undefined ? [plain(about(you, linesOf(text)))] : [];
  if (state === "failed" && was?.state !== "failed") {
    const why = safeLine(problem ?? "");
    const notSent = to === null ? words.notSent : words.notSentTo(to);
    said.push({ text: `✗ ${about(notSent, why === "" ? quote : `${quote} ${why}`)}`, style: "bad" });
  }
  if (was?.state === "failed" && state !== "failed") {
    const again = to === null ? words.sendingAgain : words.sendingAgainTo(to);
    said.push({ text: about(again, quote), style: "faint" });
  }
  return said;
}

/** Of a text that has been shown before, in UTF-16 code units. */
const LONGEST_QUOTE = 60;

/** Nobody is taken for the person because of the name that he has chosen. */
function senderLabel({ name, uri }: { readonly name: string; readonly uri: string }): string {
  const label = nameLabel({ name, uri, anonymous: false });
  const { you } = texts.terminal.said;
  const [begins, goesOn] = [label.slice(0, you.length), label.slice(you.length)];
  const isTaken = begins.toLowerCase() === you.toLowerCase() && !/^\w/.test(goesOn);
  return isTaken ? `${label} (${addressLabel(uri)})` : label;
}

function comings(was: Conversation, is: Conversation): Happening[] {
  const missing = (from: Conversation, others: Conversation): string[] =>
    from.participants
      .filter(({ id }) => !others.participants.some((other) => other.id === id))
      .map((one) => nameLabel(one));
  const { about, came, went } = texts.terminal;
  const told = (what: string): Happening => ({ text: about(titleLabel(is), what), style: "faint" });
  return [
    ...missing(is, was).map((name) => told(came(name))),
    ...missing(was, is).map((name) => told(went(name))),
  ];
}

/** Each line safe by itself; any number of empty ones is one. */
function linesOf(text: string): string {
  const lines = text.split("\n").map((line) => safeLine(line, LONGEST_TEXT));
  return lines.filter((line, index) => line !== "" || lines[index - 1] !== "").join("\n");
}

function plain(text: string): Happening {
  return { text, style: "plain" };
}
