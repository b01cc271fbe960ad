import { texts } from "../../../locales/texts.ts";
import type { MessageSnapshot } from "../../ucwa/resources/read-message.ts";
import type { UcwaReason } from "../../ucwa/resources/resource.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import { inView, MOST_MESSAGES } from "./talk.ts";
import type { Opening, SaidMessage, Talk } from "./talk.ts";

/** The messages of a conversation, in their order, each once. Reference: message, sendMessage. */

/** The first message of an invitation is the first of what is said. */
export function withOpening(talk: Talk, opening: Opening): Talk {
  const { message, direction, operationId } = opening;
  if (message === null || message.text === "" || opening.stage === "open") return talk;
  if (talk.messages.some(({ opening: first }) => first)) return talk;
  // The conversation may have told of it before the invitation was read.
  if (talk.messages.some(({ text }) => text !== null && sameText(text.text, message.text))) return talk;
  const said: Omit<SaidMessage, "id"> = {
    direction,
    text: message,
    sentAt: opening.at,
    state: direction === "incoming" ? "received" : "sent",
    problem: null,
    href: null,
    operations: direction === "outgoing" && operationId !== null ? [operationId] : [],
    taken: true,
    participant: null,
    name: opening.partner.name,
    opening: true,
    seen: false,
  };
  return added(talk, said, "first");
}

/** What the event channel, or a GET, says of one message. */
export function messageSeen(
  talk: Talk,
  href: string,
  snapshot: MessageSnapshot | null,
  { status, reason }: { status: "Success" | "Failure" | null; reason: UcwaReason | null },
  at: number,
): Talk {
  const known = knownMessage(talk, href, snapshot);
  // Known by its link only, it was taken for somebody else's: it is one of ours by its operation, or nothing to show.
  if (known && snapshot && known.direction === "incoming" && known.text === null && isOurs(snapshot)) {
    const others = { ...talk, messages: talk.messages.filter((message) => message !== known) };
    return messageSeen(others, href, snapshot, { status, reason }, at);
  }
  if (known) {
    const next = told(known, href, snapshot, status, reason);
    const echo = next.opening || next.text === null ? null : openingOf(talk, next);
    // It was known by its link only, and turns out to be what the invitation said.
    if (echo !== null && !known.opening) {
      const merged = { ...echo, href, sentAt: next.sentAt, participant: next.participant };
      return {
        ...talk,
        messages: talk.messages.filter((one) => one !== known).map((one) => (one === echo ? merged : one)),
      };
    }
    return next === known ? talk : replaced(talk, known, next);
  }
  const isOutgoing = snapshot !== null && isOurs(snapshot);
  const said: Omit<SaidMessage, "id"> = {
    direction: isOutgoing ? "outgoing" : "incoming",
    text: textOf(snapshot),
    sentAt: snapshot?.sentAt ?? at,
    state: isOutgoing ? "sent" : "received",
    problem: problemOf(snapshot),
    href,
    operations: isOutgoing && snapshot.operationId !== null ? [snapshot.operationId] : [],
    taken: true,
    participant: snapshot?.participant?.href ?? null,
    name: snapshot?.participant?.name ?? "",
    opening: false,
    seen: false,
  };
  const echo = openingOf(talk, said);
  if (echo === null) {
    // Sent from elsewhere in the person's name, and without its text: there is nothing to show.
    if (isOutgoing && snapshot.text === null) return talk;
    return added(talk, said);
  }
  const { sentAt, participant } = said;
  return replaced(talk, echo, { ...echo, href, sentAt, participant });
}

/** A GET has not brought it, and will not. */
export function messageLost(talk: Talk, href: string): Talk {
  const known = talk.messages.find((message) => message.href === href && message.text === null);
  const problem = texts.conversations.messages.notLoaded;
  return known ? replaced(talk, known, { ...known, problem }) : talk;
}

export function said(talk: Talk, text: string, operationId: string, at: number): Talk {
  return added(talk, { ...OWN, text: { text, format: "plain" }, sentAt: at, operations: [operationId] });
}

const OWN = {
  direction: "outgoing",
  state: "sending",
  problem: null,
  href: null,
  taken: false,
  participant: null,
  name: "",
  opening: false,
  seen: true,
} as const;

/** All that is in view has been seen. */
export function seen(talk: Talk): Talk {
  const inSight = new Set(inView(talk).filter((message) => !message.seen));
  if (inSight.size === 0) return talk;
  const messages = talk.messages.map((message) =>
    inSight.has(message) ? { ...message, seen: true } : message,
  );
  return { ...talk, messages };
}

/** What failed is said now, and so after everything that was said meanwhile. */
export function saidAgain(talk: Talk, id: string, operationId: string, at: number): Talk {
  const failed = talk.messages.find((message) => message.id === id);
  if (failed?.state !== "failed") return talk;
  const { operations } = failed;
  const again = { ...failed, ...OWN, sentAt: at, operations: [...operations, operationId] };
  return { ...talk, messages: [...talk.messages.filter((one) => one !== failed), again] };
}

/** What became of one of ours, as far as the answer to the POST tells. */
export function sent(
  talk: Talk,
  operationId: string,
  change: (message: SaidMessage) => Partial<SaidMessage>,
): Talk {
  const ours = talk.messages.find(({ operations }) => operations.includes(operationId));
  if (ours?.state !== "sending") return talk;
  return replaced(talk, ours, { ...ours, ...change(ours) });
}

/** Nothing more becomes of what is still on its way. */
export function abandoned(talk: Talk, problem: string): Talk {
  if (!talk.messages.some(({ state }) => state === "sending")) return talk;
  const messages = talk.messages.map((message): SaidMessage => {
    if (message.state !== "sending") return message;
    return message.taken ? { ...message, state: "sent" } : { ...message, state: "failed", problem };
  });
  return { ...talk, messages };
}

function knownMessage(talk: Talk, href: string, snapshot: MessageSnapshot | null): SaidMessage | undefined {
  const { messages } = talk;
  const byAddress = messages.find((message) => message.href === href);
  if (byAddress || snapshot === null || !isOurs(snapshot)) return byAddress;
  const { operationId } = snapshot;
  if (operationId !== null) return messages.find(({ operations }) => operations.includes(operationId));
  // As recorded, a server need not say which operation it was: one at a time is under way.
  return messages.find(({ state, taken }) => state === "sending" && !taken);
}

/** One that is known, with what has been told of it. */
function told(
  known: SaidMessage,
  href: string,
  snapshot: MessageSnapshot | null,
  status: "Success" | "Failure" | null,
  reason: UcwaReason | null,
): SaidMessage {
  const base: SaidMessage = {
    ...known,
    href,
    sentAt: snapshot?.sentAt ?? known.sentAt,
    participant: snapshot?.participant?.href ?? known.participant,
    name: snapshot?.participant?.name || known.name,
  };
  if (known.direction === "incoming") {
    if (known.text !== null || snapshot === null)
      return { ...base, sentAt: known.text ? known.sentAt : base.sentAt };
    return { ...base, text: textOf(snapshot), problem: problemOf(snapshot) };
  }
  const failed = status === "Failure";
  const state = failed
    ? "failed"
    : status === "Success"
      ? "sent"
      : known.state === "failed"
        ? "sending"
        : known.state;
  return { ...base, taken: true, state, problem: failed ? problemOfDelivery(reason) : null };
}

function problemOfDelivery(reason: UcwaReason | null): string {
  const { notDelivered, notDeliveredBecause } = texts.conversations.messages;
  const why = safeLine(reason?.message ?? "");
  return why === "" ? notDelivered : notDeliveredBecause(why);
}

/** The message of the invitation, where this is the first that is said after it, and says the same. */
function openingOf(talk: Talk, { direction, text, href }: Omit<SaidMessage, "id">): SaidMessage | null {
  const [first, ...later] = talk.messages;
  if (!first?.opening || first.href !== null || first.direction !== direction) return null;
  if (text === null || first.text === null || !sameText(text.text, first.text.text)) return null;
  const between = later.filter((message) => message.direction === direction);
  const at = between.findIndex((message) => message.href === href);
  return (at < 0 ? between.length : at) === 0 ? first : null;
}

/** The invitation may bring as HTML what the message brings as plain text. */
function sameText(one: string, other: string): boolean {
  const words = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
  return words(one) === words(other);
}

function isOurs({ direction, participant }: MessageSnapshot): boolean {
  return direction === "Outgoing" || (direction === null && participant === null);
}

/** Of one that was read: what has no text is shown as something that cannot be. */
function textOf(snapshot: MessageSnapshot | null): SaidMessage["text"] {
  if (snapshot === null) return null;
  return snapshot.text ?? (isOurs(snapshot) ? null : { text: "", format: "plain" });
}

function problemOf(snapshot: MessageSnapshot | null): string | null {
  const { notText } = texts.conversations.messages;
  return snapshot !== null && !snapshot.text?.text && !isOurs(snapshot) ? notText : null;
}

function added(talk: Talk, message: Omit<SaidMessage, "id">, place: "first" | "last" = "last"): Talk {
  const made = talk.messagesMade + 1;
  const one: SaidMessage = { ...message, id: `m${talk.number}.${made}` };
  const messages = place === "first" ? [one, ...talk.messages] : [...talk.messages, one];
  return { ...talk, messages: messages.slice(-MOST_MESSAGES), messagesMade: made };
}

function replaced(talk: Talk, before: SaidMessage, after: SaidMessage): Talk {
  return { ...talk, messages: talk.messages.map((message) => (message === before ? after : message)) };
}
