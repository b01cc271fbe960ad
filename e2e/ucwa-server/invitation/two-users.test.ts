import { describe, expect, it } from "vitest";
import { eventsOf, inWords } from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";
import { seededRandom } from "../random.ts";
import { brokenRules, completionIn, lastOf } from "../testing/ring.ts";
import { messagesIn, twoUsers } from "../testing/two-users.ts";
import type { TwoUsers } from "../testing/two-users.ts";

async function talking(body?: object): Promise<TwoUsers> {
  const two = await twoUsers(body);
  await two.answer();
  return two;
}

const typists = (packages: readonly Reply[]): string[] =>
  packages
    .flatMap(eventsOf)
    .filter((event) => event.in?.rel === "typingParticipants")
    .map(({ type, link }) => `${type} ${link.title}`);

describe("a call from one user to another", () => {
  it("carries its importance and its first words as they were formatted", async () => {
    const { incoming } = await twoUsers({
      importance: "Urgent",
      subject: "Lunch",
      _links: { message: { href: "data:text/html;charset=utf-8,%3cb%3eNow%3c%2fb%3e" } },
    });
    expect(incoming).toMatchObject({ importance: "Urgent", subject: "Lunch" });
    expect(incoming._links.message.href).toBe("data:text/html;charset=utf-8,%3cb%3eNow%3c%2fb%3e");
  });

  it("completes with the one who has accepted it", async () => {
    const { called, caller, incoming } = await twoUsers();
    await called.application.send("POST", incoming._links.accept.href);
    await called.channel.read(1000);
    const completed = completionIn(await caller.channel.read(0));
    expect(completed.status).toBe("Success");
    expect(completed._embedded.messagingInvitation._embedded.acceptedByParticipant).toMatchObject([
      { name: "Ben Okafor" },
    ]);
  });

  it("is missed by the one and timed out for the other when nobody answers", async () => {
    const { called, caller, server } = await twoUsers();
    expect(completionIn(await called.channel.read(26_000))).toMatchObject({ reason: { subcode: "Missed" } });
    expect(completionIn(await caller.channel.read(0))).toMatchObject({ reason: { subcode: "Timeout" } });
    expect(server.control.state().outgoing).toMatchObject([{ state: "failed", subcode: "Timeout" }]);
  });

  it("is withdrawn from the other when its cancel link is used", async () => {
    const { called, caller, outgoing, server } = await twoUsers();
    await caller.application.send("POST", outgoing._links.cancel.href);
    expect(completionIn(await called.channel.read(0))).toMatchObject({ reason: { subcode: "Canceled" } });
    const { invitations, outgoing: calls } = server.control.state();
    expect([invitations[0]?.state, calls[0]?.state, calls[0]?.rang]).toEqual([
      "cancelled",
      "cancelled",
      invitations[0]?.id,
    ]);
  });

  it("goes on outside when it is forwarded: whoever has taken it gets what is said", async () => {
    const { caller, server } = await twoUsers();
    const [ringing] = server.control.state().invitations;
    server.control.forward(ringing!.id, { uri: "sip:finn@partner.example", name: "Finn" });
    const taken = await caller.channel.read(0);
    expect(completionIn(taken)._embedded.messagingInvitation._embedded.acceptedByParticipant).toMatchObject([
      { name: "Finn" },
    ]);
    caller.links = lastOf(taken, "messaging")._embedded.messaging._links;
    await caller.say("Hello, Finn");
    expect((await caller.channel.read(0)).flatMap(inWords)).toContain(
      "conversation completed message Success",
    );
  });
});

describe("a conversation of two users", () => {
  it("brings what each says to the other, once and in order, after the first words", async () => {
    const { server, caller, called, answer, incoming } = await twoUsers();
    await called.application.send("POST", incoming._links.accept.href);
    const accepted = await called.channel.read(300);
    const connected = lastOf(await caller.channel.read(0), "messaging");
    caller.links = connected._embedded.messaging._links;
    // Quicker than the first words come again as a message.
    await caller.say("1");
    const heard = messagesIn([...accepted, ...(await called.channel.read(0))]);
    expect(heard).toEqual(["Hi Ben", "1"]);
    expect(messagesIn(await called.channel.read(2000))).toEqual([]);
    expect([answer, brokenRules(server)]).toEqual([answer, []]);
  });

  it("tells a hundred messages both ways", async () => {
    const { server, caller, called } = await talking();
    const told = { caller: [] as string[], called: [] as string[] };
    for (let number = 1; number <= 100; number += 1) {
      await caller.say(`to Ben ${number}`, `?operationId=a${number}`);
      await called.say(`to Ada ${number}`, `?operationId=b${number}`);
      if (number % 7 > 0) continue;
      told.called.push(...messagesIn(await called.channel.read(0)));
      told.caller.push(...messagesIn(await caller.channel.read(0)));
    }
    told.called.push(...messagesIn(await called.channel.read(0)));
    told.caller.push(...messagesIn(await caller.channel.read(0)));
    const numbered = (words: string): string[] =>
      Array.from({ length: 100 }, (_, index) => `${words} ${index + 1}`);
    expect(told).toEqual({ caller: numbered("to Ada"), called: numbered("to Ben") });
    expect([brokenRules(server), server.control.state().notes]).toEqual([[], []]);
  });

  it("loses, doubles and mixes up nothing while the connections of both are cut, and each sender is told", async () => {
    const { server, caller, called } = await talking();
    const cuts = seededRandom("cuts");
    const told = { caller: [] as Reply[], called: [] as Reply[] };
    for (let number = 1; number <= 60; number += 1) {
      const [chance = 0] = cuts.bytes(1);
      const user = chance % 2 === 0 ? "sip:ada@doorbell.example" : "sip:ben@doorbell.example";
      const cut = chance % 3 === 0 ? "beforeHeaders" : "midBody";
      const at = chance % 5 === 0 ? "arrival" : "answer";
      if (chance % 4 > 0)
        server.control.addFault({ endpoint: "events", user, cut, at, reset: chance % 7 === 0 });
      await caller.say(`${number}`, `?operationId=a${number}`);
      await called.say(`${number}`, `?operationId=b${number}`);
      told.called.push(...(await called.channel.read(chance * 10)));
      told.caller.push(...(await caller.channel.read(0)));
    }
    expect(server.control.state().requests.some(({ status }) => status === 0)).toBe(true);
    server.control.clearFaults();
    for (let turn = 0; turn < 3; turn += 1) {
      told.called.push(...(await called.channel.read(100)));
      told.caller.push(...(await caller.channel.read(100)));
    }
    const numbers = Array.from({ length: 60 }, (_, index) => `${index + 1}`);
    for (const packages of [told.caller, told.called]) {
      expect(messagesIn(packages)).toEqual(numbers);
      const completed = packages
        .flatMap(eventsOf)
        .filter(({ type, _embedded }) => type === "completed" && _embedded.message?.direction === "Outgoing");
      expect(
        completed.map(({ status, _embedded }) => [status, _embedded.message.operationId.slice(1)]),
      ).toEqual(numbers.map((number) => ["Success", number]));
    }
    expect(brokenRules(server)).toEqual([]);
  });

  it("shows to each that the other is typing, until their message or for a while", async () => {
    const { server, caller, called } = await talking();
    await caller.application.send("POST", caller.links.setIsTyping.href);
    expect(typists(await called.channel.read(0))).toEqual(["added Ada Lindqvist"]);
    expect(server.control.state().outgoing[0]?.typing).toEqual({ user: true, others: [] });
    await caller.say("There");
    expect(typists(await called.channel.read(0))).toEqual(["deleted Ada Lindqvist"]);
    expect(server.control.state().outgoing[0]?.typing.user).toBe(false);
    await called.application.send("POST", called.links.setIsTyping.href);
    expect(typists(await caller.channel.read(10_000))).toEqual(["added Ben Okafor", "deleted Ben Okafor"]);
  });

  it("is over for the other when one leaves, who still gets what was said before", async () => {
    const { called, caller } = await talking();
    await caller.say("Goodbye");
    await caller.application.send("DELETE", caller.conversation);
    const last = await called.channel.read(0);
    expect(messagesIn(last)).toEqual(["Goodbye"]);
    expect(last.flatMap(inWords).at(-1)).toBe("communication deleted conversation");
  });

  it("goes on without messaging when another modality is there, until it is added again and accepted", async () => {
    const { server, caller, called } = await talking();
    const { outgoing, invitations } = server.control.state();
    for (const one of [...outgoing, ...invitations])
      server.control.conversations.setModality(one.id, "audioVideo", "Connected");
    await caller.application.send("POST", caller.links.stopMessaging.href);
    const stopped = lastOf(await called.channel.read(0), "messaging")._embedded.messaging;
    expect(stopped.state).toBe("Disconnected");
    const { addMessaging } = lastOf(await caller.channel.read(0), "messaging")._embedded.messaging._links;
    await caller.application.send("POST", addMessaging.href, {
      operationId: "again",
      _links: { message: { href: "data:text/plain,Still+there" } },
    });
    const rung = lastOf(await called.channel.read(0), "messagingInvitation")._embedded.messagingInvitation;
    expect(rung._links.conversation.href).toBe(called.conversation);
    await called.application.send("POST", rung._links.accept.href);
    expect(messagesIn(await called.channel.read(1000))).toEqual(["Still there"]);
    const added = await caller.channel.read(0);
    expect(completionIn(added)).toMatchObject({ status: "Success" });
    await caller.say("Yes");
    expect(messagesIn(await called.channel.read(0))).toEqual(["Yes"]);
    expect(brokenRules(server)).toEqual([]);
  });

  it("refuses messaging that the other declines to have again", async () => {
    const { server, caller, called } = await talking();
    const { outgoing, invitations } = server.control.state();
    for (const one of [...outgoing, ...invitations])
      server.control.conversations.setModality(one.id, "audioVideo", "Connected");
    await caller.application.send("POST", caller.links.stopMessaging.href);
    await called.channel.read(0);
    const { addMessaging } = lastOf(await caller.channel.read(0), "messaging")._embedded.messaging._links;
    await caller.application.send("POST", addMessaging.href, { operationId: "again" });
    const rung = lastOf(await called.channel.read(0), "messagingInvitation")._embedded.messagingInvitation;
    await called.application.send("POST", rung._links.decline.href, { reason: "Global" });
    await called.channel.read(0);
    expect(completionIn(await caller.channel.read(0))).toMatchObject({ reason: { subcode: "Declined" } });
    expect((await caller.application.get(caller.conversation)).json.state).toBe("Connected");
  });
});
