import type { Conversation } from "../conversations.ts";
import type { Invitation } from "../invitation.ts";
import { dutyOf } from "./duty.ts";
import type { Duty } from "./duty.ts";
import type { Entry, InvitationKey } from "./entry.ts";

type MapName = "live" | "ended" | "conversations";

/** Every invitation of this run that matters still, and what they have in common. */
export interface Inbox {
  /** In the order of their coming. */
  readonly live: ReadonlyMap<string, Entry>;
  /**
   * In the order of their ending. They stay for a while, so that a replay does not ring again; apart from the others,
   * because there are a thousand of them, and what rings must not wait until they are gone through.
   */
  readonly ended: ReadonlyMap<string, Entry>;
  /** The last of them that surfaces show, in the order of their ending. */
  readonly endedShown: readonly Entry[];
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly endedGenerations: ReadonlySet<number>;
  readonly invitationsMade: number;
  readonly conversationsMade: number;
  /** Which of its maps are changed and not copied: see `unshared`. */
  readonly inPlace: ReadonlySet<MapName>;
}

export const EMPTY_INBOX: Inbox = {
  live: new Map(),
  ended: new Map(),
  endedShown: [],
  conversations: new Map(),
  endedGenerations: new Set(),
  invitationsMade: 0,
  conversationsMade: 0,
  inPlace: new Set(),
};

/** How many ended invitations surfaces are shown. */
export const ENDED_SHOWN = 50;

/** What surfaces see, in the order of their coming: all that are alive, and the last ended ones. */
export function visibleInvitations({ live, endedShown }: Inbox): readonly Invitation[] {
  const visible: Invitation[] = [];
  const show = ({ shown }: Entry): void => void (shown !== null && visible.push(shown));
  // The live ones are in order already, and there may be many.
  const ended = endedShown.toSorted((one, other) => other.number - one.number);
  const showEndedBefore = (number: number): void => {
    for (let last = ended.at(-1); last && last.number < number; last = ended.at(-1)) {
      ended.pop();
      show(last);
    }
  };
  for (const entry of live.values()) {
    showEndedBefore(entry.number);
    show(entry);
  }
  showEndedBefore(Number.POSITIVE_INFINITY);
  return visible;
}

export function findById({ live, ended }: Inbox, id: string): Entry | null {
  for (const entry of live.values()) if (entry.id === id) return entry;
  for (const entry of ended.values()) if (entry.id === id) return entry;
  return null;
}

export function findByKey({ live, ended }: Inbox, key: InvitationKey): Entry | null {
  return live.get(keyOf(key)) ?? ended.get(keyOf(key)) ?? null;
}

/** The next thing that has to be done for any invitation. */
export function nextDuty(inbox: Inbox): { readonly duty: Duty; readonly of: InvitationKey } | null {
  let next: { readonly duty: Duty; readonly of: InvitationKey } | null = null;
  for (const entry of inbox.live.values()) {
    const duty = dutyOf(entry);
    if (duty && (!next || duty.at < next.duty.at)) next = { duty, of: entry };
  }
  return next;
}

/** Under which an invitation or a conversation stands in the maps. */
export function keyOf(key: InvitationKey): string {
  return `${key.generation} ${key.href}`;
}

/**
 * The same for the length of one package, in which maps that nobody else has seen are changed in place: a package costs as
 * much as its events, and not as much as their square.
 */
export function unshared(inbox: Inbox): Inbox {
  // Most packages end nothing and change no conversation: those are copied by the first change.
  return { ...inbox, live: new Map(inbox.live), inPlace: new Set<MapName>(["live"]) };
}

/** From here on it is as unchangeable as any other. */
export function shared(inbox: Inbox): Inbox {
  return { ...inbox, inPlace: EMPTY_INBOX.inPlace };
}

/** The map of this name, as one that may be changed. */
export function own<T>({ inPlace }: Inbox, name: MapName, map: ReadonlyMap<string, T>): Map<string, T> {
  return inPlace.has(name) && map instanceof Map ? map : new Map(map);
}

/** Within a package, a map that was copied is changed in place from then on. */
export function withOwn(inbox: Inbox, name: MapName): Inbox {
  if (inbox.inPlace.size === 0 || inbox.inPlace.has(name)) return inbox;
  return { ...inbox, inPlace: new Set(inbox.inPlace).add(name) };
}
