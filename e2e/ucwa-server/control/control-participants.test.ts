import { expect, it } from "vitest";
import { eventsOf, inWords } from "../testing/client.ts";
import { ada, brokenRules, caller, callOf, lastOf, ring } from "../testing/ring.ts";

const eve = "sip:eve@partner.example";

/** A meeting that has been entered, with messaging. */
async function inMeeting() {
  const call = await ring({ kind: "onlineMeeting" });
  await call.application.send("POST", call.invitation._links.accept.href);
  const inside = await call.channel.read(1000);
  const { messaging } = lastOf(inside, "conversation")._embedded.conversation._links;
  const { addMessaging } = (await call.application.get(messaging.href)).json._links;
  await call.application.send("POST", addMessaging.href, { operationId: "join" });
  await call.channel.read(1000);
  return { ...call, control: call.server.control.conversations };
}

it("somebody joins a meeting without a name, is named later, says something and leaves", async () => {
  const { server, application, channel, control, id } = await inMeeting();
  control.move(id, { uri: eve });
  const joined = await channel.read(0);
  expect(joined.flatMap(inWords)).toEqual([
    "conversation added participant",
    "conversation added participantMessaging",
    "communication updated conversation",
  ]);
  const { link } = eventsOf(joined[0]!)[0];
  expect(link.title).toBe("");
  expect(lastOf(joined, "conversation")._embedded.conversation.participantCount).toBe(3);
  control.move(id, { uri: eve, name: "Eve Moreau", does: "is" });
  expect(eventsOf((await channel.read(0))[0]!)).toMatchObject([
    { type: "updated", link: { rel: "participant", href: link.href, title: "Eve Moreau" } },
  ]);
  const { name, _links } = (await application.get(link.href)).json;
  expect([name, (await application.get(_links.contact.href)).json.name]).toEqual([
    "Eve Moreau",
    "Eve Moreau",
  ]);
  control.types(id, true, eve);
  control.say(id, "Good morning", "plain", eve);
  const said = await channel.read(0);
  expect(said.flatMap(inWords).slice(0, 3)).toEqual([
    "conversation added participant",
    "conversation deleted participant",
    "conversation completed message Success",
  ]);
  expect(lastOf(said, "message")._embedded.message._links.participant).toEqual({
    href: link.href,
    title: "Eve Moreau",
  });
  expect(callOf({ server, id })).toMatchObject({
    participants: [{ name: "Dana Whitfield" }, { uri: eve, name: "Eve Moreau" }],
    said: [{ from: { uri: eve }, text: "Good morning" }],
  });
  control.move(id, { uri: eve, does: "leaves" });
  expect((await channel.read(0)).flatMap(inWords)).toEqual([
    "conversation deleted participant",
    "communication updated conversation",
  ]);
  expect(() => control.say(id, "Gone", "plain", eve)).toThrow("Nobody with this address");
  expect(() => control.move(id, { uri: "sip:dana@partner.example" })).toThrow("already");
  expect(brokenRules(server)).toEqual([]);
});

it("whoever is in a meeting from the start may have no name either", async () => {
  const attendees = [{ uri: eve, name: "" }, { uri: "sip:finn@partner.example" }];
  const { application, channel, invitation } = await ring({ kind: "onlineMeeting", meeting: { attendees } });
  await application.send("POST", invitation._links.accept.href);
  const inside = (await channel.read(1000)).flatMap(eventsOf);
  const titles = inside.filter(({ link }) => link.rel === "participant").map(({ link }) => link.title);
  expect(titles).toEqual(["Dana Whitfield", "", "Finn"]);
});

it("the one who was called adds a call and a shared screen to the conversation", async () => {
  const { server, channel, start, outgoing } = await caller();
  await start({ to: eve });
  await channel.read(2000);
  const { conversations } = server.control;
  conversations.invite({ to: ada, kind: "phoneAudio", into: outgoing().id, from: { uri: eve } });
  const rung = (await channel.read(0)).flatMap(inWords);
  expect(rung.slice(0, 2)).toEqual([
    "communication started phoneAudioInvitation",
    "conversation updated phoneAudio",
  ]);
  conversations.setModality(outgoing().id, "applicationSharing", "Connected");
  const shared = await channel.read(0);
  expect(lastOf(shared, "applicationSharing")._embedded.applicationSharing.state).toBe("Connected");
  expect(lastOf(shared, "conversation")._embedded.conversation.activeModalities).toEqual([
    "ApplicationSharing",
    "Messaging",
    "PhoneAudio",
  ]);
});

it("a phone call has no first words to repeat, also when it is written in later", async () => {
  const phone = { modalities: ["Messaging", "PhoneAudio"], phoneNumber: "tel:+14255550123" };
  const { server, application, channel, invitation, id } = await ring({ kind: "phoneAudio" }, phone);
  server.control.conversations.answerPhone(id);
  await channel.read(0);
  const { messaging } = (await application.get(invitation._links.conversation.href)).json._links;
  const { addMessaging } = (await application.get(messaging.href)).json._links;
  await application.send("POST", addMessaging.href, { operationId: "1" });
  await channel.read(2000);
  server.control.say(id, "Yes?");
  await channel.read(0);
  expect(callOf({ server, id }).said.map(({ text }) => text)).toEqual(["Yes?"]);
});
