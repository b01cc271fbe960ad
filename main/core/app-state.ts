import type { Conversation } from "../conversations/conversation.ts";
import type { Invitation } from "../invitations/invitation.ts";
import type { Unsubscribe } from "../platform/ports.ts";
import type { SessionState } from "../ucwa/session-port.ts";

export type { Calling } from "../conversations/calling.ts";
export type { Talking } from "../conversations/talking.ts";
export type { AnswerErrorCode, AnswerReceipt, Answering } from "../invitations/answer.ts";

/** Everything that a surface may show, as one immutable value. */
export interface AppState {
  readonly session: SessionState;
  /** Oldest first: all that are alive, and the last ended ones. */
  readonly invitations: readonly Invitation[];
  /** Oldest first: all that are alive, and the last ended ones. */
  readonly conversations: readonly Conversation[];
}

/** Holds the state; listeners are called synchronously, once a change, in the order of subscription. */
export interface StateSource {
  readonly state: AppState;
  subscribe(listener: (state: AppState, previous: AppState) => void): Unsubscribe;
}

/** The one thing that a surface with room for one thing (tray, badge) tells, most pressing first. */
export type BellState = "ringing" | "needsYou" | "offline" | "connecting" | "missed" | "quiet" | "available";

/**
 * What the whole state comes to. `missed` is how many news the history has; `quiet`: somebody wants quiet. A session that is reconnecting is offline,
 * whatever it is trying at the moment: it cannot be rung, and an icon that changes with every try says nothing more.
 */
export function bellState(state: AppState, missed: number, quiet = false): BellState {
  if (state.invitations.some((invitation) => invitation.state === "ringing")) return "ringing";
  switch (state.session.name) {
    case "attention":
      return "needsYou";
    case "signedOut":
    case "reconnecting":
      return "offline";
    case "discovering":
    case "authenticating":
    case "creating":
      return "connecting";
    case "online":
      return missed > 0 ? "missed" : quiet ? "quiet" : "available";
  }
}
