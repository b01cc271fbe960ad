import { texts } from "../../locales/texts.ts";
import { nameLabel } from "../invitations/invitation-labels.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import type { Conversation, OtherModality } from "./conversation.ts";

/** The words for a conversation, in one place for every surface. Surfaces decide only what they have room for. */

const MOST_NAMES = 3;

/** Whether others than the partner are in it, or may be. */
export function isGroup({ kind, participants }: Conversation): boolean {
  return kind === "meeting" || participants.length > 1;
}

/** Who is in it, of a meeting what it is about; one line, never empty. */
export function titleLabel(conversation: Conversation): string {
  const { kind, subject, partner, participants } = conversation;
  const about = safeLine(subject);
  if (kind === "meeting" && about !== "") return about;
  if (participants.length > 1) return namesLabel(participants.map(nameLabel));
  if (kind === "meeting") return texts.conversations.meetingWith(nameLabel(partner));
  return nameLabel(participants[0] ?? partner);
}

/** Names in a row; more than three are counted. */
export function namesLabel(names: readonly string[]): string {
  const shown = names.slice(0, names.length > MOST_NAMES ? MOST_NAMES - 1 : MOST_NAMES);
  return texts.conversations.names(shown, names.length - shown.length);
}

/** What it waits for, or how it ended; one sentence, empty while it simply goes on. */
export function statusLabel({ state, end, kind }: Conversation): string {
  const { connecting, inLobby, ends } = texts.conversations;
  switch (state) {
    case "connecting":
      return connecting;
    case "inLobby":
      return inLobby;
    case "connected":
      return "";
    case "ended":
      return ends[kind][end ?? "over"];
  }
}

/** Who is typing; one sentence, or empty. */
export function typingLabel({ participants, state }: Conversation): string {
  if (state === "ended") return "";
  const names = participants.filter(({ typing }) => typing).map(nameLabel);
  if (names.length === 0) return "";
  return texts.conversations.typing(namesLabel(names), names.length);
}

/** What else goes on in it and cannot be taken part in here; a sentence each. */
export function othersLabels(conversation: Conversation): readonly string[] {
  if (conversation.state === "ended") return [];
  const said = conversation.others.map((modality) => otherLabel(modality, conversation));
  return [...new Set(said)];
}

function otherLabel(modality: OtherModality, conversation: Conversation): string {
  const { here, added } = texts.conversations.others[modality];
  return isGroup(conversation) ? here : added(nameLabel(conversation.partner));
}
