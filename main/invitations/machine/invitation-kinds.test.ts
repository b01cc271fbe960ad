import { describe, expect, it } from "vitest";

import {
  APPLICATION,
  completed,
  CONVERSATION,
  conversationEvent,
  insideConversation,
  INVITATION,
  invitationEvent,
  resource,
  started,
} from "../../testing/invitation-events.ts";
import { rig, taken } from "../../testing/rig.ts";

const SECOND = `${INVITATION}-2`;

function callOf(
  rel: string,
  links: Readonly<Record<string, string>>,
  properties: Readonly<Record<string, unknown>> = {},
) {
  return invitationEvent("started", {
    rel,
    resource: resource({
      rel,
      properties: { direction: "Incoming", state: "Connecting", ...properties },
      links,
    }),
  });
}

const BOTH = { accept: `${INVITATION}/accept`, decline: `${INVITATION}/decline` };

describe("what can be answered here", () => {
  const calls: readonly (readonly [string, string, Readonly<Record<string, string>>, ...rules: string[]])[] =
    [
      ["phoneAudioInvitation", "phoneAudio", BOTH, "phone-decline-only", "decline-other-kinds"],
      [
        "audioVideoInvitation",
        "audioVideo",
        { ...BOTH, acceptWithAnswer: `${INVITATION}/acceptWithAnswer` },
        "audio-video-no-accept",
      ],
      ["hologramInvitation", "other", BOTH, "kind-unknown"],
      ["onlineMeetingInvitation", "onlineMeeting", { decline: BOTH.decline }, "decline-other-kinds"],
    ];
  for (const [rel, kind, links, ...tags] of calls) {
    it(
      `${rel} rings and can be declined, but not accepted: links are ${Object.keys(links).join(", ")}`,
      { tags },
      async () => {
        const { doorbell, session, only } = rig();
        session.onPost = taken;
        doorbell.received([callOf(rel, links)]);
        expect(only()).toMatchObject({ kind, state: "ringing", canAccept: false, canDecline: true });
        expect(await doorbell.accept(only().id)).toMatchObject({ ok: false, error: { code: "notAllowed" } });
        expect(session.posted).toEqual([]);
        expect(await doorbell.decline(only().id)).toEqual({ ok: true });
        expect(session.posted).toEqual([
          { generation: 1, href: `${INVITATION}/decline`, body: { reason: "Global" } },
        ]);
      },
    );
  }

  it.each(["messagingInvitation", "onlineMeetingInvitation"])("%s can be accepted and declined", (rel) => {
    const { doorbell, only } = rig();
    doorbell.received([callOf(rel, BOTH)]);
    expect(only()).toMatchObject({ canAccept: true, canDecline: true });
  });

  it(
    "a participantInvitation is a call of our own and never rings, said or not",
    { tags: ["participant-invitation"] },
    () => {
      for (const [direction, links] of [
        ["Outgoing", { cancel: `${INVITATION}/cancel` }],
        [null, {}],
      ] as const) {
        const { doorbell, only } = rig();
        doorbell.received([callOf("participantInvitation", links, { direction })]);
        expect(only()).toMatchObject({
          kind: "participant",
          state: "inviting",
          canCancel: "cancel" in links,
        });
      }
    },
  );

  it("a phone call without any link rings all the same", () => {
    const { doorbell, only } = rig();
    doorbell.received([callOf("phoneAudioInvitation", {})]);
    expect(only()).toMatchObject({ state: "ringing", canAccept: false, canDecline: false });
  });
});

describe("where a decline counts", () => {
  it.each(["Local", "Global"] as const)(
    "is told when it was ours: %s",
    { tags: ["decline-ends"] },
    async (scope) => {
      const { doorbell, session, only } = rig();
      session.onPost = taken;
      doorbell.received([started()]);
      await doorbell.decline(only().id, scope);
      expect(only().declineScope).toBeNull();
      doorbell.received([completed("Failure", "Declined")]);
      expect(only()).toMatchObject({ state: "declined", declineScope: scope });
    },
  );

  it("is not ours when another device declined", () => {
    const { doorbell, only } = rig();
    doorbell.received([started()]);
    doorbell.received([completed("Failure", "Declined")]);
    expect(only()).toMatchObject({ state: "declined", declineScope: null });
  });
});

describe("a conversation that moved to another one (derivedMessaging)", () => {
  const moved = invitationEvent("updated", {
    resource: resource({
      properties: { direction: "Incoming", state: "Connecting" },
      links: { conversation: CONVERSATION, derivedMessaging: `${INVITATION}/derivedMessaging` },
    }),
  });

  it(
    "is not over with the old conversation when we accepted it",
    { tags: ["derived-messaging"] },
    async () => {
      const { doorbell, session, clock, only } = rig();
      session.onPost = taken;
      doorbell.received([started()]);
      await doorbell.accept(only().id);
      doorbell.received([moved]);
      doorbell.received([conversationEvent("deleted", null)]);
      await clock.advance(2000);
      expect(only().state).toBe("answering");
      expect(session.lookedUp).toEqual([INVITATION]);
      doorbell.received([completed("Success")]);
      expect(only().state).toBe("accepted");
    },
  );

  it("is over for somebody who did not answer", async () => {
    const { doorbell, clock, only } = rig();
    doorbell.received([started()]);
    doorbell.received([moved]);
    doorbell.received([conversationEvent("deleted", null)]);
    await clock.advance(2000);
    expect(only().endedAt).not.toBeNull();
  });
});

describe("an invitation in a conversation that the user is in", () => {
  it(
    "says so, and is not taken for accepted because the conversation is connected",
    { tags: ["invitation-existing-conversation"] },
    async () => {
      const { doorbell, session, only } = rig();
      session.onPost = taken;
      doorbell.received([conversationEvent("added", "Connected")]);
      doorbell.received([started()]);
      expect(only()).toMatchObject({ state: "ringing", inKnownConversation: true });
      await doorbell.accept(only().id);
      doorbell.received([conversationEvent("updated", "Connected")]);
      expect(only().state).toBe("answering");
      doorbell.received([completed("Success")]);
      expect(only().state).toBe("accepted");
    },
  );

  it("does not say so of the conversation that it makes itself", () => {
    const { doorbell, only } = rig();
    doorbell.received([started()]);
    doorbell.received([conversationEvent("added", "Incoming")]);
    expect(only().inKnownConversation).toBe(false);
  });
});

describe("two invitations of one conversation", () => {
  function two() {
    const made = rig();
    made.session.onPost = taken;
    made.doorbell.received([conversationEvent("added", "Incoming")]);
    made.doorbell.received([started()]);
    made.doorbell.received([started({ href: SECOND })]);
    const states = () => made.doorbell.state.invitations.map(({ state }) => state);
    const [first, second] = made.doorbell.state.invitations;
    if (!first || !second) throw new Error("expected two invitations");
    return { ...made, states, first };
  }

  it("ring each by itself, and share the conversation", { tags: ["invitation-thread"] }, () => {
    const { doorbell, states } = two();
    expect(states()).toEqual(["ringing", "ringing"]);
    expect(new Set(doorbell.state.invitations.map(({ conversation }) => conversation)).size).toBe(1);
  });

  it("are not both accepted when one is", async () => {
    const { doorbell, states, first } = two();
    await doorbell.accept(first.id);
    doorbell.received([conversationEvent("updated", "Connected")]);
    expect(states()).toEqual(["accepted", "ringing"]);
  });

  it("are both over when the conversation is", async () => {
    const { doorbell, clock, states } = two();
    doorbell.received([conversationEvent("deleted", null)]);
    await clock.advance(2000);
    expect(states()).toEqual(["missed", "missed"]);
  });
});

describe("who is named late", () => {
  it("the caller, by an event of the conversation", () => {
    const { doorbell, only } = rig();
    doorbell.received([callOf("messagingInvitation", { ...BOTH, conversation: CONVERSATION })]);
    expect(only().from.name).toBe("");
    doorbell.received([insideConversation("added", "participant", "participants/ada", "Ada Winter")]);
    expect(only().from.name).toBe("Ada Winter");
  });

  it(
    "who took the call in the user's place, by the contact in its last word",
    { tags: ["accepted-by-contact"] },
    () => {
      const { doorbell, only } = rig();
      doorbell.received([started()]);
      const contact = resource({
        rel: "contact",
        properties: { name: "Ines Roth", uri: "sip:ines@example.test" },
      });
      const last = resource({
        properties: { direction: "Incoming", state: "Failed" },
        links: { acceptedByContact: `${APPLICATION}/people/169` },
        embedded: { acceptedByContact: contact },
      });
      doorbell.received([completed("Failure", undefined, { resource: last })]);
      expect(only()).toMatchObject({
        state: "forwarded",
        acceptedBy: { name: "Ines Roth", uri: "sip:ines@example.test" },
      });
    },
  );
});
