import { describe, expect, it } from "vitest";
import {
  availableApplication,
  createApplication,
  eventsOf,
  hrefOf,
  inWords,
  virtualServer,
} from "../testing/client.ts";
import type { Json } from "../testing/client.ts";
import { ada, askEvents, brokenRules, completionIn, lastOf, ring } from "../testing/ring.ts";

describe("embedding is optional for every event (EventsInUCWA)", () => {
  it(
    "link-only: no event carries a resource, and every link answers what was left out",
    { tags: ["embedding-optional"] },
    async () => {
      const server = virtualServer({ switches: { linkOnly: true } });
      const { application, channel } = await availableApplication(server);
      server.control.invite({ to: ada });
      const started = await channel.read(0);
      const events = started.flatMap(eventsOf);
      expect(events.some((event) => event._embedded)).toBe(false);
      for (const event of events) expect((await application.get(event.link.href)).status).toBe(200);
      const invitation = await application.get(lastOf(started, "messagingInvitation").link.href);
      await application.send("POST", invitation.json._links.accept.href);
      const end = completionIn(await channel.read(1000));
      expect([end.status, end._embedded]).toEqual(["Success", undefined]);
      expect((await application.get(end.link.href)).json.state).toBe("Connected");
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it(
    "link-only: the news of an end keeps its status and reason, which are the event's",
    { tags: ["event-status"] },
    async () => {
      const { server, channel, id } = await ring({}, {}, virtualServer({ switches: { linkOnly: true } }));
      server.control.cancel(id);
      expect(completionIn(await channel.read(0))).toMatchObject({
        status: "Failure",
        reason: { subcode: "Canceled" },
      });
    },
  );

  it("mixed: some events carry their resource and some do not", async () => {
    const server = virtualServer({ switches: { linkOnly: "mixed" } });
    const { channel } = await availableApplication(server);
    for (let count = 0; count < 10; count += 1) server.control.invite({ to: ada });
    const events = (await channel.read(0)).flatMap(eventsOf);
    const embedded = events.filter((event) => event._embedded).length;
    expect(embedded).toBeGreaterThan(0);
    expect(embedded).toBeLessThan(events.length);
  });
});

describe("the ways to write the same (Hypermedia, PayloadFormat)", () => {
  async function started(switches: NonNullable<Parameters<typeof virtualServer>[0]>["switches"]) {
    const server = virtualServer({ switches: switches ?? {} });
    const { application, channel } = await availableApplication(server);
    server.control.invite({ to: ada });
    const packages = await channel.read(0);
    const invitation: Json = eventsOf(packages[0]!)[0]._embedded.messagingInvitation;
    expect((await application.send("POST", hrefOf(invitation, "accept"))).status).toBe(204);
    expect(brokenRules(server)).toEqual([]);
    return { packages, invitation, application };
  }

  it("hrefs absolute, with the port that their scheme has anyway", async () => {
    const { packages, invitation } = await started({ hrefs: "absolute" });
    const [event] = eventsOf(packages[0]!);
    expect(event.link.href).toMatch(/^http:\/\/applications\.test:80\/ucwa\//);
    expect(invitation._links.self.href).toBe(event.link.href);
    expect(invitation._links.message.href).toMatch(/^data:/);
  });

  it(
    "hrefs now relative and now absolute, also for one and the same address",
    { tags: ["hrefs-relative-or-absolute"] },
    async () => {
      const { packages, invitation, application } = await started({ hrefs: "mixed" });
      const hrefs = [...JSON.stringify(packages).matchAll(/\\?"href\\?":\\?"([^"\\]+)/g)].map(
        ([, href]) => href!,
      );
      expect(hrefs.some((href) => href.startsWith("/"))).toBe(true);
      expect(hrefs.some((href) => href.startsWith("http:"))).toBe(true);
      const { self } = invitation._links;
      for (const href of [new URL(application.href(self.href)).pathname, application.href(self.href)])
        expect((await application.get(href)).json.rel).toBe("messagingInvitation");
    },
  );

  it("single links as arrays of one", async () => {
    const { invitation } = await started({ singleLinks: "array" });
    for (const link of Object.values(invitation._links)) expect(link).toHaveLength(1);
  });

  it(
    "some rels as arrays and others as objects, each always the same",
    { tags: ["object-or-list"] },
    async () => {
      const { invitation, application } = await started({ singleLinks: "mixed" });
      const shapes = (resource: Json): Map<string, boolean> =>
        new Map(Object.entries(resource._links).map(([rel, link]) => [rel, Array.isArray(link)]));
      expect(new Set(shapes(invitation).values())).toEqual(new Set([true, false]));
      const again = await application.get(hrefOf(invitation, "self"));
      for (const [rel, isArray] of shapes(again.json))
        if (shapes(invitation).has(rel)) expect(isArray).toBe(shapes(invitation).get(rel));
    },
  );

  it("every event in a sender block of its own, so that senders occur again", async () => {
    const { packages } = await started({ senderBlocks: "single" });
    const blocks = packages[0]!.json.sender;
    expect(blocks.map(({ rel, events }: Json) => [rel, events.length])).toEqual([
      ["communication", 1],
      ["communication", 1],
      ["conversation", 1],
    ]);
  });

  it(
    "properties in the opposite order: events before their sender's rel",
    { tags: ["property-order"] },
    async () => {
      const { packages } = await started({ propertyOrder: "reversed" });
      expect(Object.keys(packages[0]!.json.sender[0])).toEqual(["events", "href", "rel"]);
      expect(inWords(packages[0]!)[0]).toBe("communication started messagingInvitation");
    },
  );

  it.each([
    ["empty", []],
    ["absent", undefined],
    ["null", null],
  ] as const)("a heartbeat with an %s sender", { tags: ["heartbeat-forms"] }, async (heartbeat, sender) => {
    const server = virtualServer({ switches: { heartbeat } });
    const application = await createApplication(server);
    const answer = application.poll(application.resource._links.events.href);
    await server.control.advance(180_000);
    const { json } = await answer;
    expect(json.sender).toEqual(sender);
    expect(json._links.next.href).toMatch(/ack=2$/);
  });

  it("mixed, a response that is served again is served the same", async () => {
    const server = virtualServer({
      switches: { hrefs: "mixed", singleLinks: "mixed", heartbeat: "mixed" },
    });
    const { application, channel } = await availableApplication(server);
    server.control.invite({ to: ada });
    await channel.hangUp();
    const once = await askEvents(server, application, channel.next);
    expect((await application.get(channel.next)).text).toBe(once.text);
  });

  it("new properties may appear in any resource", { tags: ["new-properties"] }, async () => {
    const { invitation } = await ring({}, {}, virtualServer({ switches: { newProperties: true } }));
    expect(invitation.aPropertyOfTomorrow).toBeDefined();
    expect(invitation._embedded.from.aPropertyOfTomorrow).toBeDefined();
  });
});
