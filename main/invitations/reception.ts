import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import type { InvitationSnapshot } from "../ucwa/resources/wire-invitation.ts";
import { invitationKind, isInvitationRel, readInvitation } from "../ucwa/resources/read-invitation.ts";
import { isTrue, textOf } from "../ucwa/resources/read-resource.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import type { InboxEvent } from "./machine/inbox-event.ts";

type OnUnreadable = (event: ChannelEvent, cause: unknown) => void;

/**
 * What an event of the channel means to the inbox; null for one that means nothing. A representation that cannot be
 * read is told to `onUnreadable` and taken for an event with a link only: it is asked for by GET, and rings anyway.
 * Reference: EventsInUCWA.
 */
export function receive(event: ChannelEvent, onUnreadable: OnUnreadable): InboxEvent | null {
  const { rel } = event.link;
  if (isInvitationRel(rel) || rel === "invitation") return receiveInvitation(event, onUnreadable);
  if (rel === "conversation") return receiveConversation(event);
  if (rel === "participant") return receiveParticipant(event);
  if (rel === "messaging") return receiveMessaging(event);
  return null;
}

function receiveInvitation(event: ChannelEvent, onUnreadable: OnUnreadable): InboxEvent {
  const { generation, link } = event;
  const key = { generation, href: link.href };
  if (event.type === "deleted") return { type: "removed", ...key };
  const word = { ...key, kind: invitationKind(link.rel), snapshot: snapshotOf(event, onUnreadable) };
  switch (event.type) {
    case "started":
    case "added":
      return { type: "started", ...word };
    case "updated":
      return { type: "updated", ...word };
    case "completed":
      return { type: "completed", ...word, status: event.status, reason: event.reason };
  }
}

function snapshotOf(event: ChannelEvent, onUnreadable: OnUnreadable): InvitationSnapshot | null {
  if (!event.resource) return null;
  try {
    return readInvitation(event.resource, event.link.rel);
  } catch (cause) {
    onUnreadable(event, cause);
    return null;
  }
}

function receiveConversation(event: ChannelEvent): InboxEvent {
  const of = { generation: event.generation, href: event.link.href };
  if (event.type === "deleted") return { type: "conversationDeleted", ...of };
  return { type: "conversationChanged", ...of, state: event.resource && textOf(event.resource, "state") };
}

/** The sender says which conversation it is. */
function receiveMessaging({ generation, link, sender, type }: ChannelEvent): InboxEvent | null {
  if (sender.rel !== "conversation" || type === "deleted") return null;
  return { type: "messagingLocated", generation, messaging: link.href, conversation: sender.href };
}

/** As above. */
function receiveParticipant(event: ChannelEvent): InboxEvent | null {
  const { resource, sender, type } = event;
  if (sender.rel !== "conversation" || type === "deleted") return null;
  if (resource && isTrue(resource, "local")) return null;
  const name = safeLine(event.link.title || (resource && textOf(resource, "name")) || "");
  if (name === "") return null;
  const { generation, link } = event;
  return { type: "participantNamed", generation, conversation: sender.href, participant: link.href, name };
}
