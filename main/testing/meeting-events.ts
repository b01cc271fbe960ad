import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import type { Resource } from "../ucwa/resources/resource.ts";
import type { CommandOutcome, ResourceLookup } from "../ucwa/session-port.ts";
import {
  APPLICATION,
  CONVERSATION,
  conversationEvent,
  insideConversation,
  invitationEvent,
  resource,
} from "./invitation-events.ts";

export const MEETING = `${APPLICATION}/communication/onlineMeetingInvitations/81`;
export const MESSAGING = `${CONVERSATION}/messaging`;
export const ADD_MESSAGING = `${MESSAGING}/addMessaging`;

/** The invitation to a meeting; `answerable` as long as nobody has answered. */
export function meetingResource(
  over: { answerable?: boolean; properties?: Readonly<Record<string, unknown>>; conversation?: string } = {},
): Resource {
  const { answerable = true, properties = {}, conversation = CONVERSATION } = over;
  return resource({
    rel: "onlineMeetingInvitation",
    properties: {
      direction: "Incoming",
      state: "Connecting",
      subject: "Weekly",
      onlineMeetingUri: "sip:ada@example.test;gruu;opaque=app:conf:focus:id:Q1",
      availableModalities: ["Messaging", "Audio"],
      ...properties,
    },
    links: {
      conversation,
      ...(answerable ? { accept: `${MEETING}/accept`, decline: `${MEETING}/decline` } : {}),
    },
  });
}

export function meetingEvent(
  type: "started" | "updated" | "completed",
  over: Partial<ChannelEvent> & { href?: string } = {},
): ChannelEvent {
  return invitationEvent(type, {
    href: MEETING,
    rel: "onlineMeetingInvitation",
    resource: meetingResource({ answerable: type === "started" }),
    ...over,
  });
}

export function conversationResource(state: string, messaging: string | null = MESSAGING): Resource {
  return resource({
    rel: "conversation",
    properties: { state },
    links: messaging === null ? {} : { messaging },
  });
}

/** The conversation with its link to `messaging`. */
export function conversationUpdated(state: string): ChannelEvent {
  return { ...conversationEvent("updated", state), resource: conversationResource(state) };
}

export function messagingResource(state: string, offered: boolean): Resource {
  return resource({
    rel: "messaging",
    properties: { state },
    links: offered ? { addMessaging: ADD_MESSAGING } : {},
  });
}

export function messagingUpdated(state: string, offered: boolean): ChannelEvent {
  return insideConversation("updated", "messaging", "messaging", null, messagingResource(state, offered));
}

export function read(found: Resource): Promise<ResourceLookup> {
  return Promise.resolve({ outcome: "found", resource: found });
}

export function tooEarly(): Promise<CommandOutcome> {
  return Promise.resolve({ outcome: "conflict", reason: null });
}
