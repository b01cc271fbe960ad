import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { availableApplication, createApplication, virtualServer } from "../testing/client.ts";
import type { Json, Reply, TestApplication } from "../testing/client.ts";
import { resourceToXml } from "./resource-xml.ts";
import type { Resource } from "./served-resource.ts";
import { ada, askEvents, lastOf, ring } from "../testing/ring.ts";

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
  it("says the same as JSON, of every resource that links lead to", async () => {
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
  });

  it(
    "of events names the type as the element, and has in, resource and reason inside it (INFERRED places)",
    { tags: ["xml-events", "xml-event-details"] },
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

  it.each([
    ["application/json", "{"],
    ["application/vnd.microsoft.com.ucwa+json", "{"],
    ["application/xml", "<"],
    ["application/vnd.microsoft.com.ucwa+xml", "<"],
  ])(
    "has two names, as JSON has: %s in Accept and in Content-Type",
    { tags: ["media-types-equal"] },
    async (type, begins) => {
      const application = await createApplication(virtualServer());
      const others = "application/json, application/xml";
      const asked = await application.get(application.resource._links.self.href, {
        Accept: `${type}, ${others}`,
      });
      expect(asked.text[0]).toBe(begins);
      const { makeMeAvailable } = application.resource._embedded.me._links;
      const body = begins === "{" ? "{}" : '<input xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"/>';
      const sent = await application.send("POST", makeMeAvailable.href, body, { "Content-Type": type });
      expect(sent.status).toBe(204);
    },
  );
});

describe("a resource in XML (PayloadFormat)", () => {
  const written = (resource: Partial<Resource>): string =>
    resourceToXml({ rel: "me", properties: {}, links: {}, ...resource });

  for (const [rule, what, resource, element] of [
    [
      "xml-namespace",
      "is in the namespace of UCWA",
      {},
      'xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"',
    ],
    [
      "xml-resource",
      "says its rel and its own address as attributes",
      { links: { self: { href: "/me" } } },
      '<resource rel="me" href="/me"',
    ],
    [
      "xml-links",
      "has links as elements, several of a list",
      {
        links: {
          to: [
            { href: "/1", title: "One" },
            { href: "/2", revision: "2" },
          ],
        },
      },
      '<link rel="to" href="/1" title="One"></link> <link rel="to" href="/2" revision="2"></link>',
    ],
    [
      "xml-properties",
      "has properties as named elements",
      { properties: { subject: "A & B", anonymous: false } },
      '<property name="subject">A &amp; B</property> <property name="anonymous">False</property>',
    ],
    [
      "xml-property-lists",
      "has lists of values as items of a named element",
      { properties: { words: ["a", "b"] } },
      '<propertyList name="words"> <item>a</item> <item>b</item> </propertyList>',
    ],
    [
      "xml-embedded",
      "has what is embedded as a resource within, by its rel there",
      { embedded: { from: { rel: "participant", properties: {}, links: { self: { href: "/1" } } } } },
      '<resource rel="from" href="/1"> <property name="rel">participant</property> </resource> </resource>',
    ],
    [
      "xml-data-uri",
      "has a message as a link to a data URI",
      { links: { message: { href: "data:text/plain,Hi" } } },
      '<link rel="message" href="data:text/plain,Hi">',
    ],
    [
      "xml-dates",
      "writes dates as ISO 8601",
      { properties: { at: new Date(0) } },
      '<property name="at">1970-01-01T00:00:00.000Z</property>',
    ],
  ] satisfies [string, string, Partial<Resource>, string][])
    it(what, { tags: [rule] }, () => {
      expect(written(resource).replaceAll(/\s+/g, " ")).toContain(element);
    });
});
