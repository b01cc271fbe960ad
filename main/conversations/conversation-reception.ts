import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import { readPerson } from "../ucwa/resources/read-invitation.ts";
import { readMessage } from "../ucwa/resources/read-message.ts";
import { isTrue, linkOf, listOf, ownHref, textOf } from "../ucwa/resources/read-resource.ts";
import type { Resource } from "../ucwa/resources/resource.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import type { OtherModality } from "./conversation.ts";
import type { ConversationSnapshot, MessagingSnapshot, TalkEvent } from "./machine/talk-event.ts";

/** What an event says, and of which conversation. */
export interface Heard {
  /** Address of the conversation; null where only its messaging is known. */
  readonly conversation: string | null;
  readonly messaging: string | null;
  readonly event: TalkEvent;
}

/**
 * What an event of the channel means to conversations; null for one that means nothing to them. An event without a
 * resource still tells where to ask. Reference: conversation, messaging, message, participant, typingParticipants.
 */
export function hear(event: ChannelEvent): Heard | null {
  const { rel } = event.link;
  if (rel === "conversation") return hearConversation(event);
  const inside = { conversation: event.sender.rel === "conversation" ? event.sender.href : null };
  if (rel === "messaging") return hearMessaging(event, inside.conversation);
  if (rel === "message") return hearMessage(event, inside.conversation);
  if (inside.conversation === null) return null;
  const meant = rel === "participant" ? hearParticipant(event) : hearModality(event);
  return meant && { conversation: inside.conversation, messaging: null, event: meant };
}

function hearConversation({ link, type, resource }: ChannelEvent): Heard {
  const event: TalkEvent =
    type === "deleted"
      ? { type: "over", cause: "over" }
      : { type: "conversationSeen", snapshot: resource && readConversation(resource) };
  return { conversation: link.href, messaging: null, event };
}

function hearMessaging({ link, type, resource }: ChannelEvent, sender: string | null): Heard | null {
  if (type === "deleted") return null;
  const conversation = sender ?? (resource && linkOf(resource, "conversation")?.href) ?? null;
  const snapshot = resource && readMessaging(resource);
  return {
    conversation,
    messaging: link.href,
    event: { type: "messagingSeen", href: link.href, snapshot },
  };
}

function hearMessage(
  { link, type, resource, status, reason }: ChannelEvent,
  sender: string | null,
): Heard | null {
  if (type === "deleted") return null;
  const snapshot = resource && readMessage(resource);
  return {
    conversation: sender,
    messaging: snapshot?.messaging ?? null,
    event: {
      type: "messageSeen",
      href: link.href,
      snapshot,
      status: type === "completed" ? (status ?? "Success") : null,
      reason,
    },
  };
}

/** Who types comes and goes among those who type; who joins or leaves, in the conversation itself. */
function hearParticipant(event: ChannelEvent): TalkEvent | null {
  const { link, type, resource } = event;
  const among = event.in?.rel ?? "participants";
  if (among === "typingParticipants") {
    if (type !== "added" && type !== "deleted") return null;
    return { type: "typing", href: link.href, begins: type === "added" };
  }
  if (type === "deleted")
    return among === "participants" ? { type: "participantGone", href: link.href } : null;
  if (resource && isTrue(resource, "local")) return null;
  const name = safeLine(link.title ?? "");
  const person = readPerson(resource, null) ?? { name, uri: "", network: "Unknown", anonymous: false };
  return { type: "participantSeen", href: link.href, person: { ...person, name: person.name || name } };
}

function hearModality({ link, type, resource }: ChannelEvent): TalkEvent | null {
  const modality = MODALITIES.get(link.rel.toLowerCase());
  if (modality === undefined) return null;
  const state = type === "deleted" ? "Disconnected" : ((resource && textOf(resource, "state")) ?? null);
  return { type: "modalitySeen", modality, state };
}

/** By the rel of their resources, and by their name in a list, in lower case. Reference: ModalityType. */
const MODALITIES: ReadonlyMap<string, OtherModality> = new Map([
  ["phoneaudio", "phoneAudio"],
  ["audiovideo", "audioVideo"],
  ["audio", "audioVideo"],
  ["video", "audioVideo"],
  ["panoramicvideo", "audioVideo"],
  ["applicationsharing", "applicationSharing"],
  ["datacollaboration", "dataCollaboration"],
]);

/** Reference: conversation. */
export function readConversation(resource: Resource): ConversationSnapshot {
  const listed = "activeModalities" in resource.properties;
  const others = listOf(resource, "activeModalities")
    .map((name) => MODALITIES.get(name.toLowerCase()))
    .filter((modality) => modality !== undefined);
  return {
    state: textOf(resource, "state"),
    messaging: linkOf(resource, "messaging")?.href ?? null,
    onlineMeeting: linkOf(resource, "onlineMeeting")?.href ?? null,
    others: listed ? new Set(others) : null,
  };
}

/** Reference: messaging. */
export function readMessaging(resource: Resource): MessagingSnapshot {
  return {
    state: textOf(resource, "state"),
    sendMessage: ownHref(resource, "sendMessage"),
    setIsTyping: ownHref(resource, "setIsTyping"),
    addMessaging: ownHref(resource, "addMessaging"),
  };
}

/** Where a meeting is joined, in a browser: https only, whatever is written there. Reference: onlineMeeting. */
export function readJoinUrl(resource: Resource): string | null {
  const url = URL.parse(textOf(resource, "joinUrl") ?? "");
  return url?.protocol === "https:" && url.username === "" && url.password === "" ? url.href : null;
}
