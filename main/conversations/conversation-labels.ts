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
  if (kind === "meeting") return `Meeting with ${nameLabel(partner)}`;
  return nameLabel(participants[0] ?? partner);
}

/** Names in a row; more than three are counted. */
export function namesLabel(names: readonly string[]): string {
  const shown = names.slice(0, names.length > MOST_NAMES ? MOST_NAMES - 1 : MOST_NAMES);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  return all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}

/** What it waits for, or how it ended; one sentence, empty while it simply goes on. */
export function statusLabel({ state, end, kind }: Conversation): string {
  const what = kind === "meeting" ? "meeting" : "conversation";
  switch (state) {
    case "connecting":
      return "Connecting…";
    case "inLobby":
      return "Waiting to be let in…";
    case "connected":
      return "";
    case "ended":
      if (end === "left") return `You left the ${what}.`;
      return end === "lost" ? `The connection was lost, and the ${what} with it.` : `The ${what} has ended.`;
  }
}

/** Who is typing; one sentence, or empty. */
export function typingLabel({ participants, state }: Conversation): string {
  if (state === "ended") return "";
  const names = participants.filter(({ typing }) => typing).map(nameLabel);
  if (names.length === 0) return "";
  return `${namesLabel(names)} ${names.length === 1 ? "is" : "are"} typing…`;
}

/** What else goes on in it and cannot be taken part in here; a sentence each. */
export function othersLabels(conversation: Conversation): readonly string[] {
  if (conversation.state === "ended") return [];
  const said = conversation.others.map((modality) => otherLabel(modality, conversation));
  return [...new Set(said)];
}

function otherLabel(modality: OtherModality, conversation: Conversation): string {
  const [what, cannot] = OTHER[modality];
  if (isGroup(conversation)) return `There is ${what} here. Doorbell can't ${cannot}: use another device.`;
  return `${nameLabel(conversation.partner)} added ${what}. Doorbell can't ${cannot}: use another device.`;
}

const CALL = ["a call", "do audio or video"] as const;
const OTHER: Readonly<Record<OtherModality, readonly [what: string, cannot: string]>> = {
  phoneAudio: CALL,
  audioVideo: CALL,
  applicationSharing: ["screen sharing", "show shared screens"],
  dataCollaboration: ["shared content", "show it"],
};
