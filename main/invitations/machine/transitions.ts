import { ImpossibleTransition, isPossible } from "../../platform/transition-table.ts";
import type { Transitions } from "../../platform/transition-table.ts";
import { conditionOf } from "./condition.ts";
import type { AnswerLinks, Condition, EndSign, LifePhase, Question } from "./condition.ts";
import type { Entry } from "./entry.ts";
import type { InboxEvent } from "./inbox-event.ts";

/** What makes an invitation go on; `inbox-event.ts` tells what each is. */
export type Cause = InboxEvent["type"];

/** What ends every invitation that is alive. `sessionReplaced` comes as `signedOut`. */
const LOST = ["generationEnded", "signedOut"] as const satisfies readonly Cause[];
const DESCRIBED = ["started", "updated", "lookedUp"] as const satisfies readonly Cause[];

/** The conversation that an accept of ours leads to is there. */
const CONNECTED = ["conversationChanged", "conversationFound"] as const satisfies readonly Cause[];
/** An event that shows it to be over. */
const SEEN = ["started", "updated", "removed", "conversationChanged", "conversationDeleted"] as const;
/** What makes the server be asked. */
const ASKING = [
  "started",
  "updated",
  "completed",
  "timeUp",
  "answerTaken",
  "answerNotTaken",
  "channelInterrupted",
  "invited",
  "conversationChanged",
  "conversationDeleted",
] as const satisfies readonly Cause[];

/** One of our own has a question due or under way for as long as it lives. */
const CANCELLED = ["cancelTaken", "cancelNotTaken"] as const satisfies readonly Cause[];

/** The life of an invitation. Reference: messagingInvitation. */
export const PHASES: Transitions<LifePhase, Cause> = {
  unseen: {
    ringing: [...DESCRIBED, "timeUp"],
    inviting: [...DESCRIBED, "timeUp", "invited"],
    ended: [...DESCRIBED, "completed", "timeUp", ...LOST],
  },
  // One that was shown before it was described may turn out to be a call of our own, or the other way round.
  ringing: {
    answerUnderWay: ["answerSent"],
    inviting: [...DESCRIBED, "invited"],
    ended: ["completed", "lookedUp", "timeUp", ...LOST],
  },
  ringingAgain: {
    answerUnderWay: ["answerSent"],
    // The links went: the answer of which nobody knew has arrived after all.
    answerTaken: ["updated", "lookedUp"],
    ended: ["completed", "updated", "lookedUp", "timeUp", ...CONNECTED, ...LOST],
  },
  answerUnderWay: {
    answerTaken: ["answerTaken"],
    answerUnclear: ["answerNotTaken"],
    answerRefused: ["answerNotTaken"],
    answerGone: ["answerNotTaken"],
    ringingAgain: ["timeUp"],
    ended: ["completed", "updated", "lookedUp", "timeUp", "answerSuperseded", ...CONNECTED, ...LOST],
  },
  answerTaken: {
    ringingAgain: ["lookedUp", "timeUp"],
    ended: ["completed", "updated", "lookedUp", "timeUp", ...CONNECTED, ...LOST],
  },
  answerUnclear: {
    answerTaken: ["updated", "lookedUp"],
    ringingAgain: ["lookedUp", "timeUp"],
    ended: ["completed", "updated", "lookedUp", "timeUp", ...CONNECTED, ...LOST],
  },
  answerRefused: {
    ringingAgain: ["lookedUp", "timeUp"],
    ended: ["completed", "lookedUp", "timeUp", ...LOST],
  },
  answerGone: {
    ringingAgain: ["lookedUp", "timeUp"],
    ended: ["completed", "lookedUp", "timeUp", ...LOST],
  },
  inviting: {
    ringing: DESCRIBED,
    // What its representation says was waited for.
    ended: ["completed", ...DESCRIBED, "timeUp", ...LOST],
  },
  ended: {},
};

/** What shows that one is over that has not ended yet. Links that are there again show that it is not. */
export const END_SIGNS: Transitions<EndSign, Cause> = {
  none: {
    linksWithdrawn: DESCRIBED,
    seenOver: [...SEEN, "lookedUp"],
    completed: ["completed"],
  },
  linksWithdrawn: {
    none: ["updated", "lookedUp"],
    seenOver: ["updated", "lookedUp", "removed", "conversationChanged", "conversationDeleted"],
  },
  seenOver: {},
  completed: {},
};

/** The GET that asks after one that is alive. Nothing more is asked of one that is seen to be over. */
export const QUESTIONS: Transitions<Question, Cause> = {
  none: { due: ASKING },
  due: { underWay: ["lookUpStarted"], none: SEEN },
  underWay: { none: ["lookedUp"], due: ["lookedUp"], underWayAndDue: [...ASKING, ...CANCELLED] },
  underWayAndDue: { none: ["lookedUp"], due: ["lookedUp"], underWay: SEEN },
};

/** Whether the newest representation of one that is alive had lost its answer links without an answer of ours. */
export const ANSWER_LINKS: Transitions<AnswerLinks, Cause> = {
  notWithdrawn: { withdrawn: DESCRIBED },
  withdrawn: { notWithdrawn: ["updated", "lookedUp"] },
};

/**
 * What is wrong with this step of one invitation; null when nothing is. No part of its condition takes a step that is
 * not in the tables above, and no two parts contradict each other afterwards.
 */
export function faultOfStep(before: Entry, after: Entry, cause: Cause): ImpossibleTransition | null {
  const [from, to] = [conditionOf(before), conditionOf(after)];
  const wrong = (step: string): ImpossibleTransition => new ImpossibleTransition("an invitation", step);
  const fault = contradictionOf(to);
  if (fault !== null) return wrong(`${cause} to ${fault}`);
  const told = (part: keyof Condition): string => `${part} from ${from[part]} to ${to[part]} by ${cause}`;
  if (from.phase !== to.phase && !isPossible(PHASES, from.phase, to.phase, cause))
    return wrong(told("phase"));
  // With its end all else about it has ended too.
  if (to.phase === "ended") return null;
  if (from.sign !== to.sign && !isPossible(END_SIGNS, from.sign, to.sign, cause)) return wrong(told("sign"));
  if (from.question !== to.question && !isPossible(QUESTIONS, from.question, to.question, cause))
    return wrong(told("question"));
  if (from.links !== to.links && !isPossible(ANSWER_LINKS, from.links, to.links, cause))
    return wrong(told("links"));
  return null;
}

/** What cannot be so at the same time; null when all of it can. */
function contradictionOf({ phase, sign, question, links }: Condition): string | null {
  const shownAsOver = sign !== "none";
  if (phase === "ended" && (shownAsOver || question !== "none")) return "an ended one with something to come";
  if (sign === "completed" && phase !== "unseen" && phase !== "inviting")
    return "one that rang and was not ended by its completed event";
  const waits = phase === "unseen" || phase === "ringing" || phase === "ringingAgain";
  if (waits && links === "withdrawn" && !shownAsOver) return "one that rings although it cannot be answered";
  return null;
}
