import type { Unsubscribe } from "../../platform/ports.ts";
import type { ServiceProfile } from "./freedesktop/service-profile.ts";

/** What the notification service can do. */
export interface NotificationCapabilities {
  /** For people: the service's own name and version. */
  readonly name: string;
  readonly actions: boolean;
  readonly body: boolean;
  /** The service reads the body as markup, so `&<>` have to be escaped. */
  readonly bodyMarkup: boolean;
  /** A text can be written in the notification itself. */
  readonly inlineReply?: boolean;
  /** Left out where the service does what is specified. */
  readonly profile?: ServiceProfile;
}

/** The key of an answer that was written. */
export const REPLY = "reply";

export interface NotificationRequest {
  readonly summary: string;
  /** Plain text; the service's adapter escapes as needed. */
  readonly body: string;
  readonly urgency: "low" | "normal" | "critical";
  /** A category of the Desktop Notifications Specification, such as `im.received`. */
  readonly category: string;
  /** Buttons in their order; keys are ours. Left out where the service has no actions. */
  readonly actions: ReadonlyArray<{ readonly key: string; readonly label: string }>;
  /**
   * What a click beside the buttons is called, for services that draw a button for it. Left out where opening leads
   * nowhere: then such a click does what the service does by itself, which is mostly to dismiss the notification.
   */
  readonly openLabel?: string;
  /** The `file://` address of a picture of who calls. What it shows is said in words, too. */
  readonly picture?: string;
  /** A text can be written in answer, where the service has a field for it. */
  readonly reply?: { readonly label: string; readonly placeholder: string };
  /** An ordinary one, which the service takes off the screen when it likes; all others stay until they are closed. */
  readonly passing?: true;
  /** Doorbell plays a sound for it itself. */
  readonly silent?: true;
}

export type NotificationEvent =
  /** It is on the screen: after `show`, and again when a service that had been too slow put it up after all. */
  | { readonly type: "shown" }
  /** `text`: what was written into it, with the key `REPLY`; nothing cleans or bounds it before. */
  | { readonly type: "answered"; readonly key: string; readonly text?: string }
  /** Clicked somewhere else than on a button. */
  | { readonly type: "opened" }
  /**
   * Dismissed by the user, or closed by the service (expired, undefined, service gone). Never by ourselves. The last
   * event of a handle. Many services close a notification whose button was pressed: `answered`, then `closed`.
   */
  | { readonly type: "closed"; readonly by: "user" | "service" }
  /**
   * It is not on the screen; `detail` is one sentence for a person. The last event of a handle, unless
   * `mayStillAppear`: then the service is only slow, and the handle goes on. `final`: it was taken for something else
   * than a notification, and asking again would do that again.
   */
  | {
      readonly type: "failed";
      readonly detail: string;
      readonly mayStillAppear?: true;
      readonly final?: true;
    };

export interface NotificationHandle {
  /** Removes the listeners first, then withdraws; resolves when the service has confirmed or after a bounded wait. */
  close(): Promise<void>;
  /** Changes text or buttons in place, without ringing again. */
  update(request: NotificationRequest): void;
}

/**
 * - `noBus`: there is no session bus, or it is gone.
 * - `noService`: nobody draws notifications here.
 * - `slow`: the service exists but did not answer within a second.
 * - `failed`: the service answered with an error.
 */
export type UnavailableReason = "noBus" | "noService" | "slow" | "failed";

export type Capability =
  | { readonly available: true; readonly capabilities: NotificationCapabilities }
  | {
      readonly available: false;
      readonly reason: UnavailableReason;
      /** One sentence for a person. */
      readonly detail: string;
    };

/** A native notification service. No call waits for more than a second. */
export interface NotificationService {
  capabilities(): Promise<Capability>;
  show(request: NotificationRequest, listener: (event: NotificationEvent) => void): NotificationHandle;
  /** Called when the service appears, disappears or is replaced by another. */
  onAvailability(listener: (capability: Capability) => void): Unsubscribe;
  dispose(): Promise<void>;
}

/** What the service does otherwise, as far as it is known and there. */
export function profileIn(capability: Capability | null): ServiceProfile | null {
  return (capability?.available ? capability.capabilities.profile : null) ?? null;
}
