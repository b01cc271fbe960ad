import type { Entry, OwnAnswer } from "./entry.ts";
import {
  ACCEPT_LIMIT_MS,
  DECLINE_LIMIT_MS,
  LIFE_LIMIT_MS,
  LOCAL_DECLINE_LIMIT_MS,
  LOOK_UP_LIMIT_MS,
  NAP_MS,
  REASON_GRACE_MS,
  SILENCE_LIMIT_MS,
  UNDESCRIBED_LIMIT_MS,
  WITHDRAWAL_LIMIT_MS,
} from "./timing.ts";

/** What has to be done for an invitation, and when (epoch milliseconds): ask the server, or decide without it. */
export interface Duty {
  readonly at: number;
  readonly todo: "lookUp" | "timeUp";
}

/** The next duty of one invitation; null only when it has ended, so that nothing rings for ever. */
export function dutyOf(entry: Entry): Duty | null {
  const deadline = deadlineOf(entry);
  if (deadline === null) return null;
  const question = lookUpAt(entry);
  // Ties go to the server's word.
  return question <= deadline ? { at: question, todo: "lookUp" } : { at: deadline, todo: "timeUp" };
}

/** When it is due; infinite for one that has ended. */
export function dutyAt(entry: Entry): number {
  const deadline = deadlineOf(entry);
  return deadline === null ? Number.POSITIVE_INFINITY : Math.min(deadline, lookUpAt(entry));
}

function lookUpAt({ lookUps: { dueAt, underWay } }: Entry): number {
  return dueAt === null || underWay ? Number.POSITIVE_INFINITY : dueAt;
}

/** When the present state has lasted as long as it may. */
export function deadlineOf(entry: Entry): number | null {
  const { phase, over } = entry;
  const { underWay, startedAt } = entry.lookUps;
  if (phase.name === "ended") return null;
  if (over) return over.since + (over.cause === "linksWithdrawn" ? WITHDRAWAL_LIMIT_MS : REASON_GRACE_MS);
  switch (phase.name) {
    case "unseen":
      return entry.receivedAt + UNDESCRIBED_LIMIT_MS;
    case "answering":
      return phase.answer.at + answerLimitMs(entry, phase.answer);
    case "ringing":
    case "inviting": {
      if (phase.name === "inviting" && phase.cancel?.arrival === "taken")
        return phase.cancel.at + DECLINE_LIMIT_MS;
      const limit = Math.min(entry.heardAt + SILENCE_LIMIT_MS, entry.receivedAt + LIFE_LIMIT_MS);
      // When the clock was set, or after a nap, all is late at once: then the question comes before the verdict. After
      // a night there is no question.
      const asks = underWay && startedAt <= limit + NAP_MS;
      return asks ? Math.max(limit, startedAt + LOOK_UP_LIMIT_MS) : limit;
    }
  }
}

function answerLimitMs(entry: Entry, answer: OwnAnswer): number {
  if (answer.arrival !== "taken") return ACCEPT_LIMIT_MS;
  if (answer.kind === "decline") {
    return answer.scope === "Local" ? LOCAL_DECLINE_LIMIT_MS : DECLINE_LIMIT_MS;
  }
  return entry.details.kind === "onlineMeeting" ? LIFE_LIMIT_MS : ACCEPT_LIMIT_MS;
}
