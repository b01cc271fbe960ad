import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import { NO_LINKS } from "../ucwa/resources/wire-invitation.ts";
import type { InvitationLinks, InvitationSnapshot } from "../ucwa/resources/wire-invitation.ts";
import { readResource } from "../ucwa/resources/read-resource.ts";
import type { Resource, UcwaReason } from "../ucwa/resources/resource.ts";

export const APPLICATION = "https://pool.example.test/ucwa/oauth/v1/applications/7";
export const INVITATION = `${APPLICATION}/communication/messagingInvitations/52`;
export const CONVERSATION = `${APPLICATION}/communication/conversations/b1f0`;

const COMMUNICATION = { rel: "communication", href: `${APPLICATION}/communication`, title: null };
const CONVERSATION_LINK = { rel: "conversation", href: CONVERSATION, title: null };

/** What a GET of an incoming invitation says while it can be answered. */
export function snapshot(
  over: Partial<Omit<InvitationSnapshot, "links">> & { links?: Partial<InvitationLinks> } = {},
  href = INVITATION,
): InvitationSnapshot {
  return {
    kind: "messaging",
    direction: "Incoming",
    state: "Connecting",
    importance: "Normal",
    subject: "Budget",
    threadId: "thread-1",
    operationId: null,
    to: null,
    onBehalfOf: null,
    delegator: null,
    forwardedBy: null,
    transferredBy: null,
    message: { text: "Have you a minute?", format: "plain" },
    otherMessageType: null,
    customContent: null,
    from: { name: "Ada Winter", uri: "sip:ada@example.test", network: "SameEnterprise", anonymous: false },
    acceptedBy: [],
    privateLine: false,
    joinAudioMuted: false,
    joinVideoMuted: false,
    phoneNumber: null,
    meeting: null,
    ...over,
    links: {
      ...NO_LINKS,
      accept: `${href}/accept`,
      decline: `${href}/decline`,
      conversation: CONVERSATION,
      messaging: `${CONVERSATION}/messaging`,
      from: `${CONVERSATION}/participants/ada@example.test`,
      caller: `${APPLICATION}/people/ada@example.test`,
      to: `${APPLICATION}/people/ben@example.test`,
      ...over.links,
    },
  };
}

export const UNANSWERABLE = { accept: null, decline: null } as const;

export interface ResourceSpec {
  readonly rel?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly embedded?: Readonly<Record<string, Resource>>;
}

/** As it is read from an answer of the application. */
export function resource(spec: ResourceSpec): Resource {
  const named = <T, Sent>(all: Readonly<Record<string, T>> = {}, sent: (one: T) => Sent) =>
    Object.fromEntries(Object.entries(all).map(([rel, one]) => [rel, sent(one)]));
  const read = readResource(
    {
      rel: spec.rel ?? "messagingInvitation",
      ...spec.properties,
      _links: named(spec.links, (href) => ({ href })),
      ...(spec.embedded && { _embedded: named(spec.embedded, ({ properties }) => properties) }),
    },
    APPLICATION,
  );
  if (read === null) throw new Error("A resource is an object.");
  return read;
}

/** The representation that an event of an incoming messaging invitation embeds. */
export function invitationResource(
  over: {
    answerable?: boolean;
    state?: string;
    self?: string;
    from?: Resource | null;
    rel?: string;
    message?: string;
  } = {},
  href = INVITATION,
): Resource {
  const from = over.from === undefined ? caller() : over.from;
  return resource({
    rel: over.rel ?? "messagingInvitation",
    properties: {
      direction: "Incoming",
      importance: "Normal",
      threadId: "Ae0+thread==",
      state: over.state ?? "Connecting",
      subject: "",
    },
    links: {
      self: over.self ?? href,
      to: `${APPLICATION}/people/ben@example.test`,
      conversation: CONVERSATION,
      messaging: `${CONVERSATION}/messaging`,
      message: over.message ?? "data:text/plain;charset=utf-8,Hello+Ben%0d%0a",
      ...((over.answerable ?? true) ? { accept: `${href}/accept`, decline: `${href}/decline` } : {}),
    },
    embedded: from ? { from } : {},
  });
}

export function caller(name = "Ada Winter"): Resource {
  return resource({
    rel: "participant",
    properties: { sourceNetwork: "SameEnterprise", anonymous: false, name, uri: "sip:ada@example.test" },
    links: {
      self: `${CONVERSATION}/participants/ada@example.test`,
      conversation: CONVERSATION,
      contact: `${APPLICATION}/people/ada@example.test`,
      contactPresence: `${APPLICATION}/people/ada@example.test/presence`,
    },
  });
}

type EventSpec = Partial<Omit<ChannelEvent, "type" | "link">>;

export function invitationEvent(
  type: ChannelEvent["type"],
  over: EventSpec & { href?: string; rel?: string } = {},
): ChannelEvent {
  const { href = INVITATION, rel = "messagingInvitation", ...rest } = over;
  return {
    generation: 1,
    sender: COMMUNICATION,
    link: { rel, href, title: null },
    in: null,
    type,
    status: null,
    reason: null,
    resource: null,
    ...rest,
  };
}

export function started(over: EventSpec & { href?: string } = {}): ChannelEvent {
  return invitationEvent("started", { resource: invitationResource({}, over.href), ...over });
}

export function completed(
  status: "Success" | "Failure",
  subcode?: string,
  over: EventSpec & { href?: string; rel?: string } = {},
): ChannelEvent {
  return invitationEvent("completed", { status, reason: subcode ? reason(subcode) : null, ...over });
}

export function conversationEvent(
  type: "added" | "updated" | "deleted",
  state: string | null,
  over: EventSpec = {},
): ChannelEvent {
  return {
    ...invitationEvent(type, over),
    link: CONVERSATION_LINK,
    resource: state === null ? null : resource({ rel: "conversation", properties: { state } }),
  };
}

/** An event of the conversation: `participant`, `localParticipant`, `messaging`, `participantMessaging`. */
export function insideConversation(
  type: ChannelEvent["type"],
  rel: string,
  tail: string,
  title: string | null = null,
  inner: Resource | null = null,
): ChannelEvent {
  return {
    ...invitationEvent(type),
    sender: CONVERSATION_LINK,
    link: { rel, href: `${CONVERSATION}/${tail}`, title },
    resource: inner,
  };
}

export function reason(subcode: string, code = "RemoteFailure"): UcwaReason {
  return { code, subcode, message: null };
}
