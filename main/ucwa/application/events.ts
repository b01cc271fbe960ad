import type { ChannelEvent, EventLink, EventType } from "./channel-event.ts";
import type { HttpAnswer } from "../http/http.ts";
import { representationOf } from "../resources/representation.ts";
import { isInvitationRel } from "../resources/read-invitation.ts";
import { asList, isRecord, oneOf, readLink, readReason, readResource } from "../resources/read-resource.ts";

/** Where the channel goes from here: exactly one of them, or nothing when the server gave none that can be followed. */
export type Onward =
  | { readonly by: "next" | "resume" | "resync"; readonly href: string }
  | { readonly by: "nothing" };

/** One answer of the event channel. The next request leaves before `read` is called, which is where the time goes. */
export interface EventPackage {
  readonly onward: Onward;
  /** Whether it holds anything, readable or not. */
  readonly hasEvents: boolean;
  read(): ReadEvents;
}

export interface ReadEvents {
  /** In document order. */
  readonly events: readonly ChannelEvent[];
  /** Events that were stepped over: they could not be read, or were too many. */
  readonly unreadable: number;
}

/**
 * About invitations, in one package. No deployment has as many at a time, and every one costs each surface something:
 * tens of thousands would freeze the program for minutes. Those beyond are stepped over.
 */
const MAX_INVITATION_EVENTS = 2_000;

/** The package in an answer; null when it holds none, whatever it is instead. */
export function packageOf(answer: HttpAnswer, generation: number): EventPackage | null {
  return answer.status === 200 ? readPackage(representationOf(answer), answer.url, generation) : null;
}

/**
 * An answer of the event channel, given as `representationOf` does; null when it is no package at all. A link to another
 * origin is none: it would ask for the bearer there.
 * Reference: EventsInUCWA, EventChannelDetails.
 */
export function readPackage(body: unknown, base: string, generation: number): EventPackage | null {
  if (!isRecord(body) || !(isRecord(body["_links"]) || "sender" in body)) return null;
  const senders = asList(body["sender"]);
  return {
    onward: readOnward(body["_links"], base),
    hasEvents: senders.some((sender) => isRecord(sender) && asList(sender["events"]).length > 0),
    read: () => readEvents(senders, base, generation),
  };
}

/**
 * The same sender may stand in a package several times, and the order over all senders is the order in which things
 * happened.
 */
function readEvents(senders: readonly unknown[], base: string, generation: number): ReadEvents {
  const events: ChannelEvent[] = [];
  let unreadable = 0;
  let invitations = 0;
  for (const sender of senders) {
    if (!isRecord(sender)) continue;
    const from = readEventLink(sender, base) ?? { rel: "", href: base, title: null };
    for (const entry of asList(sender["events"])) {
      const event = readEvent(entry, from, base, generation);
      const oneTooMany = event && isInvitationRel(event.link.rel) && ++invitations > MAX_INVITATION_EVENTS;
      if (event && !oneTooMany) events.push(event);
      else unreadable++;
    }
  }
  return { events, unreadable };
}

function readOnward(links: unknown, base: string): Onward {
  if (isRecord(links)) {
    for (const by of ["resync", "resume", "next"] as const) {
      const link = asList(links[by])
        .map((one) => readLink(one, base))
        .find((one) => one?.sameOrigin);
      if (link) return { by, href: link.href };
    }
  }
  return { by: "nothing" };
}

function readEvent(entry: unknown, sender: EventLink, base: string, generation: number): ChannelEvent | null {
  if (!isRecord(entry)) return null;
  const link = readEventLink(entry["link"], base);
  const type = oneOf(EVENT_TYPES, entry["type"]);
  if (!link || !type) return null;
  return new ReadEvent(generation, sender, link, type, entry, base);
}

/**
 * Its resource is read when somebody asks for it: of what happens to the others in a conversation, nobody does. A class,
 * because a package may hold thousands, and each object with a getter of its own takes four times the room.
 */
class ReadEvent implements ChannelEvent {
  readonly generation: number;
  readonly sender: EventLink;
  readonly link: EventLink;
  readonly in: EventLink | null;
  readonly type: EventType;
  readonly status: ChannelEvent["status"];
  readonly reason: ChannelEvent["reason"];
  readonly #entry: Readonly<Record<string, unknown>>;
  readonly #base: string;
  #resource: ChannelEvent["resource"] | undefined;

  constructor(
    generation: number,
    sender: EventLink,
    link: EventLink,
    type: EventType,
    entry: Readonly<Record<string, unknown>>,
    base: string,
  ) {
    this.generation = generation;
    this.sender = sender;
    this.link = link;
    this.in = readEventLink(entry["in"], base);
    this.type = type;
    this.status = oneOf(STATUSES, entry["status"]);
    this.reason = readReason(entry["reason"]);
    this.#entry = entry;
    this.#base = base;
  }

  get resource(): ChannelEvent["resource"] {
    return (this.#resource ??= readEmbedded(this.#entry["_embedded"], this.link.rel, this.#base));
  }
}

const STATUSES = ["Success", "Failure"] as const;
const EVENT_TYPES: readonly EventType[] = ["added", "updated", "deleted", "started", "completed"];

function readEventLink(value: unknown, base: string): EventLink | null {
  const link = readLink(value, base);
  if (!link || !isRecord(value) || typeof value["rel"] !== "string") return null;
  return { rel: value["rel"], href: link.href, title: link.title };
}

/** Embedded under the rel of the event's link; where a server names it otherwise, the only one there is. */
function readEmbedded(value: unknown, rel: string, base: string): ChannelEvent["resource"] {
  if (!isRecord(value)) return null;
  const all = Object.values(value);
  const named = Object.hasOwn(value, rel) ? value[rel] : null;
  const entry = named ?? (all.length === 1 ? all[0] : undefined);
  return readResource(asList(entry)[0], base);
}
