import { describe, expect, it } from "vitest";
import { availableApplication, eventsOf, inWords, virtualServer } from "../testing/client.ts";
import type { Json, Reply } from "../testing/client.ts";
import { ada, brokenRules, callOf, completionIn, lastOf, ring } from "../testing/ring.ts";

const phone = { modalities: ["Messaging", "PhoneAudio"], phoneNumber: "tel:+14255550123" };

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

describe("several users, each with several endpoints", () => {
  it("one answers; the same user's others stop within one event, and the other user rings on", async () => {
    const server = virtualServer();
    const one = await availableApplication(server, { endpointId: "one" });
    const two = await availableApplication(server, { endpointId: "two" });
    const three = await availableApplication(server, { endpointId: "three" });
    const ben = await availableApplication(server, { user: "ben" });
    const forAda = server.control.invite({ to: ada });
    const forBen = server.control.invite({ to: "sip:ben@doorbell.example" });
    const [started] = await one.channel.read(0);
    await two.channel.read(0);
    await three.channel.read(0);
    await ben.channel.read(0);
    const { accept } = eventsOf(started!)[0]._embedded.messagingInvitation._links;
    await one.application.send("POST", accept.href);
    for (const { channel } of [two, three]) {
      const [news] = await channel.read(0);
      expect(eventsOf(news!)[0]).toMatchObject({
        type: "completed",
        status: "Failure",
        reason: { subcode: "ConnectedElsewhere" },
      });
    }
    expect(await ben.channel.read(0)).toEqual([]);
    expect(callOf({ server, id: forBen }).state).toBe("ringing");
    await one.channel.read(1000);
    expect(callOf({ server, id: forAda }).state).toBe("connected");
  });
});

describe("messaging that is added to a conversation that stands (messagingInvitation)", () => {
  async function onThePhone() {
    const call = await ring({ kind: "phoneAudio" }, phone);
    call.server.control.conversations.answerPhone(call.id);
    await call.channel.read(0);
    const second = call.server.control.invite({ to: ada, into: call.id, message: "Also in writing?" });
    const packages = await call.channel.read(0);
    const invitation = eventsOf(packages[0]!)[0]._embedded.messagingInvitation;
    return { ...call, second, packages, invitation };
  }

  it(
    "names the conversation that is there and adds none",
    { tags: ["invitation-existing-conversation"] },
    async () => {
      const { invitation, packages } = await onThePhone();
      expect(packages.flatMap(inWords)).toEqual([
        "communication started messagingInvitation",
        "conversation updated messaging",
        "communication updated conversation",
      ]);
      const { conversation } = lastOf(packages, "conversation")._embedded;
      expect(conversation._links.self.href).toBe(invitation._links.conversation.href);
      expect(conversation.activeModalities).toEqual(["Messaging", "PhoneAudio"]);
    },
  );

  it("connects in it once it is accepted", async () => {
    const { application, channel, invitation, server, second } = await onThePhone();
    await application.send("POST", invitation._links.accept.href);
    const packages = await channel.read(1000);
    expect(completionIn(packages)).toMatchObject({ status: "Success" });
    expect(packages.flatMap(inWords)).toContain("conversation completed message Success");
    expect(callOf({ server, id: second }).state).toBe("connected");
    expect(brokenRules(server)).toEqual([]);
  });

  it("leaves it alone when it is declined, and can come again", async () => {
    const { application, channel, invitation, server, id } = await onThePhone();
    await application.send("POST", invitation._links.decline.href, { reason: "Local" });
    const packages = await channel.read(0);
    expect(completionIn(packages)).toMatchObject({ status: "Failure" });
    expect(packages.flatMap(inWords)).not.toContain("communication deleted conversation");
    expect((await application.get(invitation._links.conversation.href)).json).toMatchObject({
      state: "Connected",
      activeModalities: ["PhoneAudio"],
    });
    expect(server.control.invite({ to: ada, into: id })).toMatch(/^call-/);
  });

  it("ends with the conversation", { tags: ["end-conversation"] }, async () => {
    const { channel, server, id, second } = await onThePhone();
    server.control.cancel(id);
    expect(completionIn(await channel.read(0))).toMatchObject({ reason: { subcode: "Ended" } });
    expect(callOf({ server, id: second }).state).toBe("ended");
  });

  it("is refused where messaging is there already", async () => {
    const { application, channel, invitation, server, id } = await ring();
    await application.send("POST", invitation._links.accept.href);
    await channel.read(1000);
    expect(() => server.control.invite({ to: ada, into: id })).toThrow("has this modality already");
  });
});
