import { texts } from "../../../locales/texts.ts";
import type { UcwaReason } from "../../ucwa/resources/resource.ts";
import { howItEnded } from "./end-reason.ts";
import type { EndCause } from "./end-reason.ts";
import { isLive, ownAnswer } from "./entry.ts";
import type { Entry, Over, OwnAnswer } from "./entry.ts";
import type { Leaving } from "./inbox-event.ts";
import type { EndState } from "../invitation.ts";
import { REASON_GRACE_MS } from "./timing.ts";

/** Ends it, by the table of `end-reason.ts`. The first end wins. */
export function finish(entry: Entry, over: Over): Entry {
  if (!isLive(entry)) return entry;
  const answer = ownAnswer(entry);
  const state = howItEnded({
    direction: entry.details.direction,
    cause: over.cause,
    status: over.status,
    reason: over.reason,
    wireState: entry.wireState,
    acceptedByContact: entry.links.acceptedByContact !== null,
    answer,
    cancel: entry.phase.name === "inviting" ? (entry.phase.cancel?.arrival ?? null) : null,
    linksWithdrawn: entry.linksWithdrawn,
  });
  const reason = over.reason ?? localReason(state, over.cause, answer);
  const declined = state === "declined" && answer?.kind === "decline" ? answer.scope : null;
  return {
    ...entry,
    phase: { name: "ended", state, at: over.since, reason, declined },
    over: null,
    lookUps: { ...entry.lookUps, dueAt: null, underWay: false },
  };
}

/** Ends one that was seen to be over, with what is known by now. */
export function settle(entry: Entry): Entry {
  return entry.over ? finish(entry, entry.over) : entry;
}

/**
 * It is over, but why may still come: the event travels behind what showed it. Until then it cannot be answered any
 * more, and after a bounded wait it ends with what is known (`duty.ts`). Links that vanish are the weakest sign, since
 * a representation may be partial: they are confirmed by a GET, and any other sign takes their place.
 */
export function seenOver(entry: Entry, over: Over): Entry {
  const { over: before, lookUps } = entry;
  if (!isLive(entry) || (before && before.cause !== "linksWithdrawn")) return entry;
  if (before && over.cause === "linksWithdrawn") return entry;
  const next: Over = before ? { ...over, since: before.since } : over;
  const dueAt = over.cause === "linksWithdrawn" ? over.since + REASON_GRACE_MS : null;
  return { ...entry, over: next, lookUps: { ...lookUps, dueAt } };
}

/** What is over for another reason than a `completed` event. */
export function overBy(cause: Exclude<EndCause, "completed">, since: number): Over {
  return { cause, status: null, reason: null, since };
}

/** Of what rings when the person leaves: nothing was lost, it was left. */
export function leavingReason(leaving: Leaving): UcwaReason {
  const code = leaving === "quit" ? "Quit" : "SignedOut";
  return { code, subcode: null, message: texts.invitations.leaving[leaving] };
}

/** What the server did not say: only for an end that the user has to understand. */
function localReason(state: EndState, cause: EndCause, answer: OwnAnswer | null): UcwaReason | null {
  const { failures } = texts.invitations;
  if (cause === "silence" && state !== "declined" && state !== "cancelled") {
    return { code: "Timeout", subcode: null, message: failures.silence };
  }
  // Of a call that nobody here has answered, nothing is known.
  if (state !== "failed" || answer === null) return null;
  return answer.reason ?? { code: "Gone", subcode: null, message: failures.tooLate };
}
