import type { Invitation } from "../../../invitations/invitation.ts";
import type { SessionState } from "../../../ucwa/session-port.ts";

/** When the invitation came. */
export const START = Date.UTC(2026, 0, 5, 9);
export const ONLINE: SessionState = { name: "online", generation: 1 };

/** An incoming instant-messaging invitation, overridden as a test needs. */
export function anInvitation(overrides: Partial<Invitation> = {}): Invitation {
  return {
    id: "i1",
    kind: "messaging",
    direction: "incoming",
    state: "ringing",
    from: { name: "Lena Berg", uri: "sip:lena@contoso.example", network: "SameEnterprise", anonymous: false },
    to: "sip:anna@contoso.example",
    callee: null,
    customContentType: null,
    onBehalfOf: null,
    delegator: null,
    forwardedBy: null,
    transferredBy: null,
    subject: "Quarterly figures",
    message: { text: "Have you got a minute?", format: "plain" },
    otherMessageType: null,
    importance: "Normal",
    threadId: "thread",
    operationId: null,
    canAccept: true,
    canDecline: true,
    canCancel: false,
    conversation: "c1",
    privateLine: false,
    phoneNumber: null,
    meeting: null,
    inKnownConversation: false,
    inLobby: false,
    declineScope: null,
    acceptedBy: null,
    receivedAt: START,
    endedAt: null,
    reason: null,
    answering: null,
    answerProblem: null,
    ...overrides,
  };
}
