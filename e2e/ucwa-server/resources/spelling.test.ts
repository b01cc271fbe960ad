import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import {
  availableApplication,
  createApplication,
  eventsOf,
  hrefOf,
  inWords,
  virtualServer,
} from "../testing/client.ts";
import type { Json, Reply, TestApplication } from "../testing/client.ts";
import { ada, askEvents, brokenRules, completionIn, lastOf, ring } from "../testing/ring.ts";

const xml = { Accept: "application/vnd.microsoft.com.ucwa+xml" };

/** What a JSON resource says, as a flat list: `from/name=Dana`, `from/@self=/…`. */
function factsOfJson(resource: Json, path = ""): string[] {
  const { _links: links = {}, _embedded: embedded = {}, ...properties } = resource;
  return [
    ...Object.entries<Json>(properties).flatMap(([name, value]) =>
      Array.isArray(value)
        ? [`${path}${name}[]=${value.join()}`]
        : [`${path}${name}=${/^\/Date\(\d+\)\/$/.test(String(value)) ? "a date" : value}`],
    ),
    ...Object.entries<Json>(links).flatMap(([rel, link]) =>
      [link].flat().map(({ href, title = "" }) => `${path}@${rel}=${href} ${title}`),
    ),
    ...Object.entries<Json>(embedded).flatMap(([rel, child]) =>
      [child].flat().flatMap((one) => factsOfJson(one, `${path}${rel}/`)),
    ),
  ];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  trimValues: false,
});
const content = (node: Json, name: string): Json[] => node[name].filter((one: Json) => !("#text" in one));
const textOf = (nodes: Json[]): string => nodes.map((one) => one["#text"] ?? "").join("");

/** The same of an XML resource's children. */
function factsOfXml(nodes: Json[], path = ""): string[] {
  return nodes.flatMap((node) => {
    const attribute = node[":@"] ?? {};
    if ("link" in node) return [`${path}@${attribute.rel}=${attribute.href} ${attribute.title ?? ""}`];
    if ("propertyList" in node)
      return [
        `${path}${attribute.name}[]=${content(node, "propertyList")
          .map((item) => textOf(item.item))
          .join()}`,
      ];
    if ("property" in node) {
      const text = textOf(node.property);
      const value = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)
        ? "a date"
        : text.replace(/^(True|False)$/, (word) => word.toLowerCase());
      return [`${path}${attribute.name}=${value}`];
    }
    if ("resource" in node) {
      const inner = `${path}${attribute.rel}/`;
      return [`${inner}@self=${attribute.href} `, ...factsOfXml(content(node, "resource"), inner)];
    }
    return [];
  });
}

function rootOf(text: string): Json {
  return parser.parse(text).find((node: Json) => !("?xml" in node));
}

/** Reads everything that can be read from here, by following links. */
async function crawl(application: TestApplication, from: string[]): Promise<Map<string, Reply>> {
  const read = new Map<string, Reply>();
  const waiting = [...from];
  for (let href = waiting.shift(); href !== undefined; href = waiting.shift()) {
    if (read.has(href) || href.startsWith("data:") || href.includes("/events?")) continue;
    const reply = await application.get(href);
    read.set(href, reply);
    if (reply.status === 200)
      waiting.push(...factsOfJson(reply.json).flatMap((fact) => /@\w+=(\S+)/.exec(fact)?.[1] ?? []));
  }
  return read;
}

async function busyApplication() {
  const { server, application, channel, invitation } = await ring({ message: "Hi & <welcome>" });
  await application.send("POST", invitation._links.accept.href);
  await channel.read(2000);
  server.control.invite({
    to: ada,
    kind: "onlineMeeting",
    onBehalfOf: { uri: "sip:boss@doorbell.example" },
    meeting: { attendees: [{ uri: "sip:eve@doorbell.example" }] },
  });
  const rings = lastOf(await channel.read(0), "onlineMeetingInvitation").link.href;
  return { application, hrefs: [application.resource._links.self.href, invitation._links.self.href, rings] };
}

describe("XML (PayloadFormat)", () => {
  it(
    "says the same as JSON, of every resource that links lead to",
    {
      tags: [
        "xml-namespace",
        "xml-resource",
        "xml-links",
        "xml-properties",
        "xml-property-lists",
        "xml-embedded",
        "xml-data-uri",
        "xml-dates",
      ],
    },
    async () => {
      const { application, hrefs } = await busyApplication();
      const read = await crawl(application, hrefs);
      const readable = [...read].filter(([, { status }]) => status === 200);
      const rels = new Set(readable.map(([, { json }]) => json.rel));
      for (const rel of [
        "onlineMeetingInvitation",
        "messagingInvitation",
        "application",
        "communication",
        "conversation",
        "messaging",
        "contact",
        "me",
        "participant",
      ])
        expect(rels).toContain(rel);
      for (const [href, { json }] of readable) {
        const answer = await application.get(href, xml);
        expect(answer.headers.get("content-type")).toMatch(/^application\/xml/);
        const root = rootOf(answer.text);
        const self = root[":@"].href === undefined ? [] : [`@self=${root[":@"].href} `];
        expect(root[":@"]).toMatchObject({
          rel: json.rel,
          xmlns: "http://schemas.microsoft.com/rtc/2012/03/ucwa",
        });
        expect([...self, ...factsOfXml(content(root, "resource"))].toSorted()).toEqual(
          factsOfJson(json).toSorted(),
        );
      }
    },
  );

  it(
    "of events names the type as the element, and has in, resource and reason inside it (INFERRED places)",
    { tags: ["xml-events", "xml-event-details", "event-in"] },
    async () => {
      const { server, application, channel, id, invitation } = await ring();
      await application.send("POST", invitation._links.accept.href);
      await channel.read(1000);
      await channel.hangUp();
      server.control.conversations.types(id, true);
      const second = server.control.invite({ to: ada });
      server.control.cancel(second);
      const answer = await askEvents(server, application, channel.next, xml);
      const [link, ...senders] = content(rootOf(answer.text), "events");
      expect(link[":@"]).toMatchObject({ rel: "next" });
      const events = senders.flatMap((sender) => content(sender, "sender"));
      const typing = events.find((event) => "added" in event);
      expect(typing[":@"]).toMatchObject({ rel: "participant", title: "Dana Whitfield" });
      expect(content(typing, "added")[0]).toMatchObject({ ":@": { rel: "typingParticipants" } });
      const completed = events.find((event) => "completed" in event);
      expect(completed[":@"]).toMatchObject({ rel: "messagingInvitation", status: "Failure" });
      const [resource, reason] = content(completed, "completed");
      expect([resource[":@"].rel, Object.keys(reason)[0]]).toEqual(["messagingInvitation", "reason"]);
      const words = Object.fromEntries(reason.reason.map((one: Json) => Object.entries<Json>(one)[0]!));
      expect([textOf(words["code"]), textOf(words["subcode"])]).toEqual(["RemoteFailure", "Canceled"]);
      expect(events.some((event) => "deleted" in event && content(event, "deleted").length === 0)).toBe(true);
    },
  );

  it("of an error is a reason (ErrorsAndInformationalMessages)", { tags: ["xml-error"] }, async () => {
    const { application } = await availableApplication(virtualServer());
    const again = await application.send(
      "POST",
      application.resource._embedded.me._links.makeMeAvailable.href,
      undefined,
      xml,
    );
    const words = rootOf(again.text).reason.map((one: Json) => Object.keys(one)[0]);
    expect([again.status, words]).toEqual([409, expect.arrayContaining(["code", "subcode", "message"])]);
  });

  it.each(["application/xml", "application/vnd.microsoft.com.ucwa+xml"])(
    "is answered to Accept: %s, and JSON to whoever names that first",
    { tags: ["media-types-equal"] },
    async (type) => {
      const application = await createApplication(virtualServer());
      const { self } = application.resource._links;
      const asked = await application.get(self.href, { Accept: type });
      const json = await application.get(self.href, { Accept: `application/json, ${type}` });
      expect([asked.text.startsWith("<?xml"), json.json.rel]).toEqual([true, "application"]);
    },
  );
});

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
    { tags: ["event-status", "event-reason"] },
    async () => {
      const { server, channel, id } = await ring({}, {}, virtualServer({ switches: { linkOnly: true } }));
      server.control.cancel(id);
      expect(completionIn(await channel.read(0))).toMatchObject({
        status: "Failure",
        reason: { subcode: "Canceled" },
      });
    },
  );

  it(
    "mixed: some events carry their resource and some do not",
    { tags: ["embedding-optional"] },
    async () => {
      const server = virtualServer({ switches: { linkOnly: "mixed" } });
      const { channel } = await availableApplication(server);
      for (let count = 0; count < 10; count += 1) server.control.invite({ to: ada });
      const events = (await channel.read(0)).flatMap(eventsOf);
      const embedded = events.filter((event) => event._embedded).length;
      expect(embedded).toBeGreaterThan(0);
      expect(embedded).toBeLessThan(events.length);
    },
  );
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

  it(
    "hrefs absolute, with the port that their scheme has anyway",
    { tags: ["hrefs-relative-or-absolute"] },
    async () => {
      const { packages, invitation } = await started({ hrefs: "absolute" });
      const [event] = eventsOf(packages[0]!);
      expect(event.link.href).toMatch(/^http:\/\/applications\.test:80\/ucwa\//);
      expect(invitation._links.self.href).toBe(event.link.href);
      expect(invitation._links.message.href).toMatch(/^data:/);
    },
  );

  it(
    "hrefs now relative and now absolute, also for one and the same address",
    { tags: ["hrefs-relative-or-absolute"] },
    async () => {
      const { packages, application } = await started({ hrefs: "mixed" });
      const hrefs = [...JSON.stringify(packages).matchAll(/\\?"href\\?":\\?"([^"\\]+)/g)].map(
        ([, href]) => href!,
      );
      expect(hrefs.some((href) => href.startsWith("/"))).toBe(true);
      expect(hrefs.some((href) => href.startsWith("http:"))).toBe(true);
      expect((await application.get(hrefs.find((href) => href.includes("/me")) ?? "/")).status).toBeLessThan(
        500,
      );
    },
  );

  it("single links as arrays of one", { tags: ["object-or-list"] }, async () => {
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

  it(
    "every event in a sender block of its own, so that senders occur again",
    { tags: ["senders-in-order"] },
    async () => {
      const { packages } = await started({ senderBlocks: "single" });
      const blocks = packages[0]!.json.sender;
      expect(blocks.map(({ rel, events }: Json) => [rel, events.length])).toEqual([
        ["communication", 1],
        ["communication", 1],
        ["conversation", 1],
      ]);
    },
  );

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
  ] as const)(
    "a heartbeat with an %s sender",
    { tags: ["heartbeat", "heartbeat-forms"] },
    async (heartbeat, sender) => {
      const server = virtualServer({ switches: { heartbeat } });
      const application = await createApplication(server);
      const answer = application.poll(application.resource._links.events.href);
      await server.control.advance(180_000);
      const { json } = await answer;
      expect(json.sender).toEqual(sender);
      expect(json._links.next.href).toMatch(/ack=2$/);
    },
  );

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
});
