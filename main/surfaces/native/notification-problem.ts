import { texts } from "../../../locales/texts.ts";
import type { Capability, UnavailableReason } from "./notification-service.ts";

/** Why native notifications do not work as they should; `detail` is one sentence for a person. */
export type NotificationProblem =
  | { readonly code: UnavailableReason; readonly detail: string }
  | { readonly code: "noActions"; readonly detail: string };

/** What is wrong with a service that can do this; null when nothing is, or nothing is known yet. */
export function problemOf(capability: Capability | null): NotificationProblem | null {
  if (capability === null) return null;
  if (!capability.available) return { code: capability.reason, detail: capability.detail };
  const { actions, name, profile } = capability.capabilities;
  return actions && !profile?.hidesActions
    ? null
    : { code: "noActions", detail: texts.notifications.problems.noButtons(name) };
}

/** The same, as the service would have said it. */
export function unavailable({ code, detail }: NotificationProblem): Capability {
  return { available: false, reason: code === "noActions" ? "failed" : code, detail };
}
