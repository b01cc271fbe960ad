import { isDeepStrictEqual } from "node:util";

import type {
  InvitationSnapshot,
  Person,
  WireInvitationState,
} from "../../ucwa/resources/wire-invitation.ts";
import type { Named } from "../invitation.ts";
import type { Details, Entry } from "./entry.ts";

/** Whether the server lets us answer: at least one of the two links is there. */
export function hasAnswerLink(entry: Entry): boolean {
  return entry.links.accept !== null || entry.links.decline !== null;
}

/**
 * Takes over what a representation says. The newest one replaces links and state: a missing link means "not any
 * more". One that is older than what is known (a replayed `started`, a late answer to a GET) only fills gaps.
 */
export function learn(before: Entry, snapshot: InvitationSnapshot, age: "newest" | "older"): Entry {
  const entry = (snapshot.from?.name ?? "") === "" ? before : withoutGuess(before);
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
  // That a final representation has no answer links says nothing about who answered.
  const withdrawn =
    !isFinal(next.wireState) && !hasAnswerLink(next) && (entry.linksWithdrawn || hasAnswerLink(entry));
  return { ...next, linksWithdrawn: withdrawn };
}

/** `Connected` is not among them: with its answer links it can still be answered. */
export function isFinal(state: WireInvitationState | null): boolean {
  return state === "Failed" || state === "Declined" || state === "Cancelled" || state === "Forwarded";
}

/**
 * Names the caller after a participant of the conversation, if the invitation did not bring the name: after the one whose
 * href it names as `from`, or else after the only other one there is, if that may be the one, until a better word comes.
 */
export function nameFromRemotes(entry: Entry, remotes: ReadonlyMap<string, string>): Entry {
  const { from } = entry.links;
  const exact = from === null ? undefined : remotes.get(from);
  if (exact !== undefined) return identifyCaller(entry, { ...NOBODY, name: exact });
  const [only] = remotes.size === 1 ? remotes : [];
  // In a meeting any participant may be the one who was named.
  if (only === undefined || !isCallerUnnamed(entry) || entry.details.kind === "onlineMeeting") return entry;
  const [href, name] = only;
  if (from !== null && personIn(from) !== personIn(href)) return entry;
  return { ...withCaller(entry, { ...NOBODY, name }), callerGuessed: true };
}

/** What tells participants apart in their hrefs. The reference's recording shows those of one person in two domains and cases. */
function personIn(href: string): string | undefined {
  return href
    .slice(href.lastIndexOf("/") + 1)
    .toLowerCase()
    .split(/@|%40/, 1)[0];
}

/** The caller is this person; what the invitation itself has said of them stays. */
export function identifyCaller(entry: Entry, person: Person): Entry {
  if (entry.details.direction !== "incoming") return entry;
  const known = person.name === "" ? entry : withoutGuess(entry);
  return withCaller(known, person);
}

/** The one that we invite is this person; what is known already stays. Reference: to. */
export function identifyCallee(entry: Entry, person: Named): Entry {
  if (entry.details.direction !== "outgoing") return entry;
  const { name, uri } = person;
  const callee = mergeNamed({ name, uri }, entry.details.callee);
  const same = isDeepStrictEqual(callee, entry.details.callee);
  return same ? entry : { ...entry, details: { ...entry.details, callee } };
}

/** The contact that we invite, where its name or its address is still to be asked for. */
export function unknownCallee({ links, details: { callee, direction } }: Entry): string | null {
  const isKnown = callee !== null && callee.name !== "" && callee.uri !== "";
  return direction === "outgoing" && !isKnown ? links.to : null;
}

function mergeNamed(older: Named | null, newer: Named | null): Named | null {
  if (older === null || newer === null) return newer ?? older;
  return { name: newer.name || older.name, uri: newer.uri || older.uri };
}

/** The server tells either a name or an address. */
function named(text: string): Named {
  return isAddress(text) ? { name: "", uri: text } : { name: text, uri: "" };
}

function withCaller(entry: Entry, person: Person): Entry {
  const from = mergePerson(person, entry.details.from);
  const same = isDeepStrictEqual(from, entry.details.from);
  return same ? entry : { ...entry, details: { ...entry.details, from } };
}

function withoutGuess(entry: Entry): Entry {
  if (!entry.callerGuessed) return entry;
  const from = { ...entry.details.from, name: "" };
  return { ...entry, callerGuessed: false, details: { ...entry.details, from } };
}

function isCallerUnnamed({ details: { from, direction } }: Entry): boolean {
  return from.name === "" && direction === "incoming";
}

const NOBODY: Person = { name: "", uri: "", network: "Unknown", anonymous: false };

/** Names of contacts that the representation only linked to, as a GET told them. */
export function nameContact(entry: Entry, href: string, name: string): Entry {
  let { details } = entry;
  for (const role of ROLES)
    if (entry.links[role] === href && isUnnamed(details[role])) details = { ...details, [role]: name };
  const named = details === entry.details ? entry : { ...entry, details };
  const isCaller = entry.links.caller === href && (isCallerUnnamed(entry) || entry.callerGuessed);
  return isCaller ? identifyCaller(named, { ...NOBODY, name }) : named;
}

/** The contacts of a live invitation whose names a surface would show and nobody has told yet. */
export function unnamedContacts({ links, details, callerGuessed }: Entry): readonly string[] {
  const unnamed: string[] = [];
  for (const role of ROLES) {
    const href = links[role];
    if (href !== null && isUnnamed(details[role])) unnamed.push(href);
  }
  if (links.caller !== null && isUnsure(details.from, callerGuessed)) unnamed.push(links.caller);
  return unnamed;
}

/** The participant that calls, where nobody has told yet who that is; a GET of it tells the address, too. */
export function unknownCaller({ links, details: { from, direction }, callerGuessed }: Entry): string | null {
  const isKnown = from.anonymous || (from.name !== "" && !callerGuessed && from.uri !== "");
  return direction === "incoming" && !isKnown ? links.from : null;
}

function isUnsure(from: Person, guessed: boolean): boolean {
  return (from.name === "" || guessed) && !from.anonymous;
}

const ROLES = ["onBehalfOf", "delegator", "forwardedBy", "transferredBy"] as const;

function isUnnamed(person: string | null): boolean {
  return person === null || isAddress(person);
}

function isAddress(text: string): boolean {
  return /^(?:sips?|tel):/i.test(text);
}

function detailsOf(entry: Entry, snapshot: InvitationSnapshot): Details {
  const [taker] = snapshot.acceptedBy;
  const direction = directionOf(entry, snapshot);
  return {
    kind: snapshot.kind,
    direction,
    from: snapshot.from ?? entry.details.from,
    to: snapshot.to,
    callee: direction === "outgoing" && snapshot.to !== null ? named(snapshot.to) : null,
    onBehalfOf: snapshot.onBehalfOf,
    delegator: snapshot.delegator,
    forwardedBy: snapshot.forwardedBy,
    transferredBy: snapshot.transferredBy,
    subject: snapshot.subject,
    message: snapshot.message,
    otherMessageType: snapshot.otherMessageType,
    customContentType: snapshot.customContent?.mediaType ?? null,
    importance: snapshot.importance,
    threadId: snapshot.threadId,
    operationId: snapshot.operationId,
    acceptedBy: taker ? { name: taker.name, uri: taker.uri } : null,
    privateLine: snapshot.privateLine,
    phoneNumber: snapshot.phoneNumber,
    meeting: snapshot.meeting,
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
    callee: mergeNamed(older.callee, newer.callee),
    onBehalfOf: mergeContact(older.onBehalfOf, newer.onBehalfOf),
    delegator: mergeContact(older.delegator, newer.delegator),
    forwardedBy: mergeContact(older.forwardedBy, newer.forwardedBy),
    transferredBy: mergeContact(older.transferredBy, newer.transferredBy),
    subject: newer.subject === "" ? older.subject : newer.subject,
    message: newer.message ?? older.message,
    otherMessageType: newer.otherMessageType ?? older.otherMessageType,
    customContentType: newer.customContentType ?? older.customContentType,
    // A representation without importance reads as Normal, and an urgent call does not calm down.
    importance: newer.importance === "Normal" ? older.importance : newer.importance,
    threadId: newer.threadId ?? older.threadId,
    operationId: newer.operationId ?? older.operationId,
    acceptedBy: newer.acceptedBy ?? older.acceptedBy,
    privateLine: newer.privateLine || older.privateLine,
    phoneNumber: newer.phoneNumber ?? older.phoneNumber,
    meeting: newer.meeting ?? older.meeting,
  };
}

/** A name that is known is not taken back for an address. */
function mergeContact(older: string | null, newer: string | null): string | null {
  if (newer === null || isAddress(newer)) return older ?? newer;
  return newer;
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
