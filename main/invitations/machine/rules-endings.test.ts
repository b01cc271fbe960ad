/** What the reference and the recordings say of an invitation's life, rule by rule. */
import { describe, expect, it } from "vitest";
import {
  completed,
  conversationEvent,
  insideConversation,
  INVITATION,
  invitationEvent,
  invitationResource,
  reason,
  resource,
  snapshot,
  started,
  UNANSWERABLE,
} from "../../testing/invitation-events.ts";
import { found, gone, rig, taken } from "../../testing/rig.ts";

const over = (more: { rel?: string; state?: string; links?: Record<string, string> } = {}) =>
  resource({
    rel: more.rel ?? "messagingInvitation",
    properties: { direction: "Incoming", state: more.state ?? "Failed" },
    links: more.links ?? {},
  });

describe("the recorded way of an invitation (ReceiveAnIM)", () => {
  it(
    "rings once over its first package, and the caller's arrival",
    { tags: ["flow-started", "flow-participant"] },
    () => {
      const { doorbell, shownStates, only } = rig();
      doorbell.received([started()]);
      doorbell.received([conversationEvent("added", "Incoming")]);
      doorbell.received([insideConversation("added", "localParticipant", "participants/me")]);
      doorbell.received([insideConversation("added", "participant", "participants/1", "Ada Winter")]);
      expect(shownStates()).toEqual(["ringing"]);
      expect(only()).toMatchObject({ canAccept: true, canDecline: true });
    },
  );

  it(
    "is accepted by way of an update without links, and its first words do not ring again",
    { tags: ["flow-updated", "flow-completed", "flow-first-message", "accept-is-receipt"] },
    async () => {
      const { doorbell, session, clock, shownStates, only } = rig();
      session.onPost = taken;
      doorbell.received([started()]);
      doorbell.received([conversationEvent("added", "Incoming")]);
      await doorbell.accept(only().id);
      doorbell.received([
        invitationEvent("updated", { resource: invitationResource({ answerable: false }) }),
      ]);
      expect(only().state).toBe("answering");
      doorbell.received([insideConversation("updated", "messaging", "messaging")]);
      doorbell.received([completed("Success", undefined, { resource: over({ state: "Connected" }) })]);
      doorbell.received([insideConversation("completed", "message", "messaging/messages/1")]);
      await clock.advance(10_000);
      expect(shownStates()).toEqual(["ringing", "answering", "accepted"]);
    },
  );

  it(
    "is missed when nobody answers, and ends once although much is deleted after it",
    { tags: ["flow-unanswered", "end-without-reason"] },
    async () => {
      const { doorbell, clock, shownStates, told } = rig();
      doorbell.received([started()]);
      await clock.advance(25_300);
      doorbell.received([completed("Failure", undefined, { resource: over() })]);
      const ended = told.length;
      doorbell.received([insideConversation("deleted", "localParticipant", "participants/me")]);
      doorbell.received([conversationEvent("deleted", null)]);
      await clock.advance(5_000);
      expect(shownStates()).toEqual(["ringing", "missed"]);
      expect(told).toHaveLength(ended);
    },
  );

  it(
    "has no first message, and rings all the same",
    { tags: ["message-absent", "invitation-subject"] },
    () => {
      const { doorbell, only } = rig();
      const bare = resource({
        properties: { direction: "Incoming", state: "Connecting", subject: "" },
        links: { accept: `${INVITATION}/accept`, decline: `${INVITATION}/decline` },
      });
      doorbell.received([started({ resource: bare })]);
      expect(only()).toMatchObject({ state: "ringing", message: null, subject: "" });
    },
  );

  it(
    "comes into a conversation that is connected already",
    { tags: ["invitation-existing-conversation"] },
    () => {
      const { doorbell, shownStates, only } = rig();
      doorbell.received([conversationEvent("added", "Connected")]);
      doorbell.received([started()]);
      doorbell.received([conversationEvent("updated", "Connected")]);
      expect(shownStates()).toEqual(["ringing"]);
      expect(only().canAccept).toBe(true);
    },
  );
});

describe("an ending (ErrorSubcode)", () => {
  const endings = [
    ["end-canceled", "Canceled", "cancelled"],
    ["end-missed", "Missed", "missed"],
    ["end-missed", "Timeout", "missed"],
    ["end-missed", "Expired", "missed"],
    ["end-elsewhere", "ConnectedElsewhere", "answeredElsewhere"],
    ["end-auto-accepted", "AutoAccepted", "answeredElsewhere"],
    ["end-forwarded", "Forwarded", "forwarded"],
    ["end-forwarded", "Redirected", "forwarded"],
    ["end-forwarded", "Transferred", "forwarded"],
    ["end-declined", "Declined", "declined"],
  ] as const;
  for (const [rule, subcode, state] of endings) {
    it(`with ${subcode} is ${state}`, { tags: [rule, "end-completed"] }, () => {
      const { doorbell, shownStates } = rig();
      doorbell.received([started()]);
      doorbell.received([completed("Failure", subcode, { resource: over() })]);
      expect(shownStates()).toEqual(["ringing", state]);
    });
  }

  for (const subcode of ["Replaced", "RepliedWithOtherModality"]) {
    it(`with ${subcode} stops the ringing`, { tags: ["end-replaced"] }, async () => {
      const { doorbell, clock, only } = rig();
      doorbell.received([started()]);
      doorbell.received([completed("Failure", subcode, { resource: over() })]);
      await clock.settle();
      expect(only().endedAt).not.toBeNull();
      expect(only()).toMatchObject({ canAccept: false, canDecline: false });
      expect(only().state).not.toBe("ringing");
    });
  }

  it(
    "with a subcode that nobody knows stops the ringing like any other",
    { tags: ["end-unknown-subcode"] },
    () => {
      for (const code of ["RemoteFailure", "Informational", "LocalFailure", "Hologram"]) {
        const { doorbell, only } = rig();
        doorbell.received([started()]);
        doorbell.received([completed("Failure", undefined, { reason: reason("MoonInTheWrongHouse", code) })]);
        expect(only().endedAt, code).not.toBeNull();
        expect(only().canAccept, code).toBe(false);
      }
    },
  );

  it("says who took it in the user's place", { tags: ["accepted-by-contact", "end-forwarded"] }, () => {
    const { doorbell, shownStates } = rig();
    doorbell.received([started()]);
    const links = { acceptedByContact: "https://pool.example.test/people/eve" };
    doorbell.received([completed("Failure", undefined, { resource: over({ links }) })]);
    expect(shownStates()).toEqual(["ringing", "forwarded"]);
  });

  it(
    "comes with the end of the conversation, where nothing else says so",
    { tags: ["end-conversation"] },
    async () => {
      const { doorbell, clock, only } = rig();
      doorbell.received([started()]);
      doorbell.received([conversationEvent("updated", "Disconnected")]);
      await clock.advance(2_000);
      expect(only().state).toBe("missed");
    },
  );

  it("comes with the session", { tags: ["end-sign-out", "recreate-withdraws"] }, () => {
    const { doorbell, shownStates } = rig();
    doorbell.received([started()]);
    doorbell.generationEnded(1);
    expect(shownStates()).toEqual(["ringing", "withdrawn"]);
  });

  it(
    "of an invitation that the other side declined is said by RemoteFailure, Declined",
    { tags: ["end-remote-failure"] },
    async () => {
      const { doorbell, session, clock, shownStates } = rig();
      session.onLookUp = found(snapshot({ direction: "Outgoing", links: UNANSWERABLE }));
      doorbell.received([invitationEvent("started")]);
      await clock.settle();
      doorbell.received([completed("Failure", undefined, { reason: reason("Declined", "RemoteFailure") })]);
      expect(shownStates()).toEqual(["inviting", "declined"]);
    },
  );
});

describe("an answer that a failing server does not take (accept)", () => {
  it("is no end of the invitation", { tags: ["accept-500"] }, async () => {
    const { doorbell, session, clock, only } = rig();
    doorbell.received([started()]);
    session.onPost = () => Promise.resolve({ outcome: "unreachable", detail: "500" });
    session.onLookUp = found(snapshot());
    await doorbell.accept(only().id);
    await clock.settle();
    expect(only()).toMatchObject({ state: "ringing", canAccept: true });
  });

  it("and is gone when the invitation is", { tags: ["accept-too-late"] }, async () => {
    const { doorbell, session, clock, only } = rig();
    doorbell.received([started()]);
    session.onPost = gone;
    session.onLookUp = gone;
    await doorbell.accept(only().id);
    await clock.advance(2_000);
    expect(only()).toMatchObject({ state: "failed", canAccept: false });
  });

  it(
    "declines with a reason of the reference",
    { tags: ["decline-reasons", "decline-local", "decline-global"] },
    async () => {
      for (const scope of ["Local", "Global"] as const) {
        const { doorbell, session, only } = rig();
        session.onPost = taken;
        doorbell.received([started()]);
        await doorbell.decline(only().id, scope);
        expect(session.posted.map(({ body }) => body)).toEqual([{ reason: scope }]);
      }
    },
  );
});

it(
  "never rings for a participantInvitation of the user's own",
  { tags: ["participant-invitation"] },
  async () => {
    const { doorbell, session, clock, shownStates } = rig();
    const rel = "participantInvitation";
    session.onLookUp = found(snapshot({ kind: "participant", direction: "Outgoing", links: UNANSWERABLE }));
    doorbell.received([invitationEvent("started", { rel })]);
    await clock.settle();
    doorbell.received([invitationEvent("completed", { rel, status: "Failure", reason: reason("Timeout") })]);
    expect(shownStates()).not.toContain("ringing");
  },
);

it("keeps two invitations of one thread apart", { tags: ["invitation-thread"] }, () => {
  const { doorbell } = rig();
  doorbell.received([started()]);
  doorbell.received([started({ href: `${INVITATION}9` })]);
  expect(doorbell.state.invitations.map(({ state }) => state)).toEqual(["ringing", "ringing"]);
});
