import type { Conversation } from "../conversations/conversation.ts";
import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import type { Resource } from "../ucwa/resources/resource.ts";
import {
  completed,
  CONVERSATION,
  conversationEvent,
  insideConversation,
  invitationResource,
  resource,
  started,
} from "./invitation-events.ts";
import { MESSAGING } from "./meeting-events.ts";
import { gone, rig, taken } from "./rig.ts";
import type { Rig } from "./rig.ts";

export const SEND = `${MESSAGING}/messages`;

export const ADA = "participants/ada@example.test";
export const FIRST = "Hello Ben";

export const CONNECTED = insideConversation(
  "updated",
  "messaging",
  "messaging",
  null,
  resource({
    rel: "messaging",
    properties: { state: "Connected", negotiatedMessageFormats: ["Plain"] },
    links: { sendMessage: SEND, setIsTyping: `${MESSAGING}/typing`, conversation: CONVERSATION },
  }),
);

interface MessageSpec {
  readonly direction?: "Incoming" | "Outgoing";
  readonly operationId?: string;
  readonly sentAt?: number;
  readonly html?: string;
}

export function messageResource(text: string | null, spec: MessageSpec = {}): Resource {
  const { direction = "Incoming", operationId, sentAt = 1_000, html } = spec;
  return resource({
    rel: "message",
    properties: {
      direction,
      timeStamp: `/Date(${sentAt})/`,
      ...(operationId === undefined ? {} : { operationId }),
    },
    links: {
      messaging: MESSAGING,
      ...(text === null ? {} : { plainMessage: `data:text/plain,${encodeURIComponent(text)}` }),
      ...(html === undefined ? {} : { htmlMessage: `data:text/html,${encodeURIComponent(html)}` }),
      ...(direction === "Incoming" ? { participant: `${CONVERSATION}/${ADA}` } : {}),
    },
  });
}

/** The event of one message; without a text it carries a link only. */
export function message(number: number, text: string | null, spec: MessageSpec = {}): ChannelEvent {
  const inner = text === null && spec.html === undefined ? null : messageResource(text, spec);
  return {
    ...insideConversation("completed", "message", `messaging/messages/${number}`, null, inner),
    status: "Success",
  };
}

/** Told of a message of ours. */
export function ownMessage(
  number: number,
  operationId: string,
  over: Partial<ChannelEvent> = {},
): ChannelEvent {
  return {
    ...message(number, null),
    resource: messageResource(null, { direction: "Outgoing", operationId }),
    ...over,
  };
}

export function typing(type: "added" | "deleted"): ChannelEvent {
  const among = { rel: "typingParticipants", href: `${MESSAGING}/typingParticipants`, title: null };
  return { ...insideConversation(type, "participant", ADA, "Ada Winter"), in: among };
}

/** A conversation that has come of an invitation with the message “Hello Ben”. */
export async function talking(): Promise<Rig & { texts: () => string[]; conversation: () => Conversation }> {
  const stand = rig();
  stand.session.onPost = taken;
  stand.session.onRead = gone;
  stand.doorbell.received([started(), conversationEvent("added", "Incoming")]);
  stand.doorbell.received([insideConversation("added", "participant", ADA, "Ada Winter")]);
  await stand.doorbell.accept("i1");
  stand.doorbell.received([
    CONNECTED,
    conversationEvent("updated", "Connected"),
    completed("Success", undefined, {
      resource: invitationResource({ answerable: false, state: "Connected" }),
    }),
  ]);
  const conversation = () => one(stand);
  return {
    ...stand,
    conversation,
    texts: () => conversation().messages.map(({ text }) => text),
  };
}

/** The only conversation there is. */
export function one({ doorbell }: Rig): Conversation {
  const [conversation] = doorbell.state.conversations;
  if (!conversation || doorbell.state.conversations.length > 1) throw new Error("expected one conversation");
  return conversation;
}
