import type { Entry, OwnCancel } from "./entry.ts";
import type { OwnCall } from "./inbox-event.ts";
import { identifyCallee } from "./invitation-details.ts";
import { askAt } from "./invitation-life.ts";
import { ANSWER_CHECK_GAPS_MS, CALL_CHECK_MS } from "./timing.ts";

/**
 * The server has taken an invitation of our own. What its events have said meanwhile stays; where none has come, it is
 * asked for, because only its representation says how to take it back. Reference: startMessaging, OperationResource.
 */
export function invited(entry: Entry, call: OwnCall, at: number): Entry {
  const { phase, details } = entry;
  if (phase.name === "ended") return entry;
  const { operationId, subject, message, importance } = call;
  const told = entry.described
    ? entry
    : {
        ...entry,
        details: { ...details, direction: "outgoing", operationId, subject, message, importance } as const,
      };
  const known = identifyCallee(told, call.callee);
  const hidden =
    (phase.name === "unseen" || phase.name === "ringing") && known.details.direction === "outgoing";
  const shown: Entry =
    hidden && entry.over === null ? { ...known, phase: { name: "inviting", cancel: null } } : known;
  return entry.described || entry.over ? shown : askAt(shown, at + CALL_CHECK_MS);
}

/** The person takes it back; whether it arrives shows later. Reference: cancel. */
export function cancelSent(entry: Entry, at: number): Entry {
  if (entry.phase.name !== "inviting" || entry.over || entry.links.cancel === null) return entry;
  return withCancel(entry, { arrival: "underWay", at, problem: null });
}

/** The server took it: a receipt, not yet the end. */
export function cancelTaken(entry: Entry, at: number): Entry {
  if (!isCancelling(entry)) return entry;
  const taken = withCancel(entry, { arrival: "taken", at, problem: null });
  return entry.over ? taken : askAt(taken, at + (ANSWER_CHECK_GAPS_MS[0] ?? 0));
}

/** It did not arrive, or nobody knows whether it did: asks the invitation itself. */
export function cancelNotTaken(
  entry: Entry,
  arrival: OwnCancel["arrival"],
  problem: string,
  at: number,
): Entry {
  if (!isCancelling(entry)) return entry;
  const failed = withCancel(entry, { arrival, at, problem });
  return entry.over ? failed : askAt(failed, at);
}

function isCancelling({ phase }: Entry): boolean {
  return phase.name === "inviting" && phase.cancel?.arrival === "underWay";
}

function withCancel(entry: Entry, cancel: OwnCancel): Entry {
  return { ...entry, phase: { name: "inviting", cancel }, words: entry.words + 1 };
}
