import type { Invitation } from "./invitations/invitation.ts";
import type { Unsubscribe } from "./ports.ts";
import type { SessionState } from "./ucwa/session-port.ts";

/** Everything that a surface may show, as one immutable value. */
export interface AppState {
  readonly session: SessionState;
  /** Oldest first: all that are alive, and the last ended ones. */
  readonly invitations: readonly Invitation[];
}

/** Whether a request to answer was taken; how the invitation ends is told by `AppState`. */
export type AnswerReceipt =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: { readonly code: AnswerErrorCode; readonly message: string } };

export type AnswerErrorCode =
  | "unknownInvitation"
  | "alreadyEnded"
  | "alreadyAnswering"
  | "notAllowed"
  | "refused"
  | "gone"
  | "unreachable"
  | "notSupported";

/** The door through which every surface answers. */
export interface Answering {
  accept(id: string): Promise<AnswerReceipt>;
  /** `Global` tells the caller and stops the user's other devices; `Local` is silent here only. */
  decline(id: string, reason?: "Global" | "Local"): Promise<AnswerReceipt>;
}

/** Holds the state; listeners are called synchronously, once a change, in the order of subscription. */
export interface StateSource {
  readonly state: AppState;
  subscribe(listener: (state: AppState, previous: AppState) => void): Unsubscribe;
}
