import { describe, expect, it } from "vitest";
import { readXml } from "./xml-resource.ts";

describe("a resource in XML", () => {
  const forms: readonly (readonly [string, string, object, rule: string])[] = [
    [
      "everything whatever prefix stands for its namespace",
      `<?xml version="1.0"?><u:resource xmlns:u="urn:x" rel="x" u:etag="7"><u:property name="a">1</u:property></u:resource>`,
      { rel: "x", a: "1" },
      "xml-namespace",
    ],
    [
      "its rel and its address",
      `<resource rel="x" href="/c/1"/>`,
      { rel: "x", _links: { self: [{ href: "/c/1" }] } },
      "xml-resource",
    ],
    [
      "its links, one or several under a rel",
      `<resource rel="x"><link rel="photo" href="/p/1" title="Photo" revision="2"/><link rel="photo" href="/p/2"/></resource>`,
      {
        rel: "x",
        _links: {
          photo: [
            { rel: "photo", href: "/p/1", title: "Photo", revision: "2" },
            { rel: "photo", href: "/p/2" },
          ],
        },
      },
      "xml-links",
    ],
    [
      "its properties",
      `<resource rel="x"><property name="name">Ines &amp; &#x54;osh</property></resource>`,
      { rel: "x", name: "Ines & Tosh" },
      "xml-properties",
    ],
    [
      "its lists",
      `<resource rel="x"><propertyList name="emails"><item>a</item><odd>c</odd><item>b</item></propertyList></resource>`,
      { rel: "x", emails: ["a", "b"] },
      "xml-property-lists",
    ],
    [
      "what is embedded",
      `<resource rel="x"><resource rel="note"><property name="rel">other</property></resource><resource rel="note"/></resource>`,
      {
        rel: "x",
        _embedded: {
          note: [
            { rel: "other", _links: {}, _embedded: {} },
            { rel: "note", _links: {}, _embedded: {} },
          ],
        },
      },
      "xml-embedded",
    ],
    [
      "its message",
      `<resource rel="x"><link rel="message" href="data:text/plain;charset=utf-8,Hi+%26+bye"/></resource>`,
      {
        rel: "x",
        _links: { message: [{ rel: "message", href: "data:text/plain;charset=utf-8,Hi+%26+bye" }] },
      },
      "xml-data-uri",
    ],
  ];
  for (const [what, xml, json, rule] of forms) {
    it(`has ${what}, as in JSON`, { tags: [rule] }, () => {
      expect(readXml(xml)).toStrictEqual({ _links: {}, _embedded: {}, ...json });
    });
  }

  it("leaves out what has no name and what is no property", () => {
    const xml = `<resource>
        <property>nameless</property><propertyList><item>x</item></propertyList>
        <link href="/nowhere"/><resource/>
        <property name="deep"><property name="x">1</property></property>
        <other name="odd">1</other><other name="items"><item>1</item></other>
      </resource>`;
    expect(readXml(xml)).toStrictEqual({ rel: "", _links: {}, _embedded: {} });
  });
});

describe("a package of events in XML", () => {
  it(
    "has its senders in their order and their events alone",
    { tags: ["xml-events", "xml-event-details"] },
    () => {
      const xml = `<events href="/e?ack=1"><link rel="next" href="/e?ack=2"/>
        <sender rel="me" href="/me"><link rel="self" href="/me"/><updated rel="me" href="/me"/></sender>
        <odd rel="x" href="/x"><added rel="x" href="/x"/></odd>
        <sender rel="communication" href="/c">
          <completed rel="messagingInvitation" href="/i/1" status=" Failure ">
            <in rel="conversation" href="/v/1"/>
            <reason><code> Gone </code><subcode> </subcode><message>Too <b>late</b></message><odd>x</odd></reason>
            <resource rel="messagingInvitation" href="/i/1"/>
          </completed>
          <added rel="a" href="/a"><status>Success</status><in><link rel="b" href="/b"/></in></added>
          <added rel="a" href="/a"><property name="x">1</property><property name="status"> Success </property><in/></added>
        </sender></events>`;
      const invitation = {
        rel: "messagingInvitation",
        _links: { self: [{ href: "/i/1" }] },
        _embedded: {},
      };
      expect(readXml(xml)).toEqual({
        _links: { self: [{ href: "/e?ack=1" }], next: [{ rel: "next", href: "/e?ack=2" }] },
        sender: [
          { rel: "me", href: "/me", events: [{ type: "updated", link: { rel: "me", href: "/me" } }] },
          {
            rel: "communication",
            href: "/c",
            events: [
              {
                type: "completed",
                link: { rel: "messagingInvitation", href: "/i/1", status: " Failure " },
                status: "Failure",
                in: { rel: "conversation", href: "/v/1" },
                reason: { code: "Gone", message: "Too" },
                _embedded: { messagingInvitation: invitation },
              },
              {
                type: "added",
                link: { rel: "a", href: "/a" },
                status: "Success",
                in: { rel: "b", href: "/b" },
              },
              { type: "added", link: { rel: "a", href: "/a" }, status: "Success", in: {} },
            ],
          },
        ],
      });
    },
  );
});

describe("the older autodiscover document", () => {
  const link = (token: string, href = "/root") => `<Link token="${token}" href="${href}"/>`;
  const LINKS = `${link("User", "/u")}${link("Redirect")}${link("redirect", "/second")}${link("Internal/Ucwa")}`;
  const WANTED = { _links: { user: [{ href: "/u" }], redirect: [{ href: "/root" }, { href: "/second" }] } };

  it.each([
    [
      "in its answer",
      `<AutodiscoverResponse><Odd token="User" href="/x"/><Root>${LINKS}</Root></AutodiscoverResponse>`,
    ],
    ["alone", `<Root>${LINKS}</Root>`],
    ["without its root", `<AutodiscoverResponse>${LINKS}</AutodiscoverResponse>`],
    [
      "among what is none",
      `<Root><Odd token="User" href="/x"/><Link token="User"/><Link href="/x"/>${LINKS}</Root>`,
    ],
  ])("leads to a user and to redirects, and nowhere else, %s", (_, xml) => {
    expect(readXml(xml)).toStrictEqual(WANTED);
  });
});

describe("a document that is none of them", () => {
  const deep = (levels: number) => `${"<resource>".repeat(levels)}${"</resource>".repeat(levels)}`;

  it.each([
    ["is of another kind", "<html/>"],
    ["is cut off", "<resource>"],
    ["is empty", ""],
    ["has a document type", '<!DOCTYPE resource [<!ENTITY x "y">]><resource rel="&x;"/>'],
    ["is nested beyond all reason", deep(34)],
  ])("is nothing: it %s", (_, xml) => {
    expect(readXml(xml)).toBeUndefined();
  });

  it("may be nested as deeply as any resource is", () => {
    expect(readXml(deep(33))).toBeDefined();
  });

  it("shows an entity that nobody has declared as it came", () => {
    expect(readXml('<resource><property name="x">&odd;</property></resource>')).toMatchObject({ x: "&odd;" });
  });
});
