import { problem } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import type { importances } from "../invitation/invitation-content.ts";
import type { Person } from "../people/person.ts";
import type { RelLink, Resource } from "../resources/served-resource.ts";

/** Reference: ConversationState. Disconnecting is over too soon to be seen. */
export type ConversationState =
  | "Incoming"
  | "Connecting"
  | "Connected"
  | "Conferencing"
  | "InLobby"
  | "Conferenced"
  | "Disconnected";

/** The modalities of a conversation by the rel of their resource. Reference: conversation */
export const modalityRels = [
  "applicationSharing",
  "audioVideo",
  "dataCollaboration",
  "messaging",
  "phoneAudio",
] as const;

/** A modality by the rel of its resource. */
export type ModalityRel = (typeof modalityRels)[number];

/** Reference: messaging, phoneAudio, audioVideo */
export type ModalityState = "Disconnected" | "Connecting" | "Connected";

/** Reference: ModalityType */
const modalityTypes: Readonly<Record<ModalityRel, readonly string[]>> = {
  applicationSharing: ["ApplicationSharing"],
  audioVideo: ["Audio", "Video"],
  dataCollaboration: ["DataCollaboration"],
  messaging: ["Messaging"],
  phoneAudio: ["PhoneAudio"],
};

/** What a conversation is about and with whom. */
export interface ConversationTopic {
  /** The other one; in a meeting, whoever has called into it. */
  readonly remote: Person;
  /** The other one does not say who they are. */
  readonly anonymous: boolean;
  readonly subject: string;
  readonly threadId: string;
  readonly importance: (typeof importances)[number];
  /** Who is in the meeting; `null`: a conversation of two. */
  readonly attendees: readonly Person[] | null;
}

/** What the representations of a conversation are made of. */
export interface ConversationView {
  readonly application: Application;
  readonly topic: ConversationTopic;
  readonly href: string;
  readonly local: RelLink;
  readonly state: ConversationState;
  /** Everybody in it, the user included. */
  readonly participantCount: number;
  modality(rel: ModalityRel): ModalityState;
}

/** Whether the conversation stands, or nearly so: answered and not over. */
export function isAnswered(state: ConversationState): boolean {
  return ["Connected", "Conferencing", "InLobby", "Conferenced"].includes(state);
}

/** Reference: conversation */
export function conversationResource(view: ConversationView): Resource {
  const { href, local, state, topic } = view;
  const { subject, threadId, importance, attendees } = topic;
  const active = modalityRels.filter((rel) => view.modality(rel) !== "Disconnected");
  return {
    rel: "conversation",
    properties: {
      state,
      threadId,
      subject,
      activeModalities: active.flatMap((rel) => modalityTypes[rel]),
      importance,
      recording: false,
      ...(attendees && { participantCount: view.participantCount }),
    },
    links: {
      self: { href },
      ...Object.fromEntries(modalityRels.map((rel) => [rel, { href: `${href}/${rel}` }])),
      ...(isAnswered(state) && {
        localParticipant: { href: local.href, ...(local.title !== undefined && { title: local.title }) },
      }),
      ...(state === "Conferenced" && { participants: { href: `${href}/participants` } }),
    },
  };
}

/** The user in the conversation. Reference: localParticipant */
export function localParticipantResource({ application, href, local, state }: ConversationView): Resource {
  const { user, base } = application;
  return {
    rel: "participant",
    properties: {
      sourceNetwork: "SameEnterprise",
      anonymous: false,
      name: user.name,
      uri: user.uri,
      ...(state === "InLobby" && { inLobby: true }),
    },
    links: { self: { href: local.href }, conversation: { href }, me: { href: `${base}/me` } },
  };
}

/** Any modality but messaging, which has much more to it. Reference: phoneAudio, audioVideo, applicationSharing */
export function modalityResource(view: ConversationView, rel: ModalityRel): Resource {
  return {
    rel,
    properties: { state: view.modality(rel) },
    links: { self: { href: `${view.href}/${rel}` }, conversation: { href: view.href } },
  };
}

/** 409 for what needs connected messaging. */
export const notConnected = problem(409, "None", "The messaging modality is not connected.");
