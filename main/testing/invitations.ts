import type { AppState } from "../core/app-state.ts";
import type { Invitation } from "../invitations/invitation.ts";
import type { SessionState } from "../ucwa/session-port.ts";

/** An incoming invitation that rings. */
export function invitation(over: Partial<Invitation> = {}): Invitation {
  return {
    id: "i1",
    kind: "messaging",
    direction: "incoming",
    state: "ringing",
    from: { name: "Ada Winter", uri: "sip:ada@example.test", network: "SameEnterprise", anonymous: false },
    to: null,
    callee: null,
    onBehalfOf: null,
    delegator: null,
    forwardedBy: null,
    transferredBy: null,
    subject: "Budget",
    message: { text: "\n Have you a minute?\nIt is about the budget.", format: "plain" },
    otherMessageType: null,
    customContentType: null,
    importance: "Normal",
    threadId: null,
    operationId: null,
    canAccept: true,
    canDecline: true,
    canCancel: false,
    conversation: null,
    privateLine: false,
    phoneNumber: null,
    meeting: null,
    inKnownConversation: false,
    inLobby: false,
    declineScope: null,
    acceptedBy: null,
    receivedAt: 1_000,
    endedAt: null,
    reason: null,
    answering: null,
    answerProblem: null,
    ...over,
  };
}

/** The same when it is over. */
export function ended(
  state: Invitation["state"],
  endedAt: number,
  over: Partial<Invitation> = {},
): Invitation {
  return invitation({ state, endedAt, canAccept: false, canDecline: false, ...over });
}

export function appState(
  invitations: readonly Invitation[],
  session: SessionState = { name: "online", generation: 1 },
): AppState {
  return { session, invitations, conversations: [] };
}
