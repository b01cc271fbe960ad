import { readMessageText } from "./data-uri.ts";
import type {
  CustomContent,
  Importance,
  InvitationKind,
  InvitationLinks,
  InvitationSnapshot,
  MeetingDetails,
  Modality,
  Person,
  SourceNetwork,
  WireInvitationState,
} from "./wire-invitation.ts";
import { embeddedOf, isTrue, linkOf, listOf, oneOf, ownHref, textOf } from "./read-resource.ts";
import type { Link, Resource } from "./resource.ts";
import { safeLine } from "./safe-text.ts";

/** Whether a rel of the event channel names an invitation, of a kind known here or not. */
export function isInvitationRel(rel: string): boolean {
  return /^[a-z]\w*Invitation$/i.test(rel);
}

/** The kind that a rel names; a rel that is not known yet is `other`. */
export function invitationKind(rel: string): InvitationKind {
  return KINDS.get(rel.toLowerCase()) ?? "other";
}

/** A map, because a server may write `constructor` for a rel. */
const KINDS: ReadonlyMap<string, InvitationKind> = new Map([
  ["messaginginvitation", "messaging"],
  ["onlinemeetinginvitation", "onlineMeeting"],
  ["phoneaudioinvitation", "phoneAudio"],
  ["audiovideoinvitation", "audioVideo"],
  ["participantinvitation", "participant"],
]);

/**
 * What one representation of an invitation says, event or GET alike. `rel` is that of the event's link, for a
 * representation that does not name its own. Never throws for odd values: what cannot be read is null or empty.
 * Reference: messagingInvitation, onlineMeetingInvitation, phoneAudioInvitation, audioVideoInvitation,
 * participantInvitation, invitation.
 */
export function readInvitation(resource: Resource, rel = resource.rel): InvitationSnapshot {
  const sent = dataUriOf(resource, "message");
  const message = sent === null ? null : readMessageText(sent);
  const from = embeddedOf(resource, "from");
  return {
    kind: invitationKind(resource.rel || rel),
    direction: oneOf(DIRECTIONS, textOf(resource, "direction")),
    state: oneOf(STATES, textOf(resource, "state")),
    importance: oneOf(IMPORTANCES, textOf(resource, "importance")) ?? "Normal",
    subject: safeLine(textOf(resource, "subject") ?? ""),
    threadId: lineOf(resource, "threadId"),
    operationId: lineOf(resource, "operationId"),
    to: lineOf(resource, "to") ?? readContact(resource, "to"),
    onBehalfOf: readContact(resource, "onBehalfOf"),
    delegator: readContact(resource, "delegator"),
    forwardedBy: readContact(resource, "forwardedBy"),
    transferredBy: readContact(resource, "transferredBy"),
    message,
    otherMessageType: sent === null || message ? null : mediaTypeOf(sent),
    customContent: readCustomContent(resource),
    from: readPerson(from, linkOf(resource, "from")),
    acceptedBy: [
      ...readPeople(resource, "acceptedByParticipant"),
      ...readPeople(resource, "acceptedByContact"),
    ],
    privateLine: isTrue(resource, "privateLine"),
    joinAudioMuted: isTrue(resource, "joinAudioMuted"),
    joinVideoMuted: isTrue(resource, "joinVideoMuted"),
    phoneNumber: lineOf(resource, "phoneNumber"),
    meeting: readMeeting(resource),
    links: readInvitationLinks(resource, from),
  };
}

const DIRECTIONS = ["Incoming", "Outgoing"] as const;
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
const MODALITIES: readonly Modality[] = [
  "Messaging",
  "Audio",
  "Video",
  "PhoneAudio",
  "ApplicationSharing",
  "DataCollaboration",
  "PanoramicVideo",
];

/** The reference lists `message` and `customContent` as properties; on the wire they are links. Both are read. */
function dataUriOf(resource: Resource, rel: string): string | null {
  return linkOf(resource, rel)?.href ?? textOf(resource, rel);
}

function readCustomContent(resource: Resource): CustomContent | null {
  const dataUri = dataUriOf(resource, "customContent");
  const mediaType = dataUri === null ? null : mediaTypeOf(dataUri);
  return dataUri === null || mediaType === null ? null : { mediaType, dataUri };
}

/** Null for what is no `data:` URI; without a media type it is plain text. Reference: RFC 2397. */
function mediaTypeOf(dataUri: string): string | null {
  const match = /^\s*data:([^;,]*)[^,]*,/i.exec(dataUri);
  return match && (safeLine(match[1] ?? "").toLowerCase() || "text/plain");
}

/** Told by its properties: an answer to a GET need not name its kind. */
function readMeeting(resource: Resource): MeetingDetails | null {
  const sent = listOf(resource, "availableModalities").map((one) => one.toLowerCase());
  const uri = lineOf(resource, "onlineMeetingUri");
  const modalities = MODALITIES.filter((modality) => sent.includes(modality.toLowerCase()));
  const anonymousDisplayName = lineOf(resource, "anonymousDisplayName");
  if (uri === null && modalities.length === 0 && anonymousDisplayName === null) return null;
  return { uri, modalities, anonymousDisplayName };
}

/** Operation links count only on the application's own origin; the others are identities and stay as they are. */
function readInvitationLinks(resource: Resource, from: Resource | null): InvitationLinks {
  const href = (rel: string) => linkOf(resource, rel)?.href ?? null;
  return {
    accept: ownHref(resource, "accept"),
    decline: ownHref(resource, "decline"),
    cancel: ownHref(resource, "cancel"),
    conversation: href("conversation"),
    messaging: href("messaging"),
    phoneAudio: href("phoneAudio"),
    audioVideo: href("audioVideo"),
    participant: href("participant"),
    from: href("from") ?? (from && linkOf(from, "self")?.href) ?? null,
    caller: (from && linkOf(from, "contact")?.href) ?? null,
    to: href("to"),
    onBehalfOf: href("onBehalfOf"),
    delegator: href("delegator"),
    forwardedBy: href("forwardedBy"),
    transferredBy: href("transferredBy"),
    acceptedByContact: href("acceptedByContact"),
    derivedConversation: href("derivedConversation"),
    derivedMessaging: href("derivedMessaging"),
    derivedPhoneAudio: href("derivedPhoneAudio"),
    derivedAudioVideo: href("derivedAudioVideo"),
    replacesPhoneAudio: href("replacesPhoneAudio"),
    replacesAudioVideo: href("replacesAudioVideo"),
  };
}

/** Embedded as one or as several; where nobody is embedded the link's title may name somebody. */
function readPeople(resource: Resource, rel: string): readonly Person[] {
  const embedded = resource.embedded.get(rel);
  const people = embedded?.map((person) => readPerson(person, null)).filter((person) => person !== null);
  if (people && people.length > 0) return people;
  const linked = resource.links.get(rel)?.map((link) => readPerson(null, link));
  return linked?.filter((person) => person !== null) ?? [];
}

/** Who a participant or contact is, from its representation or, where there is none, from the link to it; null for nobody. */
export function readPerson(resource: Resource | null, link: Link | null): Person | null {
  const name = safeLine((resource && textOf(resource, "name")) || link?.title || "");
  const uri = safeLine((resource && textOf(resource, "uri")) ?? "");
  const anonymous = resource !== null && isTrue(resource, "anonymous");
  if (name === "" && uri === "" && !anonymous) return null;
  const network = (resource && oneOf(NETWORKS, textOf(resource, "sourceNetwork"))) ?? "Unknown";
  return { name, uri, network, anonymous };
}

/** A contact as one line for people, a name before an address: embedded, as the link's title, or as a property. */
function readContact(resource: Resource, rel: string): string | null {
  const embedded = embeddedOf(resource, rel);
  return (
    (embedded && lineOf(embedded, "name")) ??
    shownLine(linkOf(resource, rel)?.title ?? null) ??
    lineOf(resource, rel) ??
    (embedded && lineOf(embedded, "uri"))
  );
}

/** A property as one line; null when it is missing or blank. */
function lineOf(resource: Resource, name: string): string | null {
  return shownLine(textOf(resource, name));
}

function shownLine(text: string | null): string | null {
  // Most of what could be there is not, and this is on the way to the ringing.
  if (text === null) return null;
  const line = safeLine(text);
  return line === "" ? null : line;
}
