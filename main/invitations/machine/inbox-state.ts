import type { Conversation } from "../conversations.ts";
import type { Invitation } from "../invitation.ts";
import type { Entry, InvitationKey } from "./entry.ts";
import type { OwnCall } from "./inbox-event.ts";

/** Every invitation of this run that matters still, and what they have in common. */
export interface Inbox {
  /** In the order of their coming. */
  readonly live: ReadonlyMap<string, Entry>;
  /**
   * In the order of their ending. They stay for a while, so that a replay does not ring again; apart from the others,
   * because there are a thousand of them, and what rings must not wait until they are gone through.
   */
  readonly ended: ReadonlyMap<string, Entry>;
  /** Those that surfaces show, in the order of their ending: the last of them, and all whose end they have not seen yet. */
  readonly endedShown: readonly Entry[];
  /** Each form that a live one has taken since surfaces were told last: see `changedInvitations`. */
  readonly changed: readonly Entry[];
  /** How many of them have ended since surfaces were told last. */
  readonly unseenEnds: number;
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** What we have asked for lately, by its operation id. */
  readonly callsSent: ReadonlyMap<string, OwnCall>;
  /** This generation of the session is over, and so is every one before it. */
  readonly endedGeneration: number;
  readonly invitationsMade: number;
  readonly conversationsMade: number;
  /** Whether its maps are changed and not copied: see `unshared`. */
  readonly inPlace: boolean;
}

export const EMPTY_INBOX: Inbox = {
  live: new Map(),
  ended: new Map(),
  endedShown: [],
  changed: [],
  unseenEnds: 0,
  conversations: new Map(),
  callsSent: new Map(),
  endedGeneration: 0,
  invitationsMade: 0,
  conversationsMade: 0,
  inPlace: false,
};

/** How many ended invitations surfaces are shown once they have seen their end. */
export const ENDED_SHOWN = 50;

/** Those that have come or changed since surfaces were told last, as they are now. Among thousands they are few. */
export function changedInvitations(inbox: Inbox): readonly Entry[] {
  if (lastChanged.inbox === inbox) return lastChanged.entries;
  const entries = inbox.changed.filter((entry) => inbox.live.get(keyOf(entry)) === entry);
  lastChanged = { inbox, entries };
  return entries;
}

/** Several ask, one after the other. */
let lastChanged: { readonly inbox: Inbox | null; readonly entries: readonly Entry[] } = {
  inbox: null,
  entries: [],
};

/** The same after surfaces were told of it. */
export function seen(inbox: Inbox): Inbox {
  const { endedShown } = inbox;
  return {
    ...inbox,
    endedShown: endedShown.length > ENDED_SHOWN ? endedShown.slice(-ENDED_SHOWN) : endedShown,
    changed: [],
    unseenEnds: 0,
  };
}

/** What surfaces see, in the order of their coming: all that are alive, and the last ended ones. */
export function visibleInvitations({ live, endedShown }: Inbox): readonly Invitation[] {
  const visible: Invitation[] = [];
  const show = ({ shown }: Entry): void => void (shown !== null && visible.push(shown));
  // The live ones are in order already, and there may be many.
  const ended = endedShown.toSorted((one, other) => one.number - other.number);
  let next = 0;
  for (const entry of live.values()) {
    for (let one = ended[next]; one && one.number < entry.number; one = ended[++next]) show(one);
    show(entry);
  }
  for (const one of ended.slice(next)) show(one);
  return visible;
}

export function findById({ live, ended }: Inbox, id: string): Entry | null {
  for (const entry of live.values()) if (entry.id === id) return entry;
  for (const entry of ended.values()) if (entry.id === id) return entry;
  return null;
}

export function findByKey({ live, ended }: Inbox, key: InvitationKey): Entry | null {
  const name = keyOf(key);
  return live.get(name) ?? ended.get(name) ?? null;
}

/** An invitation of our own, by the operation id that we gave it. Reference: OperationResource. */
export function findByOperation(
  { live, ended }: Inbox,
  generation: number,
  operationId: string,
): Entry | null {
  for (const entries of [live, ended])
    for (const entry of entries.values()) {
      const { details } = entry;
      if (details.operationId !== operationId || details.direction !== "outgoing") continue;
      if (entry.generation === generation) return entry;
    }
  return null;
}

/** Under which an invitation or a conversation stands in the maps. */
export function keyOf({ generation, href }: InvitationKey): string {
  if (href !== last.href || generation !== last.generation)
    last = { generation, href, key: `${generation} ${href}` };
  return last.key;
}

/** One event asks for the same key many times, and to look up a text that was put together anew costs as much as the rest. */
let last = { generation: 0, href: "", key: "0 " };

/**
 * The same with maps of its own, which are changed in place from here on: an event costs as much as what it changes, and
 * not as much as all that is alive. What follows from it is for one owner, and holds until the next event.
 */
export function unshared(inbox: Inbox): Inbox {
  const { live, ended, conversations } = inbox;
  return {
    ...inbox,
    live: new Map(live),
    ended: new Map(ended),
    conversations: new Map(conversations),
    changed: [...inbox.changed],
    inPlace: true,
  };
}

/** The inbox with an entry that is alive, and is another now. */
export function withLive(inbox: Inbox, key: string, entry: Entry): Inbox {
  const { live, changed, inPlace } = inbox;
  const list = inPlace && Array.isArray(changed) ? changed : [...changed];
  // A new one is made, and then changed by the event that it was made for.
  if (list.length > 0 && list.at(-1) === live.get(key)) list[list.length - 1] = entry;
  else list.push(entry);
  return { ...inbox, live: own(inbox, live).set(key, entry), changed: list };
}

/** A map of this inbox, as one that may be changed. */
export function own<T>({ inPlace }: Inbox, map: ReadonlyMap<string, T>): Map<string, T> {
  return inPlace && map instanceof Map ? map : new Map(map);
}
