import { texts } from "../../../locales/texts.ts";
import type { UcwaReason } from "../../ucwa/resources/resource.ts";
import type { AnswerKind, DeclineScope } from "../answer.ts";
import { finish, overBy } from "./ending.ts";
import type { Entry, OwnAnswer } from "./entry.ts";
import { hasAnswerLink } from "./invitation-details.ts";
import { ANSWER_CHECK_GAPS_MS, CHECK_EVERY_MS, lookUpRetryMs } from "./timing.ts";

/**
 * An answer of ours leaves. If it does not arrive, the invitation stays `answering` until a GET has told how it stands,
 * so that nothing rings anew that is over.
 */
export function answerSent(entry: Entry, kind: AnswerKind, scope: DeclineScope, at: number): Entry {
  if (entry.phase.name !== "ringing" || entry.over || entry.links[kind] === null) return entry;
  const answer: OwnAnswer = {
    kind,
    scope,
    arrival: "underWay",
    at,
    checks: 0,
    problem: null,
    reason: null,
  };
  return { ...entry, phase: { name: "answering", answer }, words: entry.words + 1 };
}

/** The server took it: a receipt, not yet the end. */
export function answerTaken(entry: Entry, at: number): Entry {
  if (entry.phase.name !== "answering" || entry.phase.answer.arrival !== "underWay") return entry;
  return waitForTheEnd(entry, entry.phase.answer, at);
}

/** It did not arrive, or nobody knows whether it did: asks the invitation itself. */
export function answerNotTaken(
  entry: Entry,
  arrival: "unclear" | "refused" | "gone",
  problem: string,
  reason: UcwaReason | null,
  at: number,
): Entry {
  if (entry.phase.name !== "answering" || entry.phase.answer.arrival !== "underWay") return entry;
  const answer: OwnAnswer = { ...entry.phase.answer, arrival, problem, reason };
  const dueAt = entry.over ? entry.lookUps.dueAt : at;
  return {
    ...entry,
    phase: { name: "answering", answer },
    words: entry.words + 1,
    lookUps: { ...entry.lookUps, dueAt, failures: 0 },
  };
}

/** It could not be sent: the application that owned the link had ended. */
export function answerSuperseded(entry: Entry, at: number): Entry {
  if (entry.phase.name !== "answering" || entry.phase.answer.arrival !== "underWay") return entry;
  return finish(entry, overBy("sessionLost", at));
}

/** The links went while an answer of ours may have been carried out: it was. */
export function noteArrived(entry: Entry, answer: OwnAnswer, at: number): Entry {
  return answer.arrival === "unclear" ? waitForTheEnd(entry, answer, at) : entry;
}

/** Back to ringing, so that the person can try again. */
export function bounce(entry: Entry, answer: OwnAnswer, at: number): Entry {
  const { failures } = entry.lookUps;
  const dueAt = at + (failures === 0 ? CHECK_EVERY_MS : lookUpRetryMs(failures));
  return {
    ...entry,
    phase: { name: "ringing", bounced: answer },
    lookUps: { ...entry.lookUps, dueAt },
  };
}

/** A GET found it neither ended nor changed. Asks again at growing gaps, then decides. */
export function stillUndecided(entry: Entry, answer: OwnAnswer, at: number): Entry {
  const checks = answer.checks + 1;
  const next: Entry = { ...entry, phase: { name: "answering", answer: { ...answer, checks } } };
  const gap = ANSWER_CHECK_GAPS_MS[checks] ?? waitInLobbyMs(entry);
  if (gap === null) return giveUp(next, answer, at);
  return { ...next, lookUps: { ...next.lookUps, dueAt: at + gap } };
}

/** Nobody says what became of the answer: the server's receipt decides, or the links that are still there. */
export function giveUp(entry: Entry, answer: OwnAnswer, at: number): Entry {
  const settled = answer.kind === "decline" && answer.arrival === "taken";
  if (settled || !hasAnswerLink(entry)) return finish(entry, overBy("silence", at));
  const problem = answer.problem ?? texts.invitations.answers.notActedOn;
  return bounce(entry, { ...answer, arrival: "refused", problem }, at);
}

/**
 * The invitation to a meeting stays undecided for as long as the organiser lets us wait; a decline of it has a shorter
 * limit of its own (`duty.ts`). Reference: onlineMeetingInvitation.
 */
function waitInLobbyMs(entry: Entry): number | null {
  return entry.details.kind === "onlineMeeting" ? CHECK_EVERY_MS : null;
}

function waitForTheEnd(entry: Entry, answer: OwnAnswer, at: number): Entry {
  const taken: OwnAnswer = { ...answer, arrival: "taken", at, checks: 0, problem: null };
  const dueAt = entry.over ? entry.lookUps.dueAt : at + (ANSWER_CHECK_GAPS_MS[0] ?? CHECK_EVERY_MS);
  return { ...entry, phase: { name: "answering", answer: taken }, lookUps: { ...entry.lookUps, dueAt } };
}
