import { throwImpossible } from "../../platform/transition-table.ts";
import type { OnImpossible } from "../../platform/transition-table.ts";
import { isConnecting, isEstablished, withRemote } from "../conversations.ts";
import {
  change,
  changeById,
  changeWhere,
  follow,
  inConversation,
  known,
  messagingOf,
  retired,
  withCallSent,
  withConversation,
} from "./inbox-entries.ts";
import type { Step } from "./inbox-entries.ts";
import { finish, leavingReason, overBy } from "./ending.ts";
import type { Entry } from "./entry.ts";
import type { InboxEvent, Leaving } from "./inbox-event.ts";
import { findByOperation, keyOf, own } from "./inbox-state.ts";
import type { Inbox } from "./inbox-state.ts";
import {
  askAt,
  completed,
  conversationConnected,
  conversationHeard,
  heard,
  timeUp,
  vanished,
} from "./invitation-life.ts";
import { lookedUp, lookUpStarted } from "./look-up.ts";
import { answerNotTaken, answerSent, answerSuperseded, answerTaken } from "./own-answer.ts";
import { identifyCallee, identifyCaller, nameContact, nameFromRemotes } from "./invitation-details.ts";
import { cancelNotTaken, cancelSent, cancelTaken, invited } from "./own-call.ts";

/**
 * What an event makes of the inbox. Pure and total: an event that does not fit changes nothing, and one that changes
 * nothing returns the same object, down to each `Invitation`. An invitation that would take a step that is not in
 * `transitions.ts` is left as it is, and `onImpossible` is told.
 */
export function reduceInbox(
  inbox: Inbox,
  event: InboxEvent,
  at: number,
  onImpossible: OnImpossible = throwImpossible,
): Inbox {
  const step: Step = { cause: event.type, at, onImpossible };
  if ("generation" in event && event.generation <= inbox.endedGeneration) return inbox;
  switch (event.type) {
    case "started":
    case "updated":
      return change(step, known(inbox, event, at), event, (entry) =>
        heard(entry, event.type, event.snapshot, at),
      );
    case "completed":
      return change(step, known(inbox, event, at), event, (entry) => completed(entry, event, at));
    case "removed":
      return change(step, inbox, event, (entry) => vanished(entry, "gone", at));
    case "conversationChanged":
      return conversationChanged(step, inbox, event.generation, event.href, event.state);
    case "conversationDeleted": {
      const ended = inConversation(step, inbox, event.generation, event.href, (entry) =>
        vanished(entry, "conversationEnded", at),
      );
      if (!ended.conversations.has(keyOf(event))) return ended;
      const conversations = own(ended, ended.conversations);
      conversations.delete(keyOf(event));
      return { ...ended, conversations };
    }
    case "participantNamed": {
      const [named, { remotes }] = withConversation(
        inbox,
        event.generation,
        event.conversation,
        (conversation) => withRemote(conversation, event.participant, event.name),
      );
      return inConversation(step, named, event.generation, event.conversation, (entry) =>
        nameFromRemotes(entry, remotes),
      );
    }
    case "callerFound":
      return changeWhere(
        step,
        inbox,
        ({ generation, links }) => generation === event.generation && links.from === event.href,
        (entry) => identifyCaller(entry, event.person),
      );
    case "calleeFound":
      return changeWhere(
        step,
        inbox,
        ({ generation, links }) => generation === event.generation && links.to === event.href,
        (entry) => identifyCallee(entry, event.person),
      );
    case "callSent":
      return withCallSent(inbox, event.call);
    case "invited": {
      const made = findByOperation(inbox, event.generation, event.call.operationId);
      const word = { ...event, kind: "messaging", snapshot: null } as const;
      const key = made ?? event;
      return change(step, made ? inbox : known(inbox, word, at), key, (entry) =>
        invited(entry, event.call, at),
      );
    }
    case "messagingLocated":
      return messagingLocated(step, inbox, event);
    case "cancelSent":
      return changeById(step, inbox, event.id, (entry) => cancelSent(entry, at));
    case "cancelTaken":
      return changeById(step, inbox, event.id, (entry) => cancelTaken(entry, at));
    case "cancelNotTaken":
      return changeById(step, inbox, event.id, (entry) =>
        cancelNotTaken(entry, event.arrival, event.problem, at),
      );
    case "contactNamed":
      return changeWhere(
        step,
        inbox,
        ({ generation }) => generation === event.generation,
        (entry) => nameContact(entry, event.href, event.name),
      );
    case "conversationFound":
      return change(step, inbox, event, (entry) =>
        isEstablished(event.state) && !entry.inKnownConversation ? conversationConnected(entry, at) : entry,
      );
    case "lookUpStarted":
      return change(step, inbox, event, (entry) => lookUpStarted(entry, at));
    case "lookedUp":
      return change(step, inbox, event, (entry) => lookedUp(entry, event.result, at));
    case "timeUp":
      return change(step, inbox, event, (entry) => timeUp(entry, at));
    case "answerSent":
      return changeById(step, inbox, event.id, (entry) => answerSent(entry, event.answer, event.scope, at));
    case "answerTaken":
      return changeById(step, inbox, event.id, (entry) => answerTaken(entry, at));
    case "answerNotTaken":
      return changeById(step, inbox, event.id, (entry) =>
        answerNotTaken(entry, event.arrival, event.problem, event.reason, at),
      );
    case "answerSuperseded":
      return changeById(step, inbox, event.id, (entry) => answerSuperseded(entry, at));
    case "channelInterrupted":
      return changeWhere(
        step,
        inbox,
        (entry) => entry.generation === event.generation && entry.over === null,
        (entry) => askAt(entry, at),
      );
    case "generationEnded":
      return generationEnded(step, inbox, event.generation);
    case "signedOut":
      return changeWhere(
        step,
        inbox,
        () => true,
        (entry) => loseSession(entry, at, event.leaving),
      );
    case "sessionReplaced": {
      const lost = reduceInbox(inbox, { type: "signedOut", leaving: null }, at, onImpossible);
      return {
        ...lost,
        ended: retired(lost.ended),
        conversations: new Map(),
        endedGeneration: 0,
      };
    }
  }
}

/** Where the messaging of a conversation is: what was accepted by somebody else goes on there. */
function messagingLocated(
  step: Step,
  inbox: Inbox,
  { generation, conversation, messaging }: Extract<InboxEvent, { type: "messagingLocated" }>,
): Inbox {
  const [next] = withConversation(inbox, generation, conversation, (one) =>
    one.messaging === messaging ? one : { ...one, messaging },
  );
  return changeWhere(
    step,
    next,
    (entry) => entry.generation === generation && messagingOf(entry) === messaging,
    (entry) => follow(entry, next),
  );
}

function conversationChanged(
  step: Step,
  inbox: Inbox,
  generation: number,
  href: string,
  state: string | null,
): Inbox {
  if (state === null) return inbox;
  const before = inbox.conversations.get(keyOf({ generation, href }))?.state ?? null;
  let [next] = withConversation(inbox, generation, href, (conversation) =>
    conversation.state === state ? conversation : { ...conversation, state },
  );
  if (state === "Disconnected") {
    return inConversation(step, next, generation, href, (entry) =>
      vanished(entry, "conversationEnded", step.at),
    );
  }
  next = inConversation(step, next, generation, href, (entry) => conversationHeard(entry, state));
  if (!isConnecting(before, state)) return next;
  return inConversation(step, next, generation, href, (entry) => conversationConnected(entry, step.at));
}

function generationEnded(step: Step, inbox: Inbox, generation: number): Inbox {
  const lost = changeWhere(
    step,
    inbox,
    (entry) => entry.generation <= generation,
    (entry) => loseSession(entry, step.at),
  );
  return {
    ...lost,
    // What is said of them from now on is not listened to.
    conversations: new Map([...lost.conversations].filter(([key]) => !key.startsWith(`${generation} `))),
    endedGeneration: Math.max(inbox.endedGeneration, generation),
  };
}

/** One that was found gone a moment before went with the session; what else showed its end is believed. */
function loseSession(entry: Entry, at: number, leaving: Leaving | null = null): Entry {
  const { over, phase } = entry;
  if (over && over.cause !== "gone") return finish(entry, over);
  // Of what was being answered, or never rang, it would not be true.
  const reason = leaving === null || phase.name !== "ringing" ? null : leavingReason(leaving);
  return finish(entry, { ...overBy("sessionLost", at), reason });
}
