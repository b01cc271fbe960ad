import type { InvitationSnapshot } from "../../ucwa/resources/wire-invitation.ts";
import type { InvitationLookup } from "../../ucwa/session-port.ts";
import { finish, overBy, seenOver, settle } from "./ending.ts";
import { isLive, ownAnswer } from "./entry.ts";
import type { Entry, Over } from "./entry.ts";
import { decide } from "./invitation-life.ts";
import { bounce, noteArrived, stillUndecided } from "./own-answer.ts";
import { hasAnswerLink, learn } from "./invitation-details.ts";
import { CHECK_EVERY_MS, lookUpRetryMs, REASON_GRACE_MS } from "./timing.ts";

/** A GET of the invitation leaves now. */
export function lookUpStarted(entry: Entry, at: number): Entry {
  if (!isLive(entry) || entry.lookUps.dueAt === null || entry.lookUps.underWay) return entry;
  return {
    ...entry,
    lookUps: { ...entry.lookUps, dueAt: null, underWay: true, startedAt: at, asOf: entry.words },
  };
}

/** What the GET came back with. */
export function lookedUp(entry: Entry, result: InvitationLookup, at: number): Entry {
  if (!isLive(entry) || !entry.lookUps.underWay) return entry;
  const back: Entry = { ...entry, lookUps: { ...entry.lookUps, underWay: false } };
  switch (result.outcome) {
    case "found":
      return found(back, result.invitation, at);
    case "gone":
      return back.over?.cause === "completed" ? settle(back) : seenOver(back, overBy("gone", at));
    case "superseded":
      return finish(back, overBy("sessionLost", at));
    case "refused":
    case "unreachable":
      return noAnswer(back, at);
  }
}

function found(entry: Entry, snapshot: InvitationSnapshot, at: number): Entry {
  const { lookUps } = entry;
  const back: Entry = { ...entry, lookUps: { ...lookUps, failures: 0 } };
  if (entry.words !== lookUps.asOf) {
    // The channel has said more since the question was asked, or we have answered: only the texts still count.
    return again(learn(back, snapshot, "older"), at + CHECK_EVERY_MS);
  }
  const next = decide({ ...learn(back, snapshot, "newest"), heardAt: at }, "found", at);
  if (next.over) return wasAwaited(next.over, at) ? settle(next) : next;
  if (next.phase.name !== "answering") return isLive(next) ? again(next, at + CHECK_EVERY_MS) : next;
  const { answer } = next.phase;
  switch (answer.arrival) {
    case "underWay":
      return again(next, at + CHECK_EVERY_MS);
    case "taken":
      // One that this very answer showed to have arrived has its first wait before it.
      return ownAnswer(entry) === answer ? stillUndecided(next, answer, at) : next;
    case "unclear":
    case "refused":
    case "gone":
      return bounce(next, answer, at);
  }
}

/** The GET did not arrive, or was refused, which here means no more than "not now". */
function noAnswer(entry: Entry, at: number): Entry {
  const { over } = entry;
  if (over && over.cause !== "completed") return wasAwaited(over, at) ? settle(entry) : entry;
  const failures = entry.lookUps.failures + 1;
  const failed: Entry = { ...entry, lookUps: { ...entry.lookUps, failures } };
  const next = again(failed, at + lookUpRetryMs(failures));
  if (next.phase.name !== "answering") return next;
  const { answer } = next.phase;
  switch (answer.arrival) {
    case "underWay":
    case "taken":
      return next;
    case "unclear":
      return hasAnswerLink(next) ? bounce(next, answer, at) : noteArrived(next, answer, at);
    case "refused":
      return hasAnswerLink(next) ? bounce(next, answer, at) : seenOver(next, overBy("linksWithdrawn", at));
    case "gone":
      return seenOver(next, overBy("gone", at));
  }
}

/** Whether this was the GET that the end of the invitation waited for. */
function wasAwaited(over: Over, at: number): boolean {
  return at >= over.since + REASON_GRACE_MS;
}

/** Asks again at that time, or earlier if something has asked for it meanwhile. */
function again(entry: Entry, at: number): Entry {
  const { dueAt } = entry.lookUps;
  return { ...entry, lookUps: { ...entry.lookUps, dueAt: dueAt === null ? at : Math.min(dueAt, at) } };
}
