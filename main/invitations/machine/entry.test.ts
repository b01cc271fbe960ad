import { expect, it } from "vitest";

import {
  completed,
  conversationEvent,
  INVITATION,
  invitationEvent,
  resource,
  snapshot,
  started,
} from "../../testing/invitation-events.ts";
import { found, rig, taken, unreachable } from "../../testing/rig.ts";
import { lookUpRetryMs } from "./timing.ts";

const CANCEL = { cancel: `${INVITATION}/cancel` };

function calling(links: Readonly<Record<string, string>>, direction = "Outgoing") {
  return invitationEvent("started", {
    resource: resource({ properties: { direction, state: "Connecting" }, links }),
  });
}

it("shows nothing of an invitation that nobody has told", async () => {
  const { doorbell, clock, only } = rig();
  const receivedAt = clock.now();
  doorbell.received([invitationEvent("started")]);
  await clock.advance(1500);
  expect(only()).toEqual({
    id: "i1",
    kind: "messaging",
    direction: "incoming",
    state: "ringing",
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
    acceptedBy: null,
    privateLine: false,
    phoneNumber: null,
    meeting: null,
    canAccept: false,
    canDecline: false,
    canCancel: false,
    conversation: null,
    inKnownConversation: false,
    inLobby: false,
    declineScope: null,
    receivedAt,
    endedAt: null,
    reason: null,
    answering: null,
    answerProblem: null,
  });
});

it("has nobody wait in a lobby of which no conversation has told", async () => {
  const { doorbell, session, only } = rig();
  session.onPost = taken;
  doorbell.received([started()]);
  await doorbell.accept(only().id);
  expect(only()).toMatchObject({ state: "answering", inLobby: false });
});

it("lets only a call of the user's own be cancelled, by its link, until it is over", () => {
  const incoming = rig();
  incoming.doorbell.received([calling(CANCEL, "Incoming")]);
  expect(incoming.only()).toMatchObject({ state: "ringing", canCancel: false });
  const without = rig();
  without.doorbell.received([calling({})]);
  expect(without.only()).toMatchObject({ state: "inviting", canCancel: false });
  const { doorbell, only } = rig();
  doorbell.received([calling(CANCEL)]);
  expect(only()).toMatchObject({ state: "inviting", canCancel: true, canAccept: false, canDecline: false });
  doorbell.received([conversationEvent("updated", "Disconnected")]);
  doorbell.received([completed("Failure", "Declined")]);
  expect(only()).toMatchObject({ state: "declined", canCancel: false });
});

it("takes an answer that nobody confirmed, while it rings again, for the reason that the conversation connects", async () => {
  const { doorbell, session, clock, only, shownStates } = rig();
  session.onPost = unreachable;
  session.onLookUp = found(snapshot());
  doorbell.received([started()]);
  doorbell.received([conversationEvent("added", "Incoming")]);
  await doorbell.accept(only().id);
  await clock.settle();
  expect(only().state).toBe("ringing");
  doorbell.received([conversationEvent("updated", "Connected")]);
  expect(shownStates()).toEqual(["ringing", "answering", "ringing", "accepted"]);
});

it.each([
  [1, 300],
  [2, 600],
  [3, 1200],
  [40, 10_000],
])("asks again, after %i failures in a row, in %i ms", (failures, waitMs) => {
  expect(lookUpRetryMs(failures)).toBe(waitMs);
});
