import { describe, expect, it } from "vitest";
import { availableApplication, inWords } from "../testing/client.ts";
import type { Json } from "../testing/client.ts";
import { brokenRules, caller, completionIn, lastOf } from "../testing/ring.ts";

const ben = "sip:ben@doorbell.example";
const plain = { "Content-Type": "text/plain" };

describe("one user who calls another", () => {
  async function two() {
    const parts = await caller();
    const other = await availableApplication(parts.server, { user: "ben" });
    await parts.start({ to: ben, _links: { message: { href: "data:text/plain,Hi+Ben" } } });
    const invitation: Json = lastOf(await other.channel.read(0), "messagingInvitation")._embedded
      .messagingInvitation;
    const own: Json = lastOf(await parts.channel.read(0), "messagingInvitation")._embedded
      .messagingInvitation;
    return { ...parts, other, own, invitation };
  }

  it(
    "rings at the other's endpoints, in the caller's name and words",
    { tags: ["invitation-direction"] },
    async () => {
      const { own, invitation } = await two();
      expect([own.direction, invitation.direction]).toEqual(["Outgoing", "Incoming"]);
      expect(invitation._embedded.from).toMatchObject({
        name: "Ada Lindqvist",
        uri: "sip:ada@doorbell.example",
      });
      expect(invitation._links.message.href).toBe("data:text/plain;charset=utf-8,Hi+Ben%0d%0a");
    },
  );

  it("is connected by the other's accept, and what one says the other hears", async () => {
    const { server, application, channel, other, invitation } = await two();
    await other.application.send("POST", invitation._links.accept.href);
    const theirs = await other.channel.read(1000);
    const mine = await channel.read(0);
    expect(completionIn(mine)).toMatchObject({ status: "Success" });
    const send = (packages: typeof mine) =>
      lastOf(packages, "messaging")._embedded.messaging._links.sendMessage;
    const heard = async (channelOf: typeof channel) =>
      lastOf(await channelOf.read(0), "message")._embedded.message._links.plainMessage.href;
    await application.send("POST", send(mine).href, "From Ada", plain);
    expect(await heard(other.channel)).toContain("From+Ada");
    await channel.read(0);
    await other.application.send("POST", send(theirs).href, "From Ben", plain);
    expect(await heard(channel)).toContain("From+Ben");
    expect(brokenRules(server)).toEqual([]);
  });

  it("fails with the other's decline, and with nobody there", async () => {
    const { channel, other, invitation, start } = await two();
    await other.application.send("POST", invitation._links.decline.href, { reason: "Global" });
    await other.channel.read(0);
    expect(completionIn(await channel.read(0))).toMatchObject({ reason: { subcode: "Declined" } });
    await start({ to: "sip:chen@doorbell.example" });
    expect(completionIn(await channel.read(2000))).toMatchObject({ reason: { subcode: "Unreachable" } });
  });

  it("stops ringing there when the caller cancels", async () => {
    const { server, application, other } = await two();
    const { conversations } = application.resource._embedded.communication._links;
    const [conversation] = (await application.get(conversations.href)).json._embedded.conversation;
    await application.send("DELETE", conversation._links.self.href);
    expect(completionIn(await other.channel.read(0))).toMatchObject({ reason: { subcode: "Canceled" } });
    expect(server.control.state().outgoing[0]?.state).toBe("cancelled");
  });

  it("ends for both when either leaves", async () => {
    const { channel, other, invitation, server } = await two();
    await other.application.send("POST", invitation._links.accept.href);
    await other.channel.read(1000);
    await channel.read(0);
    await other.application.send("DELETE", invitation._links.conversation.href);
    await other.channel.read(0);
    expect((await channel.read(0)).flatMap(inWords)).toContain("communication deleted conversation");
    expect(server.control.state().outgoing[0]?.state).toBe("over");
  });
});
