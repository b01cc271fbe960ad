import type { Invitation } from "../invitations/invitation.ts";
import type { Capability, UnavailableReason } from "./native/notification-service.ts";

/**
 * How an invitation is shown and why.
 * - `native`: by the system's notification service.
 * - `toast`: by a window of our own, because the system's service cannot do it or is not wanted.
 * - `none`: not at all.
 */
export type Presentation =
  | {
      readonly way: "native";
      readonly reason: "shown" | "waitingForService" | "noActions" | "noRoom" | UnavailableReason;
    }
  | {
      readonly way: "toast";
      readonly reason: "notificationsOff" | "noActions" | "noRoom" | UnavailableReason;
    }
  | { readonly way: "none"; readonly reason: "outgoing" | "ended" | "alreadyAnswering" | "dismissedByUser" };

export interface PresentationFacts {
  /** `off` when the person does not want the system's notifications; null as long as the service has not answered. */
  readonly service: Capability | "off" | null;
  /** The person has waved it off, wherever it was shown. */
  readonly dismissedByUser: boolean;
  /** What was decided for it last; null for one that has just come. */
  readonly last: Presentation | null;
  /** The service shows as many others of ours as it has room for. */
  readonly full: boolean;
  /** A toast window can be shown: not in the terminal. Without one, the service is tried again and again. */
  readonly toast: boolean;
}

/** Where an invitation rings, and why: the only place that decides it. Pure. */
export function presentation(invitation: Invitation, facts: PresentationFacts): Presentation {
  const { service, dismissedByUser, last, full, toast } = facts;
  if (invitation.direction === "outgoing") return { way: "none", reason: "outgoing" };
  if (invitation.endedAt !== null) return { way: "none", reason: "ended" };
  if (dismissedByUser) return { way: "none", reason: "dismissedByUser" };
  // While an answer is on its way it is shown where it rang. One that never rang here would only disturb now.
  if (invitation.state === "answering") return last ?? { way: "none", reason: "alreadyAnswering" };
  if (service === "off") return { way: "toast", reason: "notificationsOff" };
  if (service === null) return { way: "native", reason: "waitingForService" };
  const way = toast ? "toast" : "native";
  if (!service.available) return { way, reason: service.reason };
  // What is seen on the toast stays there when there is room again.
  if (full || (last?.way === "toast" && last.reason === "noRoom")) return { way, reason: "noRoom" };
  const { actions, profile = {} } = service.capabilities;
  if (!actions || profile.hidesActions) return { way, reason: "noActions" };
  return { way: "native", reason: "shown" };
}
