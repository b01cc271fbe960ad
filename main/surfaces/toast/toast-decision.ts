import type { Invitation } from "../../invitations/invitation.ts";
import type { Presentation } from "../presentation.ts";

export interface ToastFacts {
  /** The person wants the system's notifications. */
  readonly notifications: boolean;
  /** What was decided about the native notification; undefined as long as nothing was. */
  readonly decision: Presentation | undefined;
  /** Taken off the toast without an answer. */
  readonly dismissed: boolean;
  /** It has been on the toast before. */
  readonly alreadyUp: boolean;
}

/** Why an invitation is on the toast, or is not. */
export type ToastDecision =
  | {
      readonly shown: true;
      readonly reason:
        | "answering"
        | "notificationsOff"
        | "noActions"
        | "noBus"
        | "noService"
        | "slow"
        | "failed";
    }
  | {
      readonly shown: false;
      readonly reason: "outgoing" | "ended" | "dismissed" | "alreadyAnswering" | "native" | "undecided";
    };

/** Whether the toast shows an invitation: where the system's notification does not, and nobody waved it off. Pure. */
export function toastDecision(invitation: Invitation, facts: ToastFacts): ToastDecision {
  if (invitation.direction === "outgoing") return { shown: false, reason: "outgoing" };
  if (invitation.endedAt !== null) return { shown: false, reason: "ended" };
  if (facts.dismissed) return { shown: false, reason: "dismissed" };
  if (invitation.state === "answering" && !facts.alreadyUp)
    return { shown: false, reason: "alreadyAnswering" };
  if (!facts.notifications) return { shown: true, reason: "notificationsOff" };
  if (facts.decision === undefined) return { shown: false, reason: "undecided" };
  switch (facts.decision.way) {
    case "toast":
      return { shown: true, reason: facts.decision.reason };
    case "native":
      return { shown: false, reason: "native" };
    case "none":
      // The answer given on the toast is shown there until it has arrived.
      if (facts.decision.reason === "alreadyAnswering" && facts.alreadyUp)
        return { shown: true, reason: "answering" };
      return { shown: false, reason: facts.decision.reason === "dismissedByUser" ? "dismissed" : "native" };
  }
}
