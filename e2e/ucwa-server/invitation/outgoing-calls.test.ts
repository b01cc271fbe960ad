import { describe, expect, it } from "vitest";
import { createApplication, due, eventsOf, inWords, virtualServer } from "../testing/client.ts";
import { brokenRules, caller, completionIn, lastOf, ring } from "../testing/ring.ts";

const eve = "sip:eve@partner.example";
const plain = { "Content-Type": "text/plain" };

const ignored = { switches: { callees: "ignore" } } as const;

describe("an outgoing invitation (startMessaging, SendAnIM)", () => {
  it(
    "answers 201 with its address, and tells of itself and its conversation",
    { tags: ["start-messaging", "invitation-from-link"] },
    async () => {
      const { server, application, channel, start } = await caller(ignored);
      const created = await start({
        operationId: "op-1",
        to: eve,
        subject: "Lunch",
        importance: "Urgent",
        threadId: "thread",
        _links: { message: { href: "data:text/plain,Hi" } },
      });
      expect([created.status, created.text]).toEqual([201, ""]);
      const packages = await channel.read(0);
      expect(packages.flatMap(inWords)).toEqual([
        "communication started messagingInvitation",
        "communication added conversation",
        "conversation added localParticipant",
        "conversation updated messaging",
      ]);
      const { messagingInvitation } = lastOf(packages, "messagingInvitation")._embedded;
      expect(messagingInvitation).toMatchObject({
        direction: "Outgoing",
        state: "Connecting",
        operationId: "op-1",
        subject: "Lunch",
        importance: "Urgent",
        threadId: "thread",
      });
      const { self, cancel, accept, decline, from, message } = messagingInvitation._links;
      expect(self.href).toBe(created.headers.get("location"));
      expect([accept, decline]).toEqual([undefined, undefined]);
      expect([cancel.href, from.title, message.href]).toEqual([
        `${self.href}/cancel`,
        "Ada Lindqvist",
        "data:text/plain,Hi",
      ]);
      expect(lastOf(packages, "conversation")._embedded.conversation.state).toBe("Connecting");
      expect((await application.get(self.href)).json).toEqual(messagingInvitation);
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it("takes XML, with the message as a link", async () => {
    const { application, outgoing } = await caller(ignored);
    const { startMessaging } = application.resource._embedded.communication._links;
    const xml =
      '<input xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa">' +
      `<property name="to">${eve}</property><link rel="message" href="data:text/plain,Hi"/></input>`;
    const headers = { "Content-Type": "application/vnd.microsoft.com.ucwa+xml" };
    expect((await application.send("POST", startMessaging.href, xml, headers)).status).toBe(201);
    expect(outgoing()).toMatchObject({ to: { uri: eve }, message: "data:text/plain,Hi" });
  });

  it(
    "completes with who took it when it is answered, in the recorded order",
    { tags: ["invitation-accepted-by-participant"] },
    async () => {
      const { server, channel, start } = await caller();
      await start({ operationId: "op-1", to: eve });
      await channel.read(0);
      const packages = await channel.read(1000);
      expect(packages.flatMap(inWords)).toEqual([
        "communication updated conversation",
        "conversation added participant",
        "conversation added participantMessaging",
        "conversation added participantMessaging",
        "conversation updated messaging",
        "communication completed messagingInvitation Success",
      ]);
      const { messagingInvitation } = completionIn(packages)._embedded;
      expect(messagingInvitation.state).toBe("Connected");
      expect(messagingInvitation._links.cancel).toBeUndefined();
      expect(messagingInvitation._embedded.acceptedByParticipant).toMatchObject([
        { rel: "participant", uri: eve },
      ]);
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it("names whoever else took it (acceptedByParticipant)", async () => {
    const { server, channel, start, outgoing } = await caller(ignored);
    await start({ to: eve });
    server.control.conversations.answerOutgoing(outgoing().id, { uri: "sip:finn@partner.example" });
    const { messagingInvitation } = completionIn(await channel.read(0))._embedded;
    expect(messagingInvitation._embedded.acceptedByParticipant[0].uri).toBe("sip:finn@partner.example");
  });

  it("may go on in another conversation with whoever else took it (derivedMessaging)", async () => {
    const { server, application, channel, start, outgoing } = await caller(ignored);
    await start({ to: eve });
    const begun = await channel.read(0);
    const finn = { uri: "sip:finn@partner.example", name: "Finn" };
    server.control.conversations.answerOutgoing(outgoing().id, finn, true);
    const packages = await channel.read(0);
    const { messagingInvitation } = completionIn(packages)._embedded;
    expect(messagingInvitation._embedded.acceptedByParticipant).toMatchObject([finn]);
    const derived = (await application.get(messagingInvitation._links.derivedMessaging.href)).json;
    expect(derived.state).toBe("Connected");
    const old = lastOf(begun, "conversation").link.href;
    expect(lastOf(packages, "conversation")).toMatchObject({ type: "deleted", link: { href: old } });
    expect(derived._links.conversation.href).not.toBe(old);
    server.control.conversations.sayOutgoing(outgoing().id, "It is me");
    expect(lastOf(await channel.read(0), "message")._embedded.message._links.participant.title).toBe("Finn");
    await application.send("POST", `${derived._links.sendMessage.href}?operationId=1`, "Oh", plain);
    await application.send("DELETE", derived._links.conversation.href);
    expect(outgoing()).toMatchObject({
      state: "over",
      acceptedBy: finn,
      said: [{ by: "caller" }, { by: "user" }],
    });
    expect(brokenRules(server)).toEqual([]);
  });

  it("may move messaging that was added away from a conversation, which goes on without", async () => {
    const server = virtualServer({ switches: { callees: "ignore" } });
    const phone = { modalities: ["Messaging", "PhoneAudio"], phoneNumber: "tel:+14255550123" };
    const { application, channel, invitation, id } = await ring({ kind: "phoneAudio" }, phone, server);
    server.control.conversations.answerPhone(id);
    await channel.read(0);
    const conversation = await application.get(invitation._links.conversation.href);
    const { addMessaging } = (await application.get(conversation.json._links.messaging.href)).json._links;
    await application.send("POST", addMessaging.href, { operationId: "op-1" });
    const { conversations } = server.control;
    const outgoing = () => server.control.state().outgoing[0]!;
    conversations.answerOutgoing(outgoing().id, { uri: "sip:finn@partner.example" }, true);
    const { derivedMessaging } = completionIn(await channel.read(0))._embedded.messagingInvitation._links;
    const active = application.resource._embedded.communication._links.conversations.href;
    const listed: { activeModalities: string[] }[] = (await application.get(active)).json._embedded
      .conversation;
    expect(listed.map(({ activeModalities }) => activeModalities)).toEqual([["PhoneAudio"], ["Messaging"]]);
    server.control.cancel(id);
    await channel.read(0);
    expect(outgoing()).toMatchObject({ state: "connected", joins: true, messaging: "Connected" });
    conversations.interject("resume");
    await due(server);
    expect(outgoing().state).toBe("lost");
    expect((await application.get(derivedMessaging.href)).status).toBe(404);
    expect(brokenRules(server)).toEqual([]);
  });

  it("fails after thirty seconds when nobody answers", { tags: ["outgoing-thirty-seconds"] }, async () => {
    const { server, channel, start } = await caller(ignored);
    await start({ to: eve });
    expect(completionIn(await channel.read(29_900))).toBeUndefined();
    const packages = await channel.read(200);
    expect(completionIn(packages)).toMatchObject({ status: "Failure", reason: { subcode: "Timeout" } });
    expect(packages.flatMap(inWords)).toContain("communication deleted conversation");
    expect(brokenRules(server)).toEqual([]);
  });

  it.each(["Declined", "Busy", "DoNotDisturb", "DestinationNotFound"])("fails with %s", async (subcode) => {
    const { server, channel, start, outgoing } = await caller(ignored);
    await start({ to: eve });
    server.control.conversations.failOutgoing(outgoing().id, subcode);
    expect(completionIn(await channel.read(0))).toMatchObject({ status: "Failure", reason: { subcode } });
    expect(outgoing()).toMatchObject({ state: "failed", subcode });
  });

  it("fails by itself where callees decline", { tags: ["end-remote-failure"] }, async () => {
    const { channel, start } = await caller({ switches: { callees: "decline" } });
    await start({ to: eve });
    expect(completionIn(await channel.read(1000))).toMatchObject({
      status: "Failure",
      reason: { code: "RemoteFailure", subcode: "Declined" },
    });
  });

  it(
    "can be cancelled while it is connecting, and not afterwards (cancel)",
    { tags: ["cancel-204", "cancel-link"] },
    async () => {
      const { server, application, channel, start } = await caller(ignored);
      const created = await start({ to: eve });
      const { cancel } = (await application.get(created.headers.get("location")!)).json._links;
      expect((await application.send("POST", cancel.href)).status).toBe(204);
      expect(completionIn(await channel.read(0))).toMatchObject({
        status: "Failure",
        reason: { subcode: "Canceled" },
        _embedded: { messagingInvitation: { state: "Cancelled" } },
      });
      expect((await application.send("POST", cancel.href)).status).toBe(409);
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it("may have its started event come before the 201 (OperationResource)", async () => {
    const { server, channel, start } = await caller({ switches: { callees: "ignore", receiptLast: true } });
    let answered = false;
    const created = start({ operationId: "op-1", to: eve }).then((reply) => {
      answered = true;
      return reply;
    });
    await due(server);
    expect((await channel.read(0)).flatMap(inWords)[0]).toBe("communication started messagingInvitation");
    expect(answered).toBe(false);
    await server.control.advance(50);
    expect((await created).status).toBe(201);
  });

  it.each([
    [{}, "to"],
    [{ to: "nobody" }, "to"],
    [{ to: eve, operationId: "x".repeat(51) }, "operationId"],
    [{ to: eve, subject: "x".repeat(251) }, "subject"],
    [{ to: eve, importance: "Huge" }, "importance"],
  ])("refuses %j, naming the parameter", async (body, name) => {
    const { start } = await caller();
    const refused = await start(body);
    expect([refused.status, refused.json.subcode, refused.json.parameters[0].name]).toEqual([
      400,
      "ParameterValidationFailure",
      name,
    ]);
  });

  it("does not start a second conversation with the same thread (ThreadIdAlreadyExists)", async () => {
    const { start } = await caller();
    await start({ to: eve, threadId: "one" });
    const again = await start({ to: eve, threadId: "one" });
    expect([again.status, again.json.subcode]).toEqual([409, "ThreadIdAlreadyExists"]);
  });

  it("is possible before the user has been made available: the application can call out (me)", async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    const { startMessaging } = application.resource._embedded.communication._links;
    expect((await application.send("POST", startMessaging.href, { to: eve })).status).toBe(201);
  });
});

describe("the conversation that an outgoing invitation begins", () => {
  async function connected() {
    const parts = await caller();
    await parts.start({ to: eve });
    const packages = await parts.channel.read(2000);
    const { messaging } = lastOf(packages, "messaging")._embedded;
    return { ...parts, links: messaging._links };
  }

  it("carries messages both ways, and both sides' typing (sendMessage, typingParticipants)", async () => {
    const { server, application, channel, links, outgoing } = await connected();
    const { id } = outgoing();
    expect((await application.send("POST", links.setIsTyping.href)).status).toBe(204);
    expect((await application.send("POST", links.sendMessage.href, "Hello", plain)).status).toBe(201);
    await channel.read(0);
    server.control.conversations.typeOutgoing(id, true);
    const [typing] = (await channel.read(0)).flatMap(eventsOf);
    expect(typing).toMatchObject({
      type: "added",
      link: { rel: "participant" },
      in: { rel: "typingParticipants" },
    });
    server.control.conversations.sayOutgoing(id, "Hello yourself");
    const said = await channel.read(0);
    expect(said.flatMap(inWords)).toEqual([
      "conversation deleted participant",
      "conversation completed message Success",
      "communication updated conversation",
    ]);
    expect(outgoing().said.map(({ by, text }) => [by, text])).toEqual([
      ["user", "Hello"],
      ["caller", "Hello yourself"],
    ]);
  });

  it("ends when the other one hangs up", async () => {
    const { server, channel, outgoing } = await connected();
    server.control.conversations.hangUpOutgoing(outgoing().id);
    expect((await channel.read(0)).flatMap(inWords)).toContain("communication deleted conversation");
    expect(outgoing().state).toBe("over");
  });

  it("is listed among the active ones while it lasts (conversations)", async () => {
    const { application, links } = await connected();
    const { conversations } = application.resource._embedded.communication._links;
    const active = async () => (await application.get(conversations.href)).json._embedded.conversation;
    expect(await active()).toHaveLength(1);
    await application.send("DELETE", links.conversation.href);
    expect(await active()).toEqual([]);
  });

  it("is lost with its application", async () => {
    const { server, outgoing } = await connected();
    server.control.kill({}, 404, "ApplicationNotFound");
    expect(outgoing().state).toBe("lost");
  });
});
