import { describe, expect, it } from "vitest";

import { bellState } from "./app-state.ts";
import type { AppState, BellState } from "./app-state.ts";
import type { Invitation, InvitationState } from "../invitations/invitation.ts";
import type { SessionState } from "../ucwa/session-port.ts";

const ONLINE: SessionState = { name: "online", generation: 1 };

function invitation(state: InvitationState, direction: Invitation["direction"] = "incoming"): Invitation {
  return {
    id: "i1",
    kind: "messaging",
    direction,
    state,
    from: { name: "", uri: "", network: "Unknown", anonymous: false },
    to: null,
    callee: null,
    customContentType: null,
    onBehalfOf: null,
    delegator: null,
    forwardedBy: null,
    transferredBy: null,
    subject: "",
    message: null,
    otherMessageType: null,
    importance: "Normal",
    threadId: null,
    operationId: null,
    canAccept: false,
    canDecline: false,
    canCancel: false,
    conversation: null,
    privateLine: false,
    phoneNumber: null,
    meeting: null,
    inKnownConversation: false,
    inLobby: false,
    declineScope: null,
    acceptedBy: null,
    receivedAt: 1000,
    endedAt: 2000,
    reason: null,
    answering: null,
    answerProblem: null,
  };
}

function stateOf(session: SessionState, ...invitations: readonly Invitation[]): AppState {
  return { session, invitations, conversations: [] };
}

describe("the state of the bell", () => {
  it.each<[SessionState, BellState]>([
    [{ name: "signedOut" }, "offline"],
    [{ name: "discovering" }, "connecting"],
    [{ name: "authenticating" }, "connecting"],
    [{ name: "creating" }, "connecting"],
    [ONLINE, "available"],
    [{ name: "reconnecting", reason: "unreachable", detail: "", retryAt: null }, "offline"],
    [{ name: "attention", reason: "certificate", detail: "" }, "needsYou"],
  ])("of a session in %o is %s", (session, state) => {
    expect(bellState(stateOf(session), 0)).toBe(state);
  });

  it("is ringing before everything else", () => {
    const session: SessionState = { name: "attention", reason: "badCredentials", detail: "" };
    expect(bellState(stateOf(session, invitation("missed"), invitation("ringing")), 0)).toBe("ringing");
  });

  it("is not ringing while an answer is on its way", () => {
    expect(bellState(stateOf(ONLINE, invitation("answering")), 0)).toBe("available");
  });

  it("tells of news of the history when all else is well", () => {
    expect(bellState(stateOf(ONLINE), 1)).toBe("missed");
  });

  it("says offline rather than missed", () => {
    expect(bellState(stateOf({ name: "signedOut" }), 1)).toBe("offline");
  });
});
