import { describe, expect, it } from "vitest";
import { availableApplication, due, eventsOf, inWords, virtualServer } from "../testing/client.ts";
import type { Json, Reply } from "../testing/client.ts";
import { fresh } from "../testing/fresh.ts";
import { ada, askEvents, brokenRules, callOf, lastOf, ring } from "../testing/ring.ts";

async function parked(options: Parameters<typeof virtualServer>[0] = {}) {
  const server = virtualServer(options);
  const { application, channel } = await availableApplication(server);
  await channel.read(0);
  return { server, application, channel };
}

describe("events that a client does not know (EventsInUCWA)", () => {
  it("may be of an unknown rel and an unknown type, with a link that answers", async () => {
    const { server, application, channel } = await parked();
    server.control.conversations.emit({
      sender: { rel: "weather", href: "weather" },
      link: { rel: "cloud", href: "weather/clouds/1", title: "Cirrus" },
      in: { rel: "sky", href: "weather/sky" },
      type: "dissolved",
      properties: { height: 9000, kinds: ["thin"] },
    });
    const [event] = (await channel.read(15_000)).flatMap(eventsOf);
    expect(event).toMatchObject({
      from: "weather",
      type: "dissolved",
      link: { rel: "cloud", title: "Cirrus" },
      in: { rel: "sky" },
      _embedded: { cloud: { height: 9000, kinds: ["thin"] } },
    });
    expect((await application.get(event.link.href)).json.height).toBe(9000);
    expect(brokenRules(server)).toEqual([]);
  });

  it("are held as the lowest priority, and a high one flushes them in order", async () => {
    const { server, channel } = await parked();
    server.control.conversations.emit({ link: { rel: "cloud", href: "clouds/1" }, type: "added" });
    expect(await channel.read(14_900)).toEqual([]);
    server.control.invite({ to: ada });
    const [flushed] = await channel.read(0);
    expect(inWords(flushed!).slice(0, 2)).toEqual([
      "communication added cloud",
      "communication started messagingInvitation",
    ]);
  });

  it("may have any shape at all, and what links they hold may be followed without blame", async () => {
    const { server, application, channel } = await parked();
    for (const raw of [
      null,
      7,
      {},
      { link: null },
      { type: "updated", link: { rel: "x", href: "/ucwa/nowhere" } },
    ])
      server.control.conversations.emit({ raw });
    const events: Json[] = (await channel.read(15_000)).flatMap((one) => one.json.sender[0].events);
    expect(events.slice(0, 4)).toEqual([null, 7, {}, { link: null }]);
    await application.get(events[4].link.href);
    expect(brokenRules(server)).toEqual([]);
  });

  it("may be an operation with a reason of its own", async () => {
    const { server, channel } = await parked();
    server.control.conversations.emit({
      link: { rel: "newsInvitation", href: "news/1" },
      type: "completed",
      status: "Failure",
      reason: { code: "Informational", subcode: "Whatever" },
    });
    expect((await channel.read(0)).flatMap(eventsOf)).toMatchObject([
      { status: "Failure", reason: { code: "Informational", subcode: "Whatever" } },
    ]);
  });
});

describe("what a channel can say out of turn (EventChannelDetails)", () => {
  it("resync, in any response: it leads back to the package that is not acknowledged", async () => {
    const { server, application, channel } = await parked();
    const answer = application.poll(channel.next);
    await due(server);
    server.control.conversations.interject("resync");
    const { json } = await answer;
    expect(Object.keys(json)).toEqual(["_links"]);
    expect(Object.keys(json._links)).toEqual(["resync"]);
    server.control.invite({ to: ada });
    const unread = await askEvents(server, application, json._links.resync.href);
    expect(inWords(unread)[0]).toBe("communication started messagingInvitation");
  });

  it(
    "resume: conversations are dropped, and event parameters with them",
    { tags: ["events-parameters-resent"] },
    async () => {
      const { server, application, channel, id } = await ring();
      await channel.hangUp();
      const answer = application.poll(`${channel.next}&timeout=600`);
      await due(server);
      server.control.conversations.interject("resume");
      const { json } = await answer;
      expect(Object.keys(json._links)).toEqual(["self", "resume"]);
      expect(callOf({ server, id }).state).toBe("lost");
      const resumed: { reply: Reply | null } = { reply: null };
      void application.poll(json._links.resume.href).then((reply) => (resumed.reply = reply));
      await server.control.advance(180_000);
      await due(server);
      expect(resumed.reply?.status).toBe(200);
    },
  );

  it(
    "nothing that leads on: the application's own link shows where the events go on, and none is lost",
    { tags: ["no-way-on"] },
    async () => {
      const { server, application, channel } = await parked();
      await channel.hangUp();
      server.control.conversations.interject("noLink");
      server.control.invite({ to: ada });
      const bare = await application.get(channel.next);
      expect([Object.keys(bare.json._links), bare.json.sender.length]).toEqual([["self"], 2]);
      const { events } = (await application.get(application.resource._links.self.href)).json._links;
      const again = await application.get(events.href);
      expect(again.json.sender).toEqual(bare.json.sender);
      expect(Object.keys(again.json._links)).toEqual(["self", "next"]);
    },
  );
});

describe("aggregation of operations, where a deployment does that (EventsInUCWA)", () => {
  async function merging() {
    const { server, application, channel } = await parked({ switches: { mergeOperations: true } });
    await channel.hangUp();
    return { server, application, channel };
  }

  it(
    "a fast operation shows only its completion, and what came and went is not mentioned",
    { tags: ["only-completed"] },
    async () => {
      const { server, application, channel } = await merging();
      const id = server.control.invite({ to: ada });
      server.control.cancel(id);
      const words = inWords(await askEvents(server, application, channel.next));
      expect(words).toEqual([
        "communication completed messagingInvitation Failure",
        "conversation updated messaging",
      ]);
    },
  );

  it("by default every step is shown", async () => {
    const { server, application, channel } = await parked();
    await channel.hangUp();
    const id = server.control.invite({ to: ada });
    server.control.cancel(id);
    const words = inWords(await askEvents(server, application, channel.next));
    expect(words).toContain("communication started messagingInvitation");
    expect(words).toContain("communication deleted conversation");
  });
});

describe("events of every kind", () => {
  it(
    "about oneself and other participants, and deletions, come as bare links",
    { tags: ["link-only-events"] },
    async () => {
      const { server, channel, makeAvailable } = await fresh();
      await makeAvailable({ supportedModalities: ["Messaging"] });
      const packages = await channel.read(5000);
      const id = server.control.invite({ to: ada });
      packages.push(...(await channel.read(1000)));
      server.control.cancel(id);
      packages.push(...(await channel.read(0)));
      const bare = packages.flatMap(eventsOf).filter((event) => event._embedded === undefined);
      expect(bare.map(({ type, link }) => `${type} ${link.rel}`)).toEqual([
        "updated me",
        "added presence",
        "added note",
        "added location",
        "added participant",
        "deleted localParticipant",
        "deleted conversation",
      ]);
    },
  );

  it("are of three types for resources and of three for operations", { tags: ["event-types"] }, async () => {
    const { server, application, channel, first, invitation, id } = await ring();
    await application.send("POST", invitation._links.accept.href);
    const packages = [first, ...(await channel.read(2000))];
    server.control.cancel(id);
    packages.push(...(await channel.read(0)));
    const types = new Map<string, Set<string>>();
    for (const { type, link } of packages.flatMap(eventsOf)) {
      const kind = /Invitation$|^message$/.test(link.rel) ? "operation" : "resource";
      types.set(kind, (types.get(kind) ?? new Set()).add(type));
    }
    expect([...(types.get("operation") ?? [])].toSorted()).toEqual(["completed", "started", "updated"]);
    expect([...(types.get("resource") ?? [])].toSorted()).toEqual(["added", "deleted", "updated"]);
  });
});

describe("messages wait to be fetched (message)", () => {
  async function connected() {
    const call = await ring({ message: null });
    await call.application.send("POST", call.invitation._links.accept.href);
    await call.channel.read(1000);
    await call.channel.hangUp();
    return call;
  }

  it("for thirty seconds, and are delivered then", async () => {
    const { server, channel, id } = await connected();
    server.control.say(id, "In time");
    await server.control.advance(30_000);
    expect(lastOf(await channel.read(0), "message")).toMatchObject({ type: "completed" });
    expect(callOf({ server, id }).said[0]?.lost).toBeUndefined();
  });

  it("no longer, and are lost then", async () => {
    const { server, channel, id } = await connected();
    server.control.say(id, "Too late");
    await server.control.advance(30_001);
    expect(lastOf(await channel.read(0), "message")).toBeUndefined();
    expect(callOf({ server, id }).said[0]?.lost).toBe(true);
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

it("a message sent to messaging itself is a failure of the service (sendMessage)", async () => {
  const { application, channel, invitation } = await ring();
  await application.send("POST", invitation._links.accept.href);
  await channel.read(1000);
  const wrong = await application.send("POST", invitation._links.messaging.href);
  expect([wrong.status, wrong.json.code]).toEqual([500, "ServiceFailure"]);
});
