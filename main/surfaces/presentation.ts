import type { Invitation } from "../invitations/invitation.ts";
import type { Capability, UnavailableReason } from "./native/notification-service.ts";

/**
 * How an invitation is shown and why.
 * - `native`: by the system's notification service.
 * - `toast`: by a window of our own, because the system's service cannot do it.
 * - `none`: not at all, and why.
 */
export type Presentation =
  | {
      readonly way: "native";
      readonly reason: "shown" | "waitingForService" | "noActions" | UnavailableReason;
    }
  | { readonly way: "toast"; readonly reason: "noActions" | UnavailableReason }
  | { readonly way: "none"; readonly reason: "outgoing" | "ended" | "alreadyAnswering" | "dismissedByUser" };

export interface PresentationFacts {
  /** Null as long as the service has not answered. */
  readonly capability: Capability | null;
  readonly dismissedByUser: boolean;
  /** It has been put in front of the user before. */
  readonly alreadyUp: boolean;
  /** A toast window can be shown: not in the terminal. */
  readonly toast: boolean;
}

/** Which way to show an invitation, with a reason for every outcome. Pure. */
export function presentation(invitation: Invitation, facts: PresentationFacts): Presentation {
  if (invitation.direction === "outgoing") return { way: "none", reason: "outgoing" };
  if (invitation.endedAt !== null) return { way: "none", reason: "ended" };
  if (facts.dismissedByUser) return { way: "none", reason: "dismissedByUser" };
  // Answered before it could ring here: a notification now would only disturb.
  if (invitation.state === "answering" && !facts.alreadyUp)
    return { way: "none", reason: "alreadyAnswering" };
  if (facts.capability === null) return { way: "native", reason: "waitingForService" };
  const way = facts.toast ? "toast" : "native";
  if (!facts.capability.available) return { way, reason: facts.capability.reason };
  if (!facts.capability.capabilities.actions) return { way, reason: "noActions" };
  return { way: "native", reason: "shown" };
}
