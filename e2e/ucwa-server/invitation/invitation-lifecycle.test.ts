import { describe, expect, it } from "vitest";
import { availableApplication, eventsOf, inWords, virtualServer } from "../testing/client.ts";
import type { Json, Reply } from "../testing/client.ts";
import { ada, callOf, completionIn, ring } from "../testing/ring.ts";

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

describe("declining (decline, CallDeclineReason)", () => {
  it.each(["Local", "Global", "UnsupportedMedia"])(
    "takes the reason %s",
    { tags: ["decline-ends"] },
    async (reason) => {
      const { server, application, channel, invitation, id } = await ring();
      expect((await application.send("POST", invitation._links.decline.href, { reason })).status).toBe(204);
      const packages = await channel.read(0);
      expect(completionIn(packages)).toMatchObject({ status: "Failure", reason: { subcode: "Declined" } });
      expect(callOf({ server, id })).toMatchObject({ state: "declined", declineReason: reason });
    },
  );

  it("takes no reason, and XML", { tags: ["decline-204"] }, async () => {
    const bare = await ring();
    expect((await bare.application.send("POST", bare.invitation._links.decline.href)).status).toBe(204);
    const xml = await ring();
    const body =
      '<input xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"><property name="reason">Local</property></input>';
    const answer = await xml.application.send("POST", xml.invitation._links.decline.href, body, {
      "Content-Type": "application/xml",
    });
    expect(answer.status).toBe(204);
    expect(callOf(xml).declineReason).toBe("Local");
  });

  it("refuses a reason that does not exist, and goes on ringing", { tags: ["decline-reasons"] }, async () => {
    const { server, application, invitation, id } = await ring();
    const answer = await application.send("POST", invitation._links.decline.href, { reason: "Tired" });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: "BadRequest", subcode: "ParameterValidationFailure" });
    expect(callOf({ server, id }).state).toBe("ringing");
  });
});

describe("several endpoints of one user", () => {
  async function twoEndpoints() {
    const server = virtualServer();
    const one = await availableApplication(server, { endpointId: "one" });
    const two = await availableApplication(server, { endpointId: "two" });
    const id = server.control.invite({ to: ada });
    const first = await one.channel.read(0);
    const second = await two.channel.read(0);
    const invitationOf = (packages: Reply[]): Json => eventsOf(packages[0]!)[0]._embedded.messagingInvitation;
    return {
      server,
      id,
      one: { ...one, invitation: invitationOf(first) },
      two: { ...two, invitation: invitationOf(second) },
    };
  }

  it("ring each with addresses of their own", { tags: ["endpoints-ring-apart"] }, async () => {
    const { one, two } = await twoEndpoints();
    expect(one.invitation._links.self.href).not.toBe(two.invitation._links.self.href);
    expect(one.invitation.threadId).toBe(two.invitation.threadId);
  });

  it(
    "stop ringing when one of them accepts, because it is connected elsewhere",
    { tags: ["end-elsewhere"] },
    async () => {
      const { server, one, two } = await twoEndpoints();
      await one.application.send("POST", one.invitation._links.accept.href);
      const [other] = await two.channel.read(0);
      expect(eventsOf(other!)[0]).toMatchObject({
        status: "Failure",
        reason: { subcode: "ConnectedElsewhere" },
      });
      expect((await two.application.send("POST", two.invitation._links.accept.href)).status).toBe(404);
      expect(server.control.breaches).toEqual([]);
    },
  );

  it("stop ringing when an endpoint outside UCWA takes it", async () => {
    const { server, id, one, two } = await twoEndpoints();
    server.control.answerElsewhere(id);
    for (const { channel } of [one, two])
      expect(eventsOf((await channel.read(0))[0]!)[0]).toMatchObject({
        reason: { subcode: "ConnectedElsewhere" },
      });
  });

  it(
    "go on ringing when one declines Local, and stop when one declines Global",
    { tags: ["decline-local"] },
    async () => {
      const { server, id, one, two } = await twoEndpoints();
      await one.application.send("POST", one.invitation._links.decline.href, { reason: "Local" });
      expect(await two.channel.read(0)).toEqual([]);
      expect(callOf({ server, id }).state).toBe("ringing");
      await two.application.send("POST", two.invitation._links.decline.href, { reason: "Global" });
      expect(callOf({ server, id }).state).toBe("declined");
    },
  );

  it("all hear of a Global decline", { tags: ["decline-global", "end-declined"] }, async () => {
    const { one, two } = await twoEndpoints();
    await one.application.send("POST", one.invitation._links.decline.href, { reason: "Global" });
    expect(eventsOf((await two.channel.read(0))[0]!)[0]).toMatchObject({ reason: { subcode: "Declined" } });
  });
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

  it(
    "refuses a second accept as a conflict, and one to a dead invitation as not found",
    { tags: ["answer-repeated"] },
    async () => {
      const { server, application, invitation } = await ring();
      await application.send("POST", invitation._links.accept.href);
      const again = await application.send("POST", invitation._links.accept.href);
      expect([again.status, again.json.code]).toEqual([409, "Conflict"]);
      const dead = await ring();
      dead.server.control.cancel(dead.id);
      const late = await dead.application.send("POST", dead.invitation._links.decline.href);
      expect([late.status, late.json.code]).toEqual([404, "NotFound"]);
      expect([...server.control.breaches, ...dead.server.control.breaches]).toEqual([]);
    },
  );
});

describe("the connected conversation", () => {
  async function connected() {
    const call = await ring();
    await call.application.send("POST", call.invitation._links.accept.href);
    const packages = await call.channel.read(2000);
    const messaging: Json = packages.flatMap(eventsOf).find((event) => event.link.rel === "messaging");
    return { ...call, links: messaging._embedded.messaging._links };
  }

  it("brings what the caller says, formatted words together with plain ones (message)", async () => {
    const { server, channel, id } = await connected();
    server.control.say(id, "<b>Hello</b>", "html");
    const packages = await channel.read(0);
    const { message } = eventsOf(packages[0]!)[0]._embedded;
    expect(message._links.htmlMessage.href).toBe("data:text/html;charset=utf-8,%3cb%3eHello%3c%2fb%3e");
    expect(message._links.plainMessage.href).toBe("data:text/plain;charset=utf-8,Hello%0d%0a");
  });

  it("takes what the user says and completes it (sendMessage, SendAnIM)", async () => {
    const { server, application, channel, links, id } = await connected();
    const sent = await application.send("POST", `${links.sendMessage.href}?operationId=7`, "Good morning", {
      "Content-Type": "text/plain",
    });
    expect(sent.status).toBe(201);
    expect((await application.get(sent.headers.get("location")!)).json.direction).toBe("Outgoing");
    const packages = await channel.read(0);
    expect(packages.flatMap(inWords)).toEqual([
      "conversation started message",
      "conversation completed message Success",
    ]);
    expect(callOf({ server, id }).said.at(-1)).toMatchObject({ by: "user", text: "Good morning" });
    expect(server.control.breaches).toEqual([]);
  });

  it("ends for both when the user leaves", async () => {
    const { server, application, channel, links, id } = await connected();
    expect((await application.send("POST", links.stopMessaging.href)).status).toBe(204);
    const packages = await channel.read(0);
    expect(packages.flatMap(inWords)).toContain("communication deleted conversation");
    expect((await application.get(links.conversation.href)).status).toBe(404);
    expect(callOf({ server, id }).state).toBe("over");
  });
});
