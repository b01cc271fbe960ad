import { describe, expect, it } from "vitest";
import { due, eventsOf } from "../testing/client.ts";
import type { Json, Reply } from "../testing/client.ts";
import { callOf, caller, lastOf, ring } from "../testing/ring.ts";
import { messagesIn, twoUsers } from "../testing/two-users.ts";

const completions = (packages: readonly Reply[]): Json[] =>
  packages.flatMap(eventsOf).filter(({ type, link }) => type === "completed" && link.rel === "message");

async function talking() {
  const two = await twoUsers();
  await two.answer();
  return two;
}

describe("what the sender of a message is told (message)", () => {
  it("Success, once the other's client has fetched it", async () => {
    const { server, caller: ada, called } = await talking();
    const sent = await ada.say("Hello");
    const status = async (): Promise<string> =>
      (await ada.application.get(sent.headers.get("location")!)).json.status;
    expect(completions(await ada.channel.read(0))).toEqual([]);
    expect(await status()).toBe("Pending");
    await called.channel.read(0);
    expect(completions(await ada.channel.read(0))).toMatchObject([
      { status: "Success", _embedded: { message: { status: "Succeeded" } } },
    ]);
    expect(await status()).toBe("Succeeded");
    expect(server.control.state().outgoing[0]?.said.at(-1)).toMatchObject({ status: "delivered" });
  });

  it("Failure, when nobody has fetched it for thirty seconds", async () => {
    const { server, caller: ada, called } = await talking();
    await called.channel.hangUp();
    await ada.say("Hello");
    expect(completions(await ada.channel.read(29_900))).toEqual([]);
    expect(completions(await ada.channel.read(200))).toMatchObject([
      { status: "Failure", reason: { code: "Timeout" }, _embedded: { message: { status: "Failed" } } },
    ]);
    expect(messagesIn(await called.channel.read(0))).toEqual([]);
    const { outgoing, invitations } = server.control.state();
    for (const { said } of [...outgoing, ...invitations])
      expect(said.at(-1)).toMatchObject({ text: "Hello", status: "lost" });
  });

  it("Success, when a response has carried it that is asked for again later", async () => {
    const { server, caller: ada, called } = await talking();
    server.control.addFault({ endpoint: "events", user: "sip:ben@doorbell.example", cut: "midBody" });
    await ada.say("Hello");
    await due(server);
    expect(server.control.state().faults).toEqual([]);
    expect(completions(await ada.channel.read(40_000))).toMatchObject([{ status: "Success" }]);
    expect(messagesIn(await called.channel.read(0))).toEqual(["Hello"]);
  });

  it.each(["leaves", "signs out"])("Failure, when the other %s before reading it", async (how) => {
    const { caller: ada, called } = await talking();
    await called.channel.hangUp();
    await ada.say("Hello");
    const address = how === "leaves" ? called.conversation : called.application.resource._links.self.href;
    await called.application.send("DELETE", address);
    const packages = await ada.channel.read(0);
    expect(completions(packages)).toMatchObject([{ status: "Failure" }]);
    expect(lastOf(packages, "conversation").type).toBe("deleted");
  });

  it.each([
    ["delivered", 0, { status: "Success" }],
    ["refused", 0, { status: "Failure", reason: { subcode: "Unreachable" } }],
    ["lost", 30_000, { status: "Failure", reason: { subcode: "Timeout" } }],
  ] as const)("what the switch says, of somebody outside: %s", async (sentMessages, afterMs, expected) => {
    const parts = await caller({ switches: { sentMessages } });
    await parts.start({ to: "sip:eve@partner.example" });
    const { sendMessage } = lastOf(await parts.channel.read(2000), "messaging")._embedded.messaging._links;
    await parts.application.send("POST", sendMessage.href, "Hello", { "Content-Type": "text/plain" });
    const packages = await parts.channel.read(Math.max(0, afterMs - 100));
    expect(completions(packages)).toHaveLength(afterMs === 0 ? 1 : 0);
    expect(completions([...packages, ...(await parts.channel.read(200))])).toMatchObject([expected]);
  });

  it("nothing any more, once they have left", async () => {
    const parts = await caller({ switches: { sentMessages: "lost" } });
    await parts.start({ to: "sip:eve@partner.example" });
    const { sendMessage, conversation } = lastOf(await parts.channel.read(2000), "messaging")._embedded
      .messaging._links;
    await parts.application.send("POST", sendMessage.href, "Hello", { "Content-Type": "text/plain" });
    await parts.application.send("DELETE", conversation.href);
    expect(completions(await parts.channel.read(40_000))).toEqual([]);
  });

  it("Failure, when the other one hangs up before it has arrived, and nothing after that", async () => {
    const { server, application, channel, start, outgoing } = await caller({
      switches: { sentMessages: "lost" },
    });
    await start({ to: "sip:eve@partner.example" });
    const { sendMessage } = lastOf(await channel.read(2000), "messaging")._embedded.messaging._links;
    await application.send("POST", sendMessage.href, "Hello", { "Content-Type": "text/plain" });
    const before = server.control.state().outgoing[0]!.said;
    server.control.conversations.hangUpOutgoing(outgoing().id);
    const packages = await channel.read(0);
    expect(completions(packages)).toMatchObject([{ status: "Failure" }]);
    expect(lastOf(packages, "conversation").type).toBe("deleted");
    expect(completions(await channel.read(40_000))).toEqual([]);
    expect([before, outgoing().said]).toMatchObject([[{ status: "underWay" }], [{ status: "lost" }]]);
  });

  it("who in a meeting did not get it (failedDeliveryParticipant)", async () => {
    const { server, application, channel, invitation, id } = await ring({ kind: "onlineMeeting" });
    await application.send("POST", invitation._links.accept.href);
    const inside = await channel.read(1000);
    const { messaging } = lastOf(inside, "conversation")._embedded.conversation._links;
    await application.send("POST", (await application.get(messaging.href)).json._links.addMessaging.href, {});
    await channel.read(1000);
    const { sendMessage } = (await application.get(messaging.href)).json._links;
    const eve = "sip:eve@partner.example";
    server.control.conversations.move(id, { uri: eve, name: "Eve" });
    server.control.conversations.move(id, { uri: eve, does: "hearsNothing" });
    const say = async (): Promise<Json> => {
      await application.send("POST", sendMessage.href, "Hello", { "Content-Type": "text/plain" });
      return completions(await channel.read(0))[0];
    };
    const partly = await say();
    expect([partly.status, partly._embedded.message._links.failedDeliveryParticipant]).toMatchObject([
      "Success",
      [{ title: "Eve" }],
    ]);
    expect(callOf({ server, id }).said.at(-1)?.missedBy).toEqual([eve]);
    server.control.conversations.move(id, { uri: "sip:dana@partner.example", does: "leaves" });
    expect((await say()).status).toBe("Failure");
  });
});
