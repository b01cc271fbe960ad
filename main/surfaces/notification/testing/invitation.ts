import type { Invitation } from "../../../invitations/invitation.ts";

/** An incoming messaging invitation that rings, changed as a test wishes. */
export function invitation(over: Partial<Invitation> = {}): Invitation {
  return {
    id: "i1",
    kind: "messaging",
    direction: "incoming",
    state: "ringing",
    from: { name: "Lene Aaling", uri: "sip:lene@contoso.com", network: "SameEnterprise", anonymous: false },
    to: null,
    onBehalfOf: null,
    subject: "Strategy for next quarter",
    message: { text: "Hi Tosh", format: "plain" },
    importance: "Normal",
    threadId: null,
    operationId: null,
    canAccept: true,
    canDecline: true,
    canCancel: false,
    conversation: null,
    acceptedBy: null,
    receivedAt: 0,
    endedAt: null,
    reason: null,
    answering: null,
    answerProblem: null,
    ...over,
  };
}
