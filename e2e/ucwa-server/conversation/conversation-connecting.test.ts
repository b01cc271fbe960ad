import { describe, expect, it } from "vitest";
import { eventsOf, inWords } from "../testing/client.ts";
import { brokenRules, callOf, completionIn, lastOf, ring } from "../testing/ring.ts";

describe("a meeting that is entered (onlineMeetingInvitation, conversation)", () => {
  const meeting = { kind: "onlineMeeting", meeting: { modalities: ["Messaging", "Audio"] } } as const;

  it("completes once the user is in the roster, with the conversation Conferenced", async () => {
    const attendees = [{ uri: "sip:eve@doorbell.example", name: "Eve" }];
    const { application, channel, invitation, server } = await ring({
      ...meeting,
      meeting: { attendees },
    });
    expect((await application.send("POST", invitation._links.accept.href)).status).toBe(204);
    const entering = await channel.read(0);
    expect(entering.flatMap(inWords)).toEqual([
      "communication updated onlineMeetingInvitation",
      "communication updated conversation",
    ]);
    expect(lastOf(entering, "conversation")._embedded.conversation.state).toBe("Conferencing");
    const inside = await channel.read(1000);
    expect(lastOf(inside, "conversation")._embedded.conversation).toMatchObject({
      state: "Conferenced",
      participantCount: 3,
    });
    expect(inside.flatMap(eventsOf).filter(({ link }) => link.rel === "participant")).toMatchObject([
      { type: "added", link: { title: "Dana Whitfield" } },
      { type: "added", link: { title: "Eve" } },
    ]);
    expect(completionIn(inside)).toMatchObject({
      link: { rel: "onlineMeetingInvitation" },
      status: "Success",
      _embedded: { onlineMeetingInvitation: { state: "Connected" } },
    });
    const conversation = await application.get(invitation._links.conversation.href);
    const roster = await application.get(conversation.json._links.participants.href);
    expect(roster.json._embedded.participant.map(({ name }: { name: string }) => name)).toEqual([
      "Dana Whitfield",
      "Eve",
    ]);
    expect(brokenRules(server)).toEqual([]);
  });

  it(
    "waits in the lobby, still Connecting, until somebody lets the user in",
    { tags: ["meeting-lobby"] },
    async () => {
      const { application, channel, invitation, server, id } = await ring({
        ...meeting,
        meeting: { lobby: true },
      });
      await application.send("POST", invitation._links.accept.href);
      const outside = await channel.read(60_000);
      expect(lastOf(outside, "conversation")._embedded.conversation.state).toBe("InLobby");
      expect(completionIn(outside)).toBeUndefined();
      expect((await application.get(invitation._links.self.href)).json.state).toBe("Connecting");
      expect(callOf({ server, id }).state).toBe("inLobby");
      server.control.conversations.admit(id);
      expect(completionIn(await channel.read(0))).toMatchObject({ status: "Success" });
      expect(callOf({ server, id }).state).toBe("connected");
    },
  );

  it("can be denied from the lobby", async () => {
    const { application, channel, invitation, server, id } = await ring({
      ...meeting,
      meeting: { lobby: true },
    });
    await application.send("POST", invitation._links.accept.href);
    await channel.read(1000);
    server.control.conversations.end(id, { subcode: "Denied" });
    expect(completionIn(await channel.read(0))).toMatchObject({
      status: "Failure",
      reason: { subcode: "Denied" },
    });
    expect(() => server.control.conversations.admit(id)).toThrow("Nobody waits");
  });

  it(
    "lets messaging be added only when it is Conferenced (addMessaging, 409 before)",
    { tags: ["meeting-join"] },
    async () => {
      const { application, channel, invitation, server } = await ring(meeting);
      await application.send("POST", invitation._links.accept.href);
      const entering = await channel.read(0);
      const { messaging } = lastOf(entering, "conversation")._embedded.conversation._links;
      const disconnected = await application.get(messaging.href);
      const { addMessaging } = disconnected.json._links;
      const early = await application.send("POST", addMessaging.href, { operationId: "early" });
      expect([early.status, early.json.code]).toEqual([409, "Conflict"]);

      await channel.read(1000);
      const added = await application.send("POST", addMessaging.href, { operationId: "join" });
      expect(added.status).toBe(201);
      const twice = await application.send("POST", addMessaging.href, { operationId: "again" });
      expect([twice.status, twice.json.subcode]).toEqual([409, "AnotherOperationPending"]);
      const packages = await channel.read(1000);
      const [started, completed] = packages
        .flatMap(eventsOf)
        .filter(({ link }) => link.rel === "messagingInvitation");
      expect(started).toMatchObject({
        type: "started",
        _embedded: { messagingInvitation: { direction: "Outgoing", operationId: "join" } },
      });
      expect(started.link.href).toBe(added.headers.get("location"));
      expect(completed).toMatchObject({ type: "completed", status: "Success" });
      const connected = await application.get(messaging.href);
      expect(Object.keys(connected.json._links)).toContain("sendMessage");
      const sent = await application.send("POST", connected.json._links.sendMessage.href, "Hello", {
        "Content-Type": "text/plain",
      });
      expect(sent.status).toBe(201);
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it("goes on as a meeting when its messaging is stopped", async () => {
    const { application, channel, invitation } = await ring(meeting);
    await application.send("POST", invitation._links.accept.href);
    const inside = await channel.read(1000);
    const { messaging, self } = lastOf(inside, "conversation")._embedded.conversation._links;
    const { addMessaging } = (await application.get(messaging.href)).json._links;
    await application.send("POST", addMessaging.href, {});
    await channel.read(1000);
    const { stopMessaging } = (await application.get(messaging.href)).json._links;
    expect((await application.send("POST", stopMessaging.href)).status).toBe(204);
    await channel.read(0);
    expect((await application.get(self.href)).json).toMatchObject({
      state: "Conferenced",
      activeModalities: [],
    });
    expect((await application.get(messaging.href)).json._links.addMessaging).toBeDefined();
  });
});
