import { describe, expect, it } from "vitest";
import { availableApplication, due, eventsOf, inWords, underWay, virtualServer } from "../testing/client.ts";
import { fresh } from "../testing/fresh.ts";
import { ada, askEvents, callOf, lastOf, ring } from "../testing/ring.ts";

async function parked(options: Parameters<typeof virtualServer>[0] = {}) {
  const server = virtualServer(options);
  const { application, channel } = await availableApplication(server);
  await channel.read(0);
  return { server, application, channel };
}

/** News of this rel answers a parked request after so long, and not before. */
async function expectHold(holdMs: number, rel: string, query = ""): Promise<void> {
  const { server, application, events } = await fresh();
  const request = underWay(application.poll(events + query));
  await due(server);
  server.control.conversations.emit({ link: { rel, href: `${rel}/1` }, type: "updated" });
  if (holdMs > 0) {
    await server.control.advance(holdMs - 1);
    expect(request.reply, rel).toBeNull();
    await server.control.advance(1);
  }
  await due(server);
  expect(request.reply && inWords(request.reply)).toEqual([`communication updated ${rel}`]);
}

describe("what waits for a parked event request (events, EventsInUCWA)", () => {
  it("of medium priority gathers for 5 seconds, or as asked", { tags: ["events-medium"] }, async () => {
    await expectHold(5000, "presence");
    await expectHold(30_000, "presence", "&medium=30&low=60");
  });

  it("of low priority gathers for 15 seconds, or as asked", { tags: ["events-low"] }, async () => {
    await expectHold(15_000, "cloud");
    await expectHold(5000, "cloud", "&low=5");
  });

  it.each(["messagingInvitation", "conversation", "message", "missedItems"])(
    "is answered at once by news of %s",
    { tags: ["priority-high"] },
    async (rel) => expectHold(0, rel),
  );

  it.each(["me", "presence", "communication"])(
    "is answered after 5 seconds by news of %s",
    { tags: ["priority-medium"] },
    async (rel) => expectHold(5000, rel),
  );

  it(
    "is answered at once by an urgent event, which takes along all that waits, in order",
    { tags: ["high-takes-along"] },
    async () => {
      const { server, application, events, makeAvailable } = await fresh();
      const request = underWay(application.poll(events));
      await due(server);
      await makeAvailable({ supportedModalities: ["Messaging"] });
      server.control.invite({ to: ada });
      await due(server);
      expect(request.reply && inWords(request.reply)).toEqual([
        "me updated me",
        "me added presence",
        "me added note",
        "me added location",
        "communication updated communication",
        "communication started messagingInvitation",
        "communication added conversation",
        "conversation added localParticipant",
      ]);
    },
  );

  it("merges updates of one resource into the latest", { tags: ["aggregation"] }, async () => {
    const { server, application, events } = await fresh();
    for (const height of [1, 2, 3])
      server.control.conversations.emit({
        link: { rel: "cloud", href: "clouds/1" },
        type: "updated",
        properties: { height },
      });
    const request = underWay(application.poll(events));
    await server.control.advance(15_000);
    await due(server);
    expect(request.reply && eventsOf(request.reply)).toMatchObject([{ _embedded: { cloud: { height: 3 } } }]);
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
    expect(callOf({ server, id }).said[0]?.status).toBe("delivered");
  });

  it("no longer, and are lost then", async () => {
    const { server, channel, id } = await connected();
    server.control.say(id, "Too late");
    await server.control.advance(30_001);
    expect(lastOf(await channel.read(0), "message")).toBeUndefined();
    expect(callOf({ server, id }).said[0]?.status).toBe("lost");
  });
});
