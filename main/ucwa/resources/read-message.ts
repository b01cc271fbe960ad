import { readMessageText } from "./data-uri.ts";
import { linkOf, numberOf, oneOf, textOf } from "./read-resource.ts";
import type { Resource } from "./resource.ts";
import { safeLine } from "./safe-text.ts";
import type { MessageText } from "./wire-invitation.ts";

/** What one representation of a message says; null where it says nothing. Reference: message. */
export interface MessageSnapshot {
  readonly direction: "Incoming" | "Outgoing" | null;
  /** Epoch milliseconds. */
  readonly sentAt: number | null;
  readonly operationId: string | null;
  /** Null for one that brings no text that can be shown; those of ours bring none. */
  readonly text: MessageText | null;
  /** Who said it, by the address of the participant, with the name that stands on the link. */
  readonly participant: { readonly href: string; readonly name: string } | null;
  /** By this one the conversation is told, where the event does not name it. */
  readonly messaging: string | null;
}

/**
 * What a message says, event or GET alike. Of a text that came in two forms the plain one is taken, since what is shown is
 * plain. Never throws for odd values. Reference: message, PayloadFormat.
 */
export function readMessage(resource: Resource): MessageSnapshot {
  const participant = linkOf(resource, "participant");
  return {
    direction: oneOf(DIRECTIONS, textOf(resource, "direction")),
    sentAt: readTime(resource.properties["timeStamp"]),
    operationId: safeLine(textOf(resource, "operationId") ?? "") || null,
    text: textAt(resource, "plainMessage") ?? textAt(resource, "htmlMessage"),
    participant: participant && { href: participant.href, name: safeLine(participant.title ?? "") },
    messaging: linkOf(resource, "messaging")?.href ?? null,
  };
}

const DIRECTIONS = ["Incoming", "Outgoing"] as const;

/** The reference lists them as properties too. */
function textAt(resource: Resource, rel: string): MessageText | null {
  const uri = linkOf(resource, rel)?.href ?? textOf(resource, rel);
  return uri === null ? null : readMessageText(uri);
}

/** Epoch milliseconds of `/Date(ms)/` in JSON, ISO 8601 in XML; null for anything else. Reference: PayloadFormat. */
export function readTime(sent: unknown): number | null {
  if (typeof sent !== "string") return null;
  const ms = /^\s*\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/\s*$/.exec(sent)?.[1];
  const time = ms === undefined ? Date.parse(sent) : numberOf(ms);
  return time !== null && Number.isFinite(time) && Math.abs(time) <= LAST_TIME ? time : null;
}

/** The last that a date can name. */
const LAST_TIME = 8.64e15;
