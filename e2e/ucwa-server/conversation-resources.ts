import { noContent, ok, problem, resourceNotFound } from "./answer.ts";
import type { Endpoint } from "./answer.ts";
import type { Application } from "./application.ts";
import { participantResource } from "./people.ts";
import type { Person } from "./people.ts";
import type { RelLink, Resource } from "./resource.ts";

/** What a conversation is about and who calls. */
export interface ConversationTopic {
  readonly caller: Person;
  readonly anonymous: boolean;
  readonly subject: string;
  readonly threadId: string;
  readonly importance: string;
}

/** What the representations of a conversation are made of. */
export interface ConversationView {
  readonly application: Application;
  readonly topic: ConversationTopic;
  readonly href: string;
  readonly messagingHref: string;
  readonly callerHref: string;
  readonly local: RelLink;
  readonly state: "Incoming" | "Connected" | "Disconnected";
}

const modalityRels = [
  "applicationSharing",
  "audioVideo",
  "dataCollaboration",
  "messaging",
  "phoneAudio",
] as const;

/** Reference: conversation */
export function conversationResource({ href, local, state, topic }: ConversationView): Resource {
  const { subject, threadId, importance } = topic;
  return {
    rel: "conversation",
    properties: { state, threadId, subject, activeModalities: ["Messaging"], importance, recording: false },
    links: {
      self: { href },
      ...Object.fromEntries(modalityRels.map((rel) => [rel, { href: `${href}/${rel}` }])),
      ...(state === "Connected" && {
        localParticipant: { href: local.href, ...(local.title !== undefined && { title: local.title }) },
      }),
    },
  };
}

/** Reference: messaging */
export function messagingResource({ application, href, messagingHref, state }: ConversationView): Resource {
  const connected = state === "Connected";
  return {
    rel: "messaging",
    properties: {
      state: state === "Incoming" ? "Connecting" : state,
      ...(connected && {
        negotiatedMessageFormats: application.availability?.supportedMessageFormats ?? ["Plain"],
      }),
    },
    links: {
      self: { href: messagingHref },
      conversation: { href },
      ...(connected && {
        stopMessaging: { href: `${messagingHref}/terminate` },
        sendMessage: { href: `${messagingHref}/messages` },
        setIsTyping: { href: `${messagingHref}/typing` },
        typingParticipants: { href: `${messagingHref}/typingParticipants` },
      }),
    },
  };
}

/** The user in the conversation. Reference: localParticipant */
export function localParticipantResource({ application, href, local }: ConversationView): Resource {
  const { user, base } = application;
  return {
    rel: "participant",
    properties: { sourceNetwork: "SameEnterprise", anonymous: false, name: user.name, uri: user.uri },
    links: { self: { href: local.href }, conversation: { href }, me: { href: `${base}/me` } },
  };
}

/** The caller in the conversation. Reference: participant */
export function callerResource(view: ConversationView, photo: boolean): Resource {
  const { caller, anonymous } = view.topic;
  const participant = { ...caller, anonymous, self: view.callerHref, conversation: view.href };
  return participantResource(view.application, participant, photo);
}

/** What only shows a conversation, by path under it: everything but sending, leaving and the messages. */
export function readingEndpoints(view: ConversationView): [path: string, endpoint: Endpoint][] {
  const { href, messagingHref } = view;
  const participants = [
    [view.local.href, () => localParticipantResource(view)],
    [view.callerHref, () => callerResource(view, true)],
  ] as const;
  return [
    ["/messaging", { name: "messaging", GET: () => ok(messagingResource(view)) }],
    [
      "/messaging/typing",
      {
        name: "setIsTyping",
        POST: () => (view.state === "Connected" ? noContent : notConnected),
      },
    ],
    [
      "/messaging/typingParticipants",
      {
        name: "typingParticipants",
        GET: () =>
          ok({
            rel: "typingParticipants",
            properties: {},
            links: { self: { href: `${messagingHref}/typingParticipants` } },
          }),
      },
    ],
    ...modalityRels
      .filter((rel) => rel !== "messaging")
      .map((rel): [string, Endpoint] => [
        `/${rel}`,
        {
          name: rel,
          GET: () =>
            ok({
              rel,
              properties: { state: "Disconnected" },
              links: { self: { href: `${href}/${rel}` }, conversation: { href } },
            }),
        },
      ]),
    ...participants.flatMap(([self, resource]): [string, Endpoint][] => [
      [self.slice(href.length), { name: "participant", GET: () => ok(resource()) }],
      [
        `${self.slice(href.length)}/messaging`,
        {
          name: "participantMessaging",
          GET: () =>
            view.state === "Connected"
              ? ok({
                  rel: "participantMessaging",
                  properties: {},
                  links: { self: { href: `${self}/messaging` }, participant: { href: self } },
                })
              : resourceNotFound,
        },
      ],
    ]),
  ];
}

/** 409 for what needs a connected conversation. */
export const notConnected = problem(409, "None", "The messaging modality is not connected.");
