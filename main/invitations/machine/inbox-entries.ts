import type { OnImpossible } from "../../platform/transition-table.ts";
import { forgetOldest, isEstablished } from "../conversations.ts";
import type { Conversation } from "../conversations.ts";
import { conversationOf, isLive, newEntry, present } from "./entry.ts";
import type { Entry, InvitationKey } from "./entry.ts";
import type { InboxEvent, InvitationWord, OwnCall } from "./inbox-event.ts";
import { ENDED_SHOWN, findById, findByKey, findByOperation, keyOf, own, withLive } from "./inbox-state.ts";
import type { Inbox } from "./inbox-state.ts";
import { identifyCallee, nameFromRemotes } from "./invitation-details.ts";
import { faultOfStep } from "./transitions.ts";

/** How many ended invitations are remembered against replays. */
export const ENDED_REMEMBERED = 1000;
/** More than a person can have under way. */
const MOST_CALLS_SENT = 20;

/** The inbox with an entry for what this word is about, a new one unless there is one already. */
export function known(inbox: Inbox, word: InvitationWord, at: number): Inbox {
  if (findByKey(inbox, word)) return inbox;
  const operationId = word.snapshot?.operationId ?? null;
  const ours = operationId === null ? null : findByOperation(inbox, word.generation, operationId);
  if (ours && isLive(ours) && ours.words === 0) return rekeyed(inbox, ours, word);
  const made = inbox.invitationsMade + 1;
  return { ...withLive(inbox, keyOf(word), newEntry(word, made, word.kind, at)), invitationsMade: made };
}

/**
 * One of our own that no event has told of, only its receipt and maybe a GET, goes by the link of its events from here
 * on.
 */
function rekeyed(inbox: Inbox, ours: Entry, { generation, href }: InvitationKey): Inbox {
  const { lookUps } = newEntry(ours, ours.number, ours.details.kind, ours.receivedAt);
  const entry: Entry = { ...ours, generation, href, lookUps };
  const all = [...inbox.live.values()].map((one) => (one === ours ? entry : one));
  const live = new Map(all.map((one) => [keyOf(one), one]));
  const next = withLive({ ...inbox, live }, keyOf(entry), entry);
  const conversation = conversationOf(ours);
  if (conversation === null) return next;
  const [joined] = withConversation(next, generation, conversation, (one) => ({
    ...one,
    invitations: new Set(one.invitations).add(keyOf(entry)),
  }));
  return joined;
}

/** The inbox with what an event tells of a conversation, and the conversation. */
export function withConversation(
  inbox: Inbox,
  generation: number,
  href: string,
  by: (conversation: Conversation) => Conversation,
): readonly [Inbox, Conversation] {
  const key = keyOf({ generation, href });
  const before = inbox.conversations.get(key);
  const made = inbox.conversationsMade + (before ? 0 : 1);
  const after = by(
    before ?? {
      id: `c${made}`,
      href,
      state: null,
      messaging: null,
      remotes: new Map(),
      invitations: new Set(),
    },
  );
  if (after === before) return [inbox, after];
  const conversations = own(inbox, inbox.conversations).set(key, after);
  forgetOldest(conversations, inbox.live);
  return [{ ...inbox, conversations, conversationsMade: made }, after];
}

/** An invitation of our own knows from its first word on whom it invites. */
function withOwnCallee(entry: Entry, { callsSent }: Inbox): Entry {
  const { operationId } = entry.details;
  const call = operationId === null ? undefined : callsSent.get(operationId);
  return call ? identifyCallee(entry, call.callee) : entry;
}

/** The inbox that knows of one more invitation of our own. */
export function withCallSent(inbox: Inbox, call: OwnCall): Inbox {
  const callsSent = new Map([...inbox.callsSent, [call.operationId, call] as const].slice(-MOST_CALLS_SENT));
  return { ...inbox, callsSent };
}

/** The messaging that tells which conversation it leads to, where it names that one by nothing else. Reference: messaging. */
export function messagingOf({ links }: Entry): string | null {
  return links.derivedMessaging ?? (links.conversation === null ? links.messaging : null);
}

/** The conversation that its messaging is in, as soon as it is known which that is. Reference: derivedMessaging. */
export function follow(entry: Entry, { conversations }: Inbox): Entry {
  const { derivedConversation } = entry.links;
  if (derivedConversation !== null) return { ...entry, movedTo: derivedConversation };
  const wanted = messagingOf(entry);
  if (wanted === null) return entry;
  for (const [key, { href, messaging }] of conversations)
    if (messaging === wanted && key === keyOf({ generation: entry.generation, href }))
      return { ...entry, movedTo: href };
  return entry;
}

/** An entry that has ended with this change. */
function ended(inbox: Inbox, key: string, entry: Entry): Inbox {
  const live = own(inbox, inbox.live);
  live.delete(key);
  const all = own(inbox, inbox.ended).set(key, entry);
  // The oldest ending stands first, and one ending at a time comes in.
  for (const oldest of all.keys()) {
    if (all.size <= ENDED_REMEMBERED) break;
    all.delete(oldest);
  }
  if (entry.shown === null) return { ...inbox, live, ended: all };
  const unseenEnds = inbox.unseenEnds + 1;
  const endedShown = [...inbox.endedShown, entry].slice(-Math.max(ENDED_SHOWN, unseenEnds));
  return { ...inbox, live, ended: all, endedShown, unseenEnds };
}

/** Keeps them for the user but not for the wire: their hrefs are dead and may be given out again. */
export function retired(entries: Inbox["ended"]): Inbox["ended"] {
  return new Map([...entries.values()].map((entry) => [`retired ${entry.id}`, entry]));
}

/** One event on its way through the inbox. */
export interface Step {
  readonly cause: InboxEvent["type"];
  readonly at: number;
  readonly onImpossible: OnImpossible;
}

/**
 * The inbox with what `by` makes of one invitation. A step that is not in `transitions.ts` changes nothing, and
 * `onImpossible` is told.
 */
export function change(step: Step, inbox: Inbox, key: InvitationKey, by: (entry: Entry) => Entry): Inbox {
  const before = findByKey(inbox, key);
  if (!before) return inbox;
  let next = inbox;
  let entry = by(before);
  if (entry === before) return inbox;
  const fault = faultOfStep(before, entry, step.cause);
  if (fault !== null) {
    step.onImpossible(fault);
    return inbox;
  }
  entry = withOwnCallee(entry, inbox);
  if (entry.movedTo === null) entry = follow(entry, inbox);
  const href = conversationOf(entry);
  const joins = href === conversationOf(before) ? null : href;
  if (joins !== null) {
    const [joined, { id, state, remotes }] = withConversation(
      inbox,
      entry.generation,
      joins,
      (conversation) => ({
        ...conversation,
        invitations: new Set(conversation.invitations).add(keyOf(key)),
      }),
    );
    next = joined;
    if (entry.conversation === null) {
      entry = { ...entry, conversation: id, inKnownConversation: isEstablished(state) };
    } else if (entry.movedTo !== null) entry = { ...entry, conversation: id };
    entry = nameFromRemotes(entry, remotes);
  }
  entry = present(entry);
  if (!isLive(entry)) return ended(next, keyOf(key), entry);
  return withLive(next, keyOf(key), entry);
}

/** The same of one that is alive. */
export function changeById(step: Step, inbox: Inbox, id: string, by: (entry: Entry) => Entry): Inbox {
  const entry = findById(inbox, id);
  return entry && isLive(entry) ? change(step, inbox, entry, by) : inbox;
}

/** The same of all that are alive and that `which` wants. */
export function changeWhere(
  step: Step,
  inbox: Inbox,
  which: (entry: Entry) => boolean,
  by: (entry: Entry) => Entry,
): Inbox {
  let next = inbox;
  for (const entry of inbox.live.values()) {
    if (which(entry)) next = change(step, next, entry, by);
  }
  return next;
}

/** The same of all that lead to this conversation. */
export function inConversation(
  step: Step,
  inbox: Inbox,
  generation: number,
  href: string,
  by: (entry: Entry) => Entry,
): Inbox {
  let next = inbox;
  for (const key of inbox.conversations.get(keyOf({ generation, href }))?.invitations ?? []) {
    const entry = next.live.get(key);
    // It may have moved on to another conversation since.
    if (entry && conversationOf(entry) === href) next = change(step, next, entry, by);
  }
  return next;
}
