import type { WireInvitationState } from "../../ucwa/resources/wire-invitation.ts";
import type { UcwaReason } from "../../ucwa/resources/resource.ts";
import type { AnswerKind } from "../answer.ts";
import type { EndState } from "../invitation.ts";

/**
 * What became of an answer of ours.
 * - `underWay`: the request has no answer yet.
 * - `taken`: 2xx, a receipt only.
 * - `unclear`: no complete answer came; the server may or may not have carried it out.
 * - `refused`: the server said no. `gone`: it said that there is nothing to answer any more.
 */
export type Arrival = "underWay" | "taken" | "unclear" | "refused" | "gone";

/**
 * What showed that the invitation is over.
 * - `completed`: the event of that name, the only one that carries a status and a reason.
 * - `state`: a representation in a final state, without the event.
 * - `linksWithdrawn`: a representation without the answer links that it once had.
 * - `gone`: the resource is no longer there. `conversationEnded`: deleted or Disconnected.
 * - `sessionLost`: the application is gone. `silence`: no word within the time that we wait.
 */
export type EndCause =
  | "completed"
  | "state"
  | "linksWithdrawn"
  | "gone"
  | "conversationEnded"
  | "sessionLost"
  | "silence";

/** All that bears on how an invitation ended. */
export interface EndEvidence {
  readonly direction: "incoming" | "outgoing";
  readonly cause: EndCause;
  /** Of the `completed` event; null with every other cause. */
  readonly status: "Success" | "Failure" | null;
  readonly reason: UcwaReason | null;
  readonly wireState: WireInvitationState | null;
  /** Someone else took it in the user's place. Reference: acceptedByContact. */
  readonly acceptedByContact: boolean;
  readonly answer: { readonly kind: AnswerKind; readonly arrival: Arrival } | null;
  /** What became of taking back an invitation of our own; null when nobody wanted that. */
  readonly cancel: Arrival | null;
  /** The newest representation had lost its answer links although no answer of ours was on its way. */
  readonly linksWithdrawn: boolean;
}

/** How an invitation ended: the first line that matches. Total; an unknown subcode is `failed`. Reference: ErrorSubcode. */
export function howItEnded(evidence: EndEvidence): EndState {
  return evidence.direction === "incoming" ? howIncomingEnded(evidence) : howOutgoingEnded(evidence);
}

function howIncomingEnded(evidence: EndEvidence): EndState {
  const { cause, status, answer, wireState } = evidence;
  const accepting = answer?.kind === "accept" && mayHaveArrived(answer.arrival);
  const declining = answer?.kind === "decline" && mayHaveArrived(answer.arrival);
  const answered = accepting || declining;
  const subcode = subcodeOf(evidence.reason);

  if (status === "Success" || (accepting && wireState === "Connected")) return "accepted";
  if (cause === "sessionLost") return "withdrawn";
  if (answer?.kind === "decline" && answer.arrival === "taken") return "declined";
  if (subcode === "connectedelsewhere" || subcode === "autoaccepted") return "answeredElsewhere";
  if (evidence.linksWithdrawn && !answered) return "answeredElsewhere";
  if (isForwarding(subcode) || wireState === "Forwarded" || evidence.acceptedByContact) return "forwarded";
  if (isCancelling(subcode) || wireState === "Cancelled") return "cancelled";
  if ((subcode === "declined" && !answered) || wireState === "Declined") return "declined";
  if (isNoAnswer(subcode)) return "missed";
  // The receipt of our decline and the event travel on two connections, and the event may come first.
  if (declining && cause !== "silence") return "declined";
  if (cause === "completed" && evidence.reason === null) return "missed";
  // Whose accept may have arrived, or came too late, is told that it failed; otherwise nobody took the call.
  const acceptFailed = answer?.kind === "accept" && answer.arrival !== "refused";
  if (cause !== "completed" && !acceptFailed) return "missed";
  return "failed";
}

function howOutgoingEnded(evidence: EndEvidence): EndState {
  const { wireState, cancel, cause } = evidence;
  const subcode = subcodeOf(evidence.reason);
  if (evidence.status === "Success") return "accepted";
  if (cause === "sessionLost") return cancel === "taken" ? "cancelled" : "withdrawn";
  if (evidence.status === null && wireState === "Connected") return "accepted";
  if (isForwarding(subcode) || wireState === "Forwarded") return "forwarded";
  if (isCancelling(subcode) || wireState === "Cancelled") return "cancelled";
  if (subcode === "declined" || wireState === "Declined") return "declined";
  if (cancel === "taken") return "cancelled";
  if (isNoAnswer(subcode)) return "missed";
  // The receipt of our cancel and the event travel on two connections, and the event may come first.
  const cancelling = cancel !== null && mayHaveArrived(cancel);
  return cancelling && cause !== "silence" && evidence.reason === null ? "cancelled" : "failed";
}

/** Whether an answer counts as one of ours: one that the server turned down does not. */
export function mayHaveArrived(arrival: Arrival): boolean {
  return arrival === "underWay" || arrival === "taken" || arrival === "unclear";
}

function subcodeOf(reason: UcwaReason | null): string | null {
  return reason?.subcode?.toLowerCase() ?? null;
}

function isForwarding(subcode: string | null): boolean {
  return subcode === "forwarded" || subcode === "redirected" || subcode === "transferred";
}

/** Both spellings: the reference writes the subcode with one l and the state with two. */
function isCancelling(subcode: string | null): boolean {
  return subcode === "canceled" || subcode === "cancelled";
}

function isNoAnswer(subcode: string | null): boolean {
  return subcode === "missed" || subcode === "timeout" || subcode === "expired";
}
