import type { Invitation } from "../../../invitations/invitation.ts";

/** An incoming instant-messaging invitation, overridden as a test needs. */
export function anInvitation(overrides: Partial<Invitation> = {}): Invitation {
  return {
    id: "i1",
    kind: "messaging",
    direction: "incoming",
    state: "ringing",
    from: { name: "Lena Berg", uri: "sip:lena@contoso.example", network: "SameEnterprise", anonymous: false },
    to: "sip:anna@contoso.example",
    onBehalfOf: null,
    subject: "Quarterly figures",
    message: { text: "Have you got a minute?", format: "plain" },
    importance: "Normal",
    threadId: "thread",
    operationId: null,
    canAccept: true,
    canDecline: true,
    canCancel: false,
    conversation: "c1",
    acceptedBy: null,
    receivedAt: Date.UTC(2026, 0, 5, 9),
    endedAt: null,
    reason: null,
    answering: null,
    answerProblem: null,
    ...overrides,
  };
}
