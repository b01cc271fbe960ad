import type { InvitationSnapshot, Person, WireInvitationState } from "../ucwa/invitation.ts";
import type { Details, Entry } from "./entry.ts";

/** Whether the server lets us answer: at least one of the two links is there. */
export function hasAnswerLink(entry: Entry): boolean {
  return entry.links.accept !== null || entry.links.decline !== null;
}

/**
 * Takes over what a representation says. The newest one replaces links and state: a missing link means "not any
 * more". One that is older than what is known (a replayed `started`, a late answer to a GET) only fills gaps.
 */
export function learn(entry: Entry, snapshot: InvitationSnapshot, age: "newest" | "older"): Entry {
  const said = detailsOf(entry, snapshot);
  if (entry.described && age === "older") return { ...entry, details: merge(said, entry.details) };
  const conversation = snapshot.links.conversation ?? entry.links.conversation;
  const next: Entry = {
    ...entry,
    described: true,
    details: merge(entry.details, said),
    links: { ...snapshot.links, conversation },
    wireState: snapshot.state ?? entry.wireState,
  };
  const incoming = next.details.direction === "incoming";
  // That a final representation has no answer links says nothing about who answered.
  const withdrawn =
    incoming &&
    !isFinal(next.wireState) &&
    !hasAnswerLink(next) &&
    (entry.linksWithdrawn || hasAnswerLink(entry));
  return { ...next, linksWithdrawn: withdrawn };
}

/** `Connected` is not among them: with its answer links it can still be answered. */
export function isFinal(state: WireInvitationState | null): boolean {
  return state === "Failed" || state === "Declined" || state === "Cancelled" || state === "Forwarded";
}

/** Fills in the caller's name from elsewhere, if the invitation did not bring it. */
export function nameCaller(entry: Entry, name: string): Entry {
  const { from, direction, kind } = entry.details;
  // In a meeting any participant may be the one who was named.
  if (from.name !== "" || direction !== "incoming" || kind === "onlineMeeting") return entry;
  return { ...entry, details: { ...entry.details, from: { ...from, name } } };
}

function detailsOf(entry: Entry, snapshot: InvitationSnapshot): Details {
  return {
    kind: snapshot.kind,
    direction: directionOf(entry, snapshot),
    from: snapshot.from ?? entry.details.from,
    to: snapshot.to,
    onBehalfOf: snapshot.onBehalfOf,
    subject: snapshot.subject,
    message: snapshot.message,
    importance: snapshot.importance,
    threadId: snapshot.threadId,
    operationId: snapshot.operationId,
    acceptedBy: snapshot.acceptedBy && { name: snapshot.acceptedBy.name, uri: snapshot.acceptedBy.uri },
  };
}

function directionOf(entry: Entry, snapshot: InvitationSnapshot): Details["direction"] {
  if (entry.described) return entry.details.direction;
  if (snapshot.direction !== null) return snapshot.direction === "Incoming" ? "incoming" : "outgoing";
  const { accept, decline, cancel } = snapshot.links;
  if (accept !== null || decline !== null) return "incoming";
  return cancel === null ? entry.details.direction : "outgoing";
}

function merge(older: Details, newer: Details): Details {
  return {
    kind: newer.kind === "other" ? older.kind : newer.kind,
    direction: newer.direction,
    from: mergePerson(older.from, newer.from),
    to: newer.to ?? older.to,
    onBehalfOf: newer.onBehalfOf ?? older.onBehalfOf,
    subject: newer.subject === "" ? older.subject : newer.subject,
    message: newer.message ?? older.message,
    // A representation without importance reads as Normal, and an urgent call does not calm down.
    importance: newer.importance === "Normal" ? older.importance : newer.importance,
    threadId: newer.threadId ?? older.threadId,
    operationId: newer.operationId ?? older.operationId,
    acceptedBy: newer.acceptedBy ?? older.acceptedBy,
  };
}

/** A bare link says nothing of the network nor of anonymity, so these two hold only beside an address. */
function mergePerson(older: Person, newer: Person): Person {
  const described = newer.network !== "Unknown" || newer.anonymous;
  return {
    name: newer.name === "" ? older.name : newer.name,
    uri: newer.uri === "" ? older.uri : newer.uri,
    network: newer.network === "Unknown" ? older.network : newer.network,
    anonymous: described ? newer.anonymous : older.anonymous,
  };
}
