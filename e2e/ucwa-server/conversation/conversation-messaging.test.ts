import { describe, expect, it } from "vitest";
import { eventsOf, inWords } from "../testing/client.ts";
import type { Json } from "../testing/client.ts";
import { brokenRules, callOf, lastOf, ring } from "../testing/ring.ts";

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

  it("may bring formatted words alone, by a switch", async () => {
    const { server, channel, id } = await connected();
    server.control.setSwitches({ htmlOnly: true });
    server.control.say(id, "<b>Hello</b>", "html");
    server.control.say(id, "Hello");
    const said = (await channel.read(0)).flatMap(eventsOf).filter(({ link }) => link.rel === "message");
    const written = said.map(({ _embedded }) =>
      Object.keys(_embedded.message._links).filter((rel) => rel.endsWith("Message")),
    );
    expect(written).toEqual([["htmlMessage"], ["plainMessage"]]);
  });

  it.each([
    ["completed", ["completed message Success"]],
    ["started", ["started message"]],
    ["both", ["started message", "completed message Success"]],
  ] as const)("tells of it as the switch says: %s", async (messageEvents, expected) => {
    const { server, channel, id } = await connected();
    server.control.setSwitches({ messageEvents });
    server.control.say(id, "Hello");
    const told = (await channel.read(0)).flatMap(inWords).filter((words) => / message/.test(words));
    expect(told).toEqual(expected.map((words) => `conversation ${words}`));
  });

  it("may only link to what is said, which can be read there, also after the end", async () => {
    const { server, application, channel, id } = await connected();
    server.control.setSwitches({ linkOnly: "messages" });
    server.control.say(id, "Hello");
    server.control.cancel(id);
    const packages = await channel.read(0);
    const event = lastOf(packages, "message");
    expect([event._embedded, event.status]).toEqual([undefined, "Success"]);
    expect((await application.get(event.link.href)).json._links.plainMessage.href).toContain("Hello");
    expect(lastOf(packages, "messaging")._embedded.messaging.state).toBe("Disconnected");
    await server.control.advance(30_000);
    expect((await application.get(event.link.href)).status).toBe(404);
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

it(
  "typing is news of its collection, and stops by itself (setIsTyping, typingParticipants)",
  { tags: ["event-in"] },
  async () => {
    const { server, application, channel, invitation, id } = await ring();
    await application.send("POST", invitation._links.accept.href);
    const packages = await channel.read(1000);
    const { typingParticipants } = lastOf(packages, "messaging")._embedded.messaging._links;
    server.control.conversations.types(id, true);
    server.control.conversations.types(id, true);
    const [began] = await channel.read(0);
    expect(inWords(began!)).toEqual(["conversation added participant"]);
    expect(eventsOf(began!)[0].in.rel).toBe("typingParticipants");
    const typing = async () => (await application.get(typingParticipants.href)).json._links.participant;
    expect(await typing()).toHaveLength(1);
    expect((await channel.read(10_000)).flatMap(inWords)).toEqual(["conversation deleted participant"]);
    expect(await typing()).toEqual([]);
  },
);

it("a message sent to messaging itself is a failure of the service, and a breach (sendMessage)", async () => {
  const { server, application, channel, invitation } = await ring();
  await application.send("POST", invitation._links.accept.href);
  await channel.read(1000);
  const wrong = await application.send("POST", `${invitation._links.messaging.href}?operationId=1`, "Hi", {
    "Content-Type": "text/plain",
  });
  expect([wrong.status, wrong.json.code]).toEqual([500, "ServiceFailure"]);
  expect(brokenRules(server)).toEqual(["messageToMessaging"]);
});

it.each([
  ["another query than the operationId", (href: string) => `${href}?operationId=1&priority=1`, "editedQuery"],
  ["a dead link", (href: string) => `${href}?operationId=1`, "deadLink"],
] as const)("a message sent with %s is a breach", async (_, address, rule) => {
  const { server, application, channel, invitation, id } = await ring();
  await application.send("POST", invitation._links.accept.href);
  const { sendMessage } = lastOf(await channel.read(2000), "messaging")._embedded.messaging._links;
  if (rule === "deadLink") {
    server.control.cancel(id);
    await channel.read(2000);
  }
  await application.send("POST", address(sendMessage.href), "Hi", { "Content-Type": "text/plain" });
  expect(brokenRules(server)).toEqual([rule]);
});

it("a conversation that its client knows to be over is not left once more", async () => {
  const { server, application, channel, invitation, id } = await ring();
  await application.send("POST", invitation._links.accept.href);
  await channel.read(1000);
  server.control.cancel(id);
  await channel.read(2000);
  await application.send("DELETE", invitation._links.conversation.href);
  expect(brokenRules(server)).toEqual(["deadLink"]);
});
