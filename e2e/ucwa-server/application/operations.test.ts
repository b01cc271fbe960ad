import { describe, expect, it } from "vitest";
import { brokenRules, caller, lastOf } from "../testing/ring.ts";
import { messagesIn, twoUsers } from "../testing/two-users.ts";

const eve = "sip:eve@partner.example";

describe("an operation that is asked for again with its operationId (OperationResource)", () => {
  it("is one message, with one address", async () => {
    const { server, caller: ada, called, answer } = await twoUsers();
    await answer();
    const first = await ada.say("Hello", "?operationId=1");
    const again = await ada.say("Hello", "?operationId=1");
    expect([again.status, again.headers.get("location")]).toEqual([201, first.headers.get("location")]);
    expect(messagesIn(await called.channel.read(0))).toEqual(["Hello"]);
    const { said } = server.control.state().outgoing[0]!;
    expect(said.map(({ text, operationId, repeats }) => [text, operationId, repeats])).toEqual([
      ["Hello", "1", 1],
    ]);
    expect(brokenRules(server)).toEqual([]);
  });

  it("is one invitation, also when it has ended meanwhile", async () => {
    const { server, channel, start } = await caller({ switches: { callees: "decline" } });
    const first = await start({ to: eve, operationId: "1" });
    await channel.read(2000);
    const again = await start({ to: eve, operationId: "1" });
    expect([again.status, again.headers.get("location")]).toEqual([201, first.headers.get("location")]);
    expect(server.control.state().outgoing).toMatchObject([{ operationId: "1", repeats: 1 }]);
  });

  it("is a breach when it is another one, which is refused", async () => {
    const { server, application, channel, start } = await caller();
    await start({ to: eve, operationId: "1" });
    const other = await start({ to: "sip:finn@partner.example", operationId: "1" });
    expect([other.status, other.json.subcode]).toEqual([409, "AlreadyExists"]);
    const { sendMessage } = lastOf(await channel.read(2000), "messaging")._embedded.messaging._links;
    await application.send("POST", `${sendMessage.href}?operationId=1`, "Hi", {
      "Content-Type": "text/plain",
    });
    expect(server.control.state().outgoing).toHaveLength(1);
    expect(brokenRules(server)).toEqual(["operationIdReused", "operationIdReused"]);
  });

  it("is carried out each time without an operationId, which a message notes", async () => {
    const { server, caller: ada, called, answer } = await twoUsers();
    await answer();
    await ada.say("Hello");
    await ada.say("Hello");
    expect(messagesIn(await called.channel.read(0))).toEqual(["Hello", "Hello"]);
    expect(server.control.state().notes.map(({ rule }) => rule)).toEqual([
      "operationIdMissing",
      "operationIdMissing",
    ]);
  });
});
