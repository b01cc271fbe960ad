import { describe, expect, it } from "vitest";
import { eventsOf, inWords } from "../testing/client.ts";
import type { Json } from "../testing/client.ts";
import { callOf, completionIn, ring } from "../testing/ring.ts";

describe("an incoming invitation (ReceiveAnIM, messagingInvitation)", () => {
  it(
    "starts with the invitation, its conversation and the local participant in one package",
    { tags: ["flow-started", "communication-sender", "embedded-by-rel"] },
    async () => {
      const { server, first } = await ring();
      expect(inWords(first)).toEqual([
        "communication started messagingInvitation",
        "communication added conversation",
        "conversation added localParticipant",
      ]);
      const [, conversation, participant] = eventsOf(first);
      expect(conversation._embedded.conversation.state).toBe("Incoming");
      expect(participant._embedded.localParticipant.rel).toBe("participant");
      expect(server.control.breaches).toEqual([]);
    },
  );

  it("brings the caller as a participant a second later", { tags: ["flow-participant"] }, async () => {
    const { channel } = await ring();
    const packages = await channel.read(1000);
    expect(packages.map(inWords)).toEqual([["conversation added participant"]]);
    const [added] = eventsOf(packages[0]!);
    expect([added.link.title, added._embedded]).toEqual(["Dana Whitfield", undefined]);
  });

  it(
    "is updated once it is accepted: Connecting still, and not to be answered any more",
    { tags: ["accept-204", "flow-updated"] },
    async () => {
      const { application, channel, invitation } = await ring();
      expect((await application.send("POST", invitation._links.accept.href)).status).toBe(204);
      const [answered] = await channel.read(0);
      expect(inWords(answered!)).toEqual(["communication updated messagingInvitation"]);
      const update = eventsOf(answered!)[0]._embedded.messagingInvitation;
      expect(update.state).toBe("Connecting");
      expect([update._links.accept, update._links.decline]).toEqual([undefined, undefined]);
      expect(update._embedded.from._links.contactPhoto).toBeDefined();
    },
  );

  it(
    "is connected then in the recorded order, and completes",
    { tags: ["flow-completed", "senders-in-order", "answer-links-gone"] },
    async () => {
      const { server, application, channel, invitation, id } = await ring({ message: null });
      await channel.read(1000);
      await application.send("POST", invitation._links.accept.href);
      const [answered, connected] = await channel.read(1000);
      expect(inWords(connected!)).toEqual([
        "conversation updated messaging",
        "communication updated conversation",
        "conversation added participantMessaging",
        "conversation added participantMessaging",
        "conversation updated participant",
        "communication completed messagingInvitation Success",
      ]);
      expect(connected!.json.sender.map((sender: Json) => sender.rel)).toEqual([
        "conversation",
        "communication",
        "conversation",
        "communication",
      ]);
      const [{ _embedded: first }, { _embedded: second }] = eventsOf(connected!);
      expect([first.messaging.state, second.conversation.state]).toEqual(["Connected", "Connected"]);
      expect(Object.keys(first.messaging._links).toSorted()).toEqual(
        [
          "conversation",
          "self",
          "sendMessage",
          "setIsTyping",
          "stopMessaging",
          "typingParticipants",
        ].toSorted(),
      );
      for (const event of [eventsOf(answered!)[0], completionIn([connected!])]) {
        const { accept, decline } = event._embedded.messagingInvitation._links;
        expect([accept, decline]).toEqual([undefined, undefined]);
      }
      expect(callOf({ server, id }).state).toBe("connected");
      expect(server.control.breaches).toEqual([]);
    },
  );

  it(
    "repeats its first words as a message of the conversation",
    { tags: ["flow-first-message"] },
    async () => {
      const { application, channel, invitation } = await ring();
      await application.send("POST", invitation._links.accept.href);
      const [, , said] = await channel.read(1000);
      expect(inWords(said!)).toEqual([
        "conversation completed message Success",
        "communication updated conversation",
      ]);
      const { message } = eventsOf(said!)[0]._embedded;
      expect(message._links.plainMessage.href).toBe(invitation._links.message.href);
    },
  );

  it("goes from Connecting to Connected, or to Failed", { tags: ["invitation-state"] }, async () => {
    for (const [accepts, states] of [
      [true, ["Connecting", "Connecting", "Connected"]],
      [false, ["Connecting", "Failed"]],
    ] as const) {
      const { application, channel, first, invitation } = await ring();
      if (accepts) await application.send("POST", invitation._links.accept.href);
      const events = [first, ...(await channel.read(26_000))].flatMap(eventsOf);
      const resources = events.map(({ _embedded: embedded }) => embedded?.messagingInvitation);
      expect(resources.filter(Boolean).map(({ state }) => state)).toEqual(states);
    }
  });

  it(
    "fails after 25.3 seconds unanswered, deletes the conversation and counts as missed",
    { tags: ["flow-unanswered"] },
    async () => {
      const { server, channel, id } = await ring();
      await channel.read(25_299);
      expect(callOf({ server, id }).state).toBe("ringing");
      const [over] = await channel.read(1);
      expect(inWords(over!)).toEqual([
        "communication completed messagingInvitation Failure",
        "conversation updated messaging",
        "conversation deleted localParticipant",
        "communication deleted conversation",
        "communication updated missedItems",
      ]);
      const [end, , , , missed] = eventsOf(over!);
      expect(end._embedded.messagingInvitation).toMatchObject({ state: "Failed" });
      expect(end._embedded.messagingInvitation._links.accept).toBeUndefined();
      expect(missed._embedded.missedItems).toMatchObject({ missedConversationsCount: 1 });
      expect(callOf({ server, id }).state).toBe("missed");
    },
  );

  it(
    "says that the caller gave up",
    { tags: ["end-canceled", "end-completed", "event-reason"] },
    async () => {
      const { server, channel, id } = await ring();
      server.control.cancel(id);
      const packages = await channel.read(0);
      expect(completionIn(packages)).toMatchObject({
        status: "Failure",
        reason: { code: "RemoteFailure", subcode: "Canceled", message: expect.stringMatching(/\S/) },
        _embedded: { messagingInvitation: { state: "Cancelled" } },
      });
      expect(packages.flatMap(inWords)).not.toContain("communication updated missedItems");
      expect(callOf({ server, id }).state).toBe("cancelled");
    },
  );

  it(
    "says who took it when it moved to somebody else (acceptedByContact)",
    { tags: ["accepted-by-contact"] },
    async () => {
      const { server, application, channel, id } = await ring();
      server.control.forward(id, { uri: "sip:eve@doorbell.example" });
      const packages = await channel.read(0);
      const end = completionIn(packages);
      expect(end).toMatchObject({ reason: { subcode: "Forwarded" } });
      const taker = await application.get(end._embedded.messagingInvitation._links.acceptedByContact.href);
      expect(taker.json.uri).toBe("sip:eve@doorbell.example");
    },
  );

  it(
    "stays silent after an accept when the completion is swallowed",
    { tags: ["accept-is-receipt"] },
    async () => {
      const { server, application, channel, invitation, id } = await ring();
      server.control.setSwitches({ swallowCompletion: true });
      expect((await application.send("POST", invitation._links.accept.href)).status).toBe(204);
      const packages = await channel.read(60_000);
      expect(packages.flatMap(inWords)).not.toContain("communication completed messagingInvitation Success");
      expect(callOf({ server, id }).state).toBe("swallowed");
    },
  );
});

describe("an invitation's own address (messagingInvitation GET)", () => {
  it("answers what its event has carried", { tags: ["invitation-get"] }, async () => {
    const { application, invitation } = await ring({ subject: "A & B" });
    expect((await application.get(invitation._links.self.href)).json).toEqual(invitation);
  });

  it(
    "shows an ended invitation for half a minute, without answer links, and then is not found",
    { tags: ["invitation-get-gone", "error-resource-not-found", "resource-not-found"] },
    async () => {
      const { server, application, invitation, id } = await ring();
      server.control.cancel(id);
      const ended = await application.get(invitation._links.self.href);
      expect(ended.json.state).toBe("Cancelled");
      expect(ended.json._links.accept).toBeUndefined();
      await server.control.advance(29_999);
      expect((await application.get(invitation._links.self.href)).status).toBe(200);
      await server.control.advance(1);
      const gone = await application.get(invitation._links.self.href);
      expect([gone.status, gone.json.subcode]).toEqual([404, "ResourceNotFound"]);
      expect((await application.get(application.resource._links.self.href)).status).toBe(200);
    },
  );
});
