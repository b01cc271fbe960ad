import type { InvitationSnapshot } from "../ucwa/invitation.ts";
import type { InvitationLookup } from "../ucwa/session-port.ts";
import { finish, overBy, seenOver, settle } from "./ending.ts";
import { isLive } from "./entry.ts";
import type { Entry } from "./entry.ts";
import { judge } from "./life.ts";
import { bounce, noteArrived, stillUndecided } from "./own-answer.ts";
import { hasAnswerLink, learn } from "./representation.ts";
import { CHECK_EVERY_MS, lookUpRetryMs, REASON_GRACE_MS } from "./timing.ts";

/** A GET of the invitation leaves now. */
export function lookUpStarted(entry: Entry, at: number): Entry {
  if (!isLive(entry)) return entry;
  return {
    ...entry,
    lookUps: { ...entry.lookUps, dueAt: null, underWay: true, startedAt: at, asOf: entry.words },
  };
}

/** What the GET came back with. */
export function lookedUp(entry: Entry, result: InvitationLookup, at: number): Entry {
  if (!isLive(entry)) return entry;
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
    const learnt = learn(back, snapshot, "older");
    if (entry.over?.cause === "completed") return settle(learnt);
    return again(learnt, at + CHECK_EVERY_MS);
  }
  const next = judge({ ...learn(back, snapshot, "newest"), heardAt: at }, "found", at);
  if (!isLive(next)) return next;
  if (next.over) return wasAwaited(next, at) ? settle(next) : next;
  if (next.phase.name !== "answering") return again(next, at + CHECK_EVERY_MS);
  const { answer } = next.phase;
  switch (answer.arrival) {
    case "underWay":
      return again(next, at + CHECK_EVERY_MS);
    case "taken":
      // One that this very answer showed to have arrived has its first wait before it.
      return entry.phase.name === "answering" && entry.phase.answer.arrival === "taken"
        ? stillUndecided(next, answer, at)
        : next;
    case "unclear":
    case "refused":
    case "gone":
      return bounce(next, answer, at);
  }
}

/** The GET did not arrive, or was refused, which here means no more than "not now". */
function noAnswer(entry: Entry, at: number): Entry {
  if (wasAwaited(entry, at) && entry.over?.cause !== "completed") return settle(entry);
  const failures = entry.lookUps.failures + 1;
  const failed: Entry = { ...entry, lookUps: { ...entry.lookUps, failures } };
  if (entry.over && entry.over.cause !== "completed") return failed;
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
function wasAwaited(entry: Entry, at: number): boolean {
  if (!entry.over) return false;
  return entry.over.cause === "completed" || at >= entry.over.since + REASON_GRACE_MS;
}

/** Asks again at that time, or earlier if something has asked for it meanwhile. */
function again(entry: Entry, at: number): Entry {
  const { dueAt } = entry.lookUps;
  if (entry.over && entry.over.cause !== "completed") return entry;
  return { ...entry, lookUps: { ...entry.lookUps, dueAt: dueAt === null ? at : Math.min(dueAt, at) } };
}
