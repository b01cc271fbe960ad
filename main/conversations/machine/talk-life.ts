import { texts } from "../../../locales/texts.ts";
import type { ConversationEnd, OtherModality } from "../conversation.ts";
import type { ConversationSnapshot, MessagingSnapshot, TalkEvent } from "./talk-event.ts";
import {
  abandoned,
  messageLost,
  messageSeen,
  said,
  saidAgain,
  seen,
  sent,
  withOpening,
} from "./talk-messages.ts";
import { NOTHING_OFFERED, present } from "./talk.ts";
import type { Opening, Stale, Talk } from "./talk.ts";

/** More people than these are told in no list. */
const MOST_PARTICIPANTS = 300;

/**
 * What an event makes of one conversation. Pure and total: an event that does not fit changes nothing. What
 * surfaces see stays the same object, down to each message, while nothing in it changes. What has ended changes only in what is
 * told of its messages.
 */
export function reduceTalk(talk: Talk, event: TalkEvent, at: number): Talk {
  const next = step(talk, event, at);
  return next === talk ? talk : present(next);
}

function step(talk: Talk, event: TalkEvent, at: number): Talk {
  switch (event.type) {
    case "messageSeen":
      return messageSeen(talk, event.href, event.snapshot, event, at);
    case "messageLost":
      return messageLost(talk, event.href);
    case "opened":
      return opened(talk, event.opening);
    case "seen":
      return seen(talk);
    case "sendingTaken":
      return sent(talk, event.operationId, ({ href }) => ({ taken: true, href: href ?? event.href }));
    case "sendingFailed":
      return sent(talk, event.operationId, () => ({ state: "failed", problem: event.problem }));
    case "sendingQuiet":
      return sent(talk, event.operationId, ({ taken }) => (taken ? { state: "sent" } : {}));
    case "over":
      return over(talk, event.cause, at);
    default:
      return talk.end === null ? alive(talk, event, at) : talk;
  }
}

type AliveEvent = Exclude<
  TalkEvent,
  {
    type:
      | "messageSeen"
      | "messageLost"
      | "opened"
      | "seen"
      | "sendingTaken"
      | "sendingFailed"
      | "sendingQuiet"
      | "over";
  }
>;

function alive(talk: Talk, event: AliveEvent, at: number): Talk {
  switch (event.type) {
    case "conversationSeen":
      return event.snapshot === null
        ? stale(talk, "conversation")
        : conversationSeen(talk, event.snapshot, at);
    case "messagingSeen": {
      const named = talk.messaging === event.href ? talk : { ...talk, messaging: event.href };
      return event.snapshot === null ? stale(named, "messaging") : messagingSeen(named, event.snapshot);
    }
    case "modalitySeen":
      return event.state === null ? talk : withOther(talk, event.modality, event.state !== "Disconnected");
    case "meetingSeen":
      return fresh({ ...talk, joinUrl: event.joinUrl }, "onlineMeeting");
    case "unreadable":
      return fresh(talk, event.what);
    case "participantSeen":
      return participantSeen(talk, event);
    case "participantGone": {
      if (!talk.roster.has(event.href)) return talk;
      const roster = new Map(talk.roster);
      roster.delete(event.href);
      return { ...talk, roster };
    }
    case "typing": {
      const known = talk.roster.get(event.href);
      if (known === undefined || known.typing === event.begins) return talk;
      return { ...talk, roster: new Map(talk.roster).set(event.href, { ...known, typing: event.begins }) };
    }
    case "said":
      return said(talk, event.text, event.operationId, at);
    case "saidAgain":
      return saidAgain(talk, event.message, event.operationId, at);
    case "interrupted":
      return stale(stale(nobodyTypes(talk), "conversation"), "messaging");
  }
}

function conversationSeen(talk: Talk, snapshot: ConversationSnapshot, at: number): Talk {
  if (snapshot.state === "Disconnected") return over(talk, "over", at);
  const messaging = snapshot.messaging ?? talk.messaging;
  const onlineMeeting = snapshot.onlineMeeting ?? talk.onlineMeeting;
  const next: Talk = {
    ...talk,
    wireState: snapshot.state ?? talk.wireState,
    messaging,
    onlineMeeting,
    others: snapshot.others ?? talk.others,
  };
  // Where messaging has never been told of, nobody else will tell.
  const asked = talk.messaging === null && messaging !== null ? stale(next, "messaging") : next;
  const found = talk.onlineMeeting === null && onlineMeeting !== null;
  return fresh(found ? stale(asked, "onlineMeeting") : asked, "conversation");
}

function messagingSeen(talk: Talk, snapshot: MessagingSnapshot): Talk {
  const { state, ...links } = snapshot;
  const messagingState = state ?? talk.messagingState;
  const offered = messagingState === "Connecting" ? NOTHING_OFFERED : links;
  // A conversation that tells of its messaging is there.
  return fresh(fresh({ ...talk, messagingState, links: offered }, "messaging"), "conversation");
}

function participantSeen(
  talk: Talk,
  { href, person, asked }: Extract<TalkEvent, { type: "participantSeen" }>,
): Talk {
  const known = talk.roster.get(href);
  if (known) {
    const { name, uri, network, anonymous } = known.person;
    const better = {
      name: person.name || name,
      uri: person.uri || uri,
      network: person.network === "Unknown" ? network : person.network,
      anonymous: person.anonymous || anonymous,
    };
    return {
      ...talk,
      roster: new Map(talk.roster).set(href, {
        ...known,
        person: better,
        asked: known.asked || asked === true,
      }),
    };
  }
  if (talk.roster.size >= MOST_PARTICIPANTS) return talk;
  const made = talk.participantsMade + 1;
  const roster = new Map(talk.roster).set(href, {
    id: `p${made}`,
    person,
    typing: false,
    asked: asked === true,
  });
  return { ...talk, roster, participantsMade: made };
}

/** The first invitation that comes to something is the one that it began with. */
function opened(talk: Talk, opening: Opening): Talk {
  const before = talk.opening;
  if (before !== null && before.id !== opening.id && before.stage !== "failed" && before.stage !== "open")
    return talk;
  const next = withOpening({ ...talk, id: talk.id ?? opening.conversation, opening }, opening);
  // What was not worth a question is asked now; of a meeting whoever joins it asks.
  if (opening.stage !== "accepted" || opening.kind === "meeting" || before?.stage === "accepted") return next;
  const first = next.messaging === null ? stale(next, "conversation") : next;
  return first.messagingState === null && first.messaging !== null ? stale(first, "messaging") : first;
}

function over(talk: Talk, cause: ConversationEnd, at: number): Talk {
  if (talk.end !== null) return talk;
  const ended = { ...talk, end: { cause, at }, links: NOTHING_OFFERED, stale: new Set<Stale>() };
  return abandoned(nobodyTypes(ended), texts.conversations.messages[cause]);
}

function withOther(talk: Talk, modality: OtherModality, active: boolean): Talk {
  if (talk.others.has(modality) === active) return talk;
  const others = new Set(talk.others);
  if (active) others.add(modality);
  else others.delete(modality);
  return { ...talk, others };
}

function nobodyTypes(talk: Talk): Talk {
  if (![...talk.roster.values()].some(({ typing }) => typing)) return talk;
  const roster = new Map([...talk.roster].map(([href, one]) => [href, { ...one, typing: false }]));
  return { ...talk, roster };
}

function stale(talk: Talk, what: Stale): Talk {
  return talk.stale.has(what) ? talk : { ...talk, stale: new Set(talk.stale).add(what) };
}

function fresh(talk: Talk, what: Stale): Talk {
  if (!talk.stale.has(what)) return talk;
  const left = new Set(talk.stale);
  left.delete(what);
  return { ...talk, stale: left };
}
