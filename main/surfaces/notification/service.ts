import type { Unsubscribe } from "../../ports.ts";

/** What the notification service can do. */
export interface NotificationCapabilities {
  /** For people: the service's own name and version. */
  readonly name: string;
  readonly actions: boolean;
  readonly body: boolean;
  /** The service reads the body as markup, so `&<>` have to be escaped. */
  readonly bodyMarkup: boolean;
}

export interface NotificationRequest {
  readonly summary: string;
  /** Plain text; the service's adapter escapes as needed. */
  readonly body: string;
  readonly urgency: "low" | "normal" | "critical";
  /** A category of the Desktop Notifications Specification, such as `im.received`. */
  readonly category: string;
  /** Buttons in their order; keys are ours. Left out where the service has no actions. */
  readonly actions: ReadonlyArray<{ readonly key: string; readonly label: string }>;
}

export type NotificationEvent =
  | { readonly type: "answered"; readonly key: string }
  /** Clicked somewhere else than on a button. */
  | { readonly type: "opened" }
  /** Dismissed by the user, or closed by the service (expired, undefined, service gone). Never by ourselves. */
  | { readonly type: "closed"; readonly by: "user" | "service" }
  | { readonly type: "failed"; readonly detail: string };

export interface NotificationHandle {
  /** Removes the listeners first, then withdraws; resolves when the service has confirmed or after a bounded wait. */
  close(): Promise<void>;
  /** Changes text or buttons in place, without ringing again. */
  update(request: NotificationRequest): void;
}

export type Capability =
  | { readonly available: true; readonly capabilities: NotificationCapabilities }
  | { readonly available: false; readonly detail: string };

/** A native notification service. No call waits for more than a second. */
export interface NotificationService {
  capabilities(): Promise<Capability>;
  show(request: NotificationRequest, listener: (event: NotificationEvent) => void): NotificationHandle;
  /** Called when the service appears, disappears or is replaced by another. */
  onAvailability(listener: (capability: Capability) => void): Unsubscribe;
  dispose(): Promise<void>;
}
