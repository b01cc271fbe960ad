import { readMessageText } from "./data-uri.ts";
import type {
  Importance,
  InvitationKind,
  InvitationLinks,
  InvitationSnapshot,
  MessageText,
  Person,
  SourceNetwork,
  WireInvitationState,
} from "./invitation.ts";
import { embeddedOf, linkOf, ownHref, textOf } from "./read-resource.ts";
import type { Link, Resource } from "./resource.ts";
import { safeLine } from "./text.ts";

/** Whether a rel of the event channel names an invitation, of a kind known here or not. */
export function isInvitationRel(rel: string): boolean {
  return /^[a-z]\w*Invitation$/i.test(rel);
}

/** The kind that a rel names; a rel that is not known yet is `other`. */
export function invitationKind(rel: string): InvitationKind {
  return KINDS[rel.toLowerCase()] ?? "other";
}

const KINDS: Readonly<Record<string, InvitationKind>> = {
  messaginginvitation: "messaging",
  onlinemeetinginvitation: "onlineMeeting",
  phoneaudioinvitation: "phoneAudio",
  audiovideoinvitation: "audioVideo",
  participantinvitation: "participant",
};

/**
 * What one representation of an invitation says, event or GET alike. `rel` is that of the event's link, for a
 * representation that does not name its own. Never throws for odd values: what cannot be read is null or empty.
 * Reference: messagingInvitation, onlineMeetingInvitation, phoneAudioInvitation, audioVideoInvitation.
 */
export function readInvitation(resource: Resource, rel = resource.rel): InvitationSnapshot {
  const links = readLinks(resource);
  return {
    kind: invitationKind(resource.rel || rel),
    direction: oneOf(resource, "direction", ["Incoming", "Outgoing"]),
    state: oneOf(resource, "state", STATES),
    importance: oneOf(resource, "importance", IMPORTANCES) ?? "Normal",
    subject: safeLine(textOf(resource, "subject") ?? ""),
    threadId: identifier(resource, "threadId"),
    operationId: identifier(resource, "operationId"),
    to: readTarget(resource, "to"),
    onBehalfOf: readTarget(resource, "onBehalfOf"),
    message: readMessage(resource),
    from: readPerson(embeddedOf(resource, "from"), linkOf(resource, "from")),
    acceptedBy: readPerson(
      embeddedOf(resource, "acceptedByParticipant") ?? embeddedOf(resource, "acceptedByContact"),
      linkOf(resource, "acceptedByParticipant") ?? linkOf(resource, "acceptedByContact"),
    ),
    links,
  };
}

const STATES: readonly WireInvitationState[] = [
  "Alerting",
  "Cancelled",
  "Connected",
  "Connecting",
  "Declined",
  "Failed",
  "Forwarded",
  "TeamRing",
];
const IMPORTANCES: readonly Importance[] = ["Normal", "Urgent", "Emergency"];
const NETWORKS: readonly SourceNetwork[] = ["SameEnterprise", "Federated", "PublicCloud", "Everyone"];

/** Operation links count only on the application's own origin; the others are identities and stay as they are. */
function readLinks(resource: Resource): InvitationLinks {
  const href = (rel: string) => linkOf(resource, rel)?.href ?? null;
  return {
    accept: ownHref(resource, "accept"),
    decline: ownHref(resource, "decline"),
    cancel: ownHref(resource, "cancel"),
    conversation: href("conversation"),
    messaging: href("messaging"),
    acceptedByContact: href("acceptedByContact"),
    onBehalfOf: href("onBehalfOf"),
    derivedMessaging: href("derivedMessaging"),
  };
}

/** The reference lists `message` as a property; on the wire it is a link. Both are read. */
function readMessage(resource: Resource): MessageText | null {
  const uri = linkOf(resource, "message")?.href ?? textOf(resource, "message");
  return uri === null ? null : readMessageText(uri);
}

function readPerson(resource: Resource | null, link: Link | null): Person | null {
  const name = safeLine((resource && textOf(resource, "name")) || link?.title || "");
  const uri = safeLine((resource && textOf(resource, "uri")) ?? "");
  const anonymous =
    resource?.properties["anonymous"] === true || resource?.properties["anonymous"] === "True";
  if (name === "" && uri === "" && !anonymous) return null;
  const network = (resource && oneOf(resource, "sourceNetwork", NETWORKS)) ?? "Unknown";
  return { name, uri, network, anonymous };
}

/** A contact as one line for people: the property, the embedded contact's name or address, or the link's title. */
function readTarget(resource: Resource, rel: string): string | null {
  const embedded = embeddedOf(resource, rel);
  const candidates = [
    textOf(resource, rel),
    embedded && textOf(embedded, "name"),
    embedded && textOf(embedded, "uri"),
    linkOf(resource, rel)?.title ?? null,
  ];
  for (const candidate of candidates) {
    const line = safeLine(candidate ?? "");
    if (line !== "") return line;
  }
  return null;
}

function identifier(resource: Resource, name: string): string | null {
  const line = safeLine(textOf(resource, name) ?? "");
  return line === "" ? null : line;
}

/** Enumerations are compared without case: the reference writes them in two ways. */
function oneOf<T extends string>(resource: Resource, name: string, values: readonly T[]): T | null {
  const sent = textOf(resource, name)?.toLowerCase();
  return values.find((value) => value.toLowerCase() === sent) ?? null;
}
