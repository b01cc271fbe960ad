import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPackage } from "../application/events.ts";
import type { HttpAnswer } from "../http/http.ts";
import { readInvitation } from "./read-invitation.ts";
import { listOf, numberOf, readReason, readResource, textOf } from "./read-resource.ts";
import { representationOf } from "./representation.ts";
import type { ByRel, Resource } from "./resource.ts";

const BASE = "https://pool.contoso.example/ucwa/oauth/v1/applications/104/events?ack=1";

function answer(body: string, type: string | null = "application/xml"): HttpAnswer {
  return {
    url: BASE,
    status: 200,
    headers: new Headers(type === null ? {} : { "Content-Type": type }),
    body,
  };
}

/** What is to be written, before it has a form. */
interface Draft {
  readonly rel: string;
  readonly href: string;
  readonly count: number;
  readonly text: string;
  readonly list: readonly string[];
  readonly links: readonly {
    readonly rel: string;
    readonly href: string;
    readonly title: string;
    readonly revision: string;
  }[];
  readonly embedded: readonly { readonly under: string; readonly draft: Draft }[];
}

interface EventDraft {
  readonly type: string;
  readonly link: { readonly rel: string; readonly href: string; readonly title: string };
  readonly status: string | null;
  readonly in: { readonly rel: string; readonly href: string } | null;
  readonly reason: { readonly code: string; readonly subcode: string; readonly message: string } | null;
  readonly resource: Draft | null;
}

function grouped<T>(entries: readonly (readonly [string, T])[]): Record<string, T | T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
  return Object.fromEntries([...groups].map(([key, all]) => [key, all.length === 1 ? (all[0] as T) : all]));
}

function toJson(draft: Draft): Record<string, unknown> {
  return {
    rel: draft.rel,
    count: draft.count,
    text: draft.text,
    list: draft.list,
    _links: {
      self: { href: draft.href },
      ...grouped(draft.links.map(({ rel, ...link }) => [rel, link] as const)),
    },
    _embedded: grouped(draft.embedded.map(({ under, draft: inner }) => [under, toJson(inner)] as const)),
  };
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"'\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");

function toXml(draft: Draft, under = draft.rel): string {
  const property = (name: string, value: string) => `<property name="${name}">${escaped(value)}</property>`;
  return [
    `<resource${attributes({ rel: under, href: draft.href })}>`,
    ...draft.links.map((link) => `\n  <link${attributes(link)} />`),
    property("rel", draft.rel),
    property("count", String(draft.count)),
    property("text", draft.text),
    `<propertyList name="list">${draft.list.map((item) => `<item>${escaped(item)}</item>`).join("")}</propertyList>`,
    ...draft.embedded.map((inner) => toXml(inner.draft, inner.under)),
    "</resource>",
  ].join("");
}

const eventsToJson = (events: readonly EventDraft[]): unknown => ({
  _links: { self: { href: "/e?ack=1" }, next: { href: "/e?ack=2" } },
  sender: events.map(({ resource, status, in: context, reason, ...event }) => ({
    rel: "communication",
    href: "/c",
    events: [
      {
        ...event,
        ...(status === null ? {} : { status }),
        ...(context === null ? {} : { in: context }),
        ...(reason === null ? {} : { reason }),
        ...(resource === null ? {} : { _embedded: { [event.link.rel]: toJson(resource) } }),
      },
    ],
  })),
});

function eventsToXml(events: readonly EventDraft[], statusAs: "attribute" | "element" | "property"): string {
  const statusIn = (status: string | null) =>
    status === null || statusAs === "attribute"
      ? ""
      : statusAs === "element"
        ? `<status>${status}</status>`
        : `<property name="status">${status}</property>`;
  const one = ({ type, link, status, in: context, reason, resource }: EventDraft) => {
    const given = status !== null && statusAs === "attribute" ? { status } : {};
    const inside = [
      statusIn(status),
      context === null ? "" : `<in${attributes(context)}/>`,
      resource === null ? "" : toXml(resource, link.rel),
      reason === null
        ? ""
        : `<reason><code>${reason.code}</code><subcode>${reason.subcode}</subcode><message>${escaped(reason.message)}</message><debugInfo><property name="x">y</property></debugInfo></reason>`,
    ].join("\n");
    return `<sender rel="communication" href="/c"><${type}${attributes({ ...link, ...given })}>${inside}</${type}></sender>`;
  };
  return `<?xml version="1.0" encoding="utf-8"?>
    <events href="/e?ack=1" xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"><link rel="next" href="/e?ack=2" />${events.map(one).join("\n")}</events>`;
}

/** Typed as the model reads them: XML has no types, so the raw values differ. */
function plain(resource: Resource): unknown {
  return {
    rel: resource.rel,
    count: numberOf(resource.properties["count"]),
    countAsText: textOf(resource, "count"),
    text: textOf(resource, "text"),
    list: listOf(resource, "list"),
    links: entriesOf(resource.links),
    embedded: entriesOf(resource.embedded).map(([under, all]) => [under, all.map(plain)]),
  };
}

function entriesOf<T>(named: ByRel<T>): readonly (readonly [string, readonly T[]])[] {
  return [...named.keys()].toSorted().map((rel) => [rel, named.get(rel) ?? []]);
}

/** What XML can hold at all: no control characters but white space, no lone surrogates, no U+FFFE. */
const text = fc
  .string({ unit: "grapheme", maxLength: 20 })
  .map((value) => value.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "?"));
const name = fc.stringMatching(/^[a-z][A-Za-z]{1,12}$/).filter((word) => word !== "self");
const href = fc.oneof(
  fc.webPath().map((path) => `/ucwa${path}`),
  fc.webUrl({ validSchemes: ["https"], withQueryParameters: true }),
  text.map((message) => `data:text/plain;charset=utf-8,${encodeURIComponent(message)}`),
);
const draftAround = (embedded: fc.Arbitrary<Draft["embedded"]>): fc.Arbitrary<Draft> =>
  fc.record({
    rel: name,
    href: fc.webPath().map((path) => `/ucwa${path}`),
    count: fc.integer(),
    text,
    list: fc.array(text, { maxLength: 3 }),
    links: fc.array(
      fc.record({ rel: name, href, title: text, revision: fc.constantFrom("1", "2", "2.5", "odd") }),
      { maxLength: 4 },
    ),
    embedded,
  });
const embedding = (draft: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> =>
  draftAround(fc.array(fc.record({ under: name, draft }), { maxLength: 2 }));
const draft = embedding(embedding(draftAround(fc.constant([]))));
const event: fc.Arbitrary<EventDraft> = fc.record({
  type: fc.constantFrom("started", "updated", "completed", "added", "deleted"),
  link: fc.record({ rel: name, href: fc.webPath().map((path) => `/ucwa${path}`), title: text }),
  status: fc.constantFrom("Success", "Failure", null),
  in: fc.option(fc.record({ rel: name, href: fc.constant("/in") })),
  reason: fc.option(
    fc.record({
      code: fc.constant("RemoteFailure"),
      subcode: fc.constant("Declined"),
      message: fc.constant("No & never."),
    }),
  ),
  resource: fc.option(draft),
});

describe("the two forms of a document", () => {
  it("read the same for any resource", () => {
    fc.assert(
      fc.property(draft, (given) => {
        const fromJson = readResource(representationOf(answer(JSON.stringify(toJson(given)), null)), BASE);
        const fromXml = readResource(representationOf(answer(toXml(given))), BASE);
        expect(fromXml && plain(fromXml)).toEqual(fromJson && plain(fromJson));
        expect(fromXml).not.toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  it("read the same for any package of events, in its order over all senders, wherever the status stands", () => {
    const outline = (document: unknown) => {
      const received = readPackage(document, BASE, 1);
      return (
        received && {
          onward: received.onward,
          ...received.read(),
          events: received
            .read()
            .events.map((one) => ({ ...one, resource: one.resource && plain(one.resource) })),
        }
      );
    };
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 5 }),
        fc.constantFrom("attribute" as const, "element" as const, "property" as const),
        (given, statusAs) => {
          const fromJson = outline(representationOf(answer(JSON.stringify(eventsToJson(given)), null)));
          const fromXml = outline(representationOf(answer(eventsToXml(given, statusAs))));
          expect(fromXml).toEqual(fromJson);
          expect(fromXml?.events).toHaveLength(given.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("read the same for an error, of which debug information is no part", { tags: ["xml-error"] }, () => {
    const error = { code: "Conflict", subcode: "AlreadyExists", message: "It is there." };
    const xml = `<reason xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"><code>Conflict</code><subcode>AlreadyExists</subcode><message>It is there.</message><debugInfo /><parameters /></reason>`;
    expect(readReason(representationOf(answer(xml)))).toEqual(error);
    expect(readReason(representationOf(answer(JSON.stringify(error), null)))).toEqual(error);
    expect(readReason(representationOf(answer("<reason><code>Gone</code><subcode/></reason>")))).toEqual({
      code: "Gone",
      subcode: null,
      message: null,
    });
  });
});

describe("an XML document", () => {
  it("is an invitation like any other", () => {
    const xml = `<resource rel="messagingInvitation" href="/i/1">
      <link rel="accept" href="/i/1/accept" /><link rel="decline" href="/i/1/decline" />
      <link rel="message" href="data:text/plain;charset=utf-8,Hi+there%2c+%2b1%0d%0a" />
      <property name="direction">incoming</property><property name="state">Connecting</property>
      <property name="subject">R&amp;D &#8211; <![CDATA[<now> &amp;]]></property>
      <resource rel="from" href="/p/1"><property name="rel">participant</property><property name="name">Sara</property><property name="anonymous">True</property></resource>
    </resource>`;
    const resource = readResource(representationOf(answer(xml)), BASE);
    expect(resource && readInvitation(resource)).toMatchObject({
      direction: "Incoming",
      subject: "R&D – <now> &amp;",
      message: { text: "Hi there, +1" },
      from: { name: "Sara", anonymous: true },
      links: { accept: "https://pool.contoso.example/i/1/accept" },
    });
  });

  it("may have a prefix for its namespace, and a byte order mark and white space before it", () => {
    const xml = `\uFEFF \n<u:resource xmlns:u="urn:x" rel="me" href="/me"><u:property name="name">Sara</u:property></u:resource>`;
    expect(readResource(representationOf(answer(xml)), BASE)).toMatchObject({
      rel: "me",
      properties: { name: "Sara" },
    });
  });

  it("has a line break in an attribute only where it is escaped", () => {
    const xml = `<resource rel="x" href="/x"><link rel="y" href="/y" title="a\n\tb&#10;c"/></resource>`;
    expect(readResource(representationOf(answer(xml)), BASE)?.links.get("y")?.[0]?.title).toBe("a  b\nc");
  });

  it("cannot reach what every object has", () => {
    const xml = `<resource rel="x"><property name="__proto__">a</property><link rel="__proto__" href="/a"/><resource rel="constructor" href="/b"/></resource>`;
    const resource = readResource(representationOf(answer(xml)), BASE);
    expect(Object.hasOwn(resource?.properties ?? {}, "__proto__")).toBe(true);
    expect(resource?.links.get("__proto__")).toHaveLength(1);
    expect(resource?.embedded.get("constructor")).toHaveLength(1);
  });

  it.each([
    ["has a document type", `<!DOCTYPE resource [<!ENTITY a "b">]><resource rel="x">&a;</resource>`],
    ["is a web page", "<!doctype html><html><body>Sorry</body></html>"],
    ["is a page without a document type", "<html><body>Sorry</body></html>"],
    ["breaks off", `<events href="/e"><link rel="next" href="/n"/><sender rel="me" href="/me">`],
    ["breaks off in a tag", `<events href="/e"><link rel="next`],
    ["has two roots", `<resource rel="a"/><resource rel="b"/>`],
    ["is nested without end", `${"<resource>".repeat(5_000)}${"</resource>".repeat(5_000)}`],
    ["is nested deeper than any document", `${"<resource>".repeat(40)}${"</resource>".repeat(40)}`],
    ["has an attribute twice", `<resource rel="a" rel="b"/>`],
    ["closes what is not open", `<resource rel="a"></sender>`],
    ["is nothing but a bracket", "<"],
  ])("is not read when it %s", (_, xml) => {
    expect(representationOf(answer(xml))).toBeUndefined();
  });

  it("knows the five entities of XML and characters by number, and expands no other", () => {
    const xml = `<resource rel="x"><property name="a">&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;&nbsp;</property></resource>`;
    expect(representationOf(answer(xml))).toMatchObject({ a: `<>&"'A😀&nbsp;` });
  });

  it.each(["&#xD800;", "&#0;", "&#x110000;", "&#x1B;"])(
    "is no document with %s, which XML does not know",
    (odd) => {
      const xml = `<resource rel="x"><property name="a">${odd}</property></resource>`;
      expect(representationOf(answer(xml))).toBeUndefined();
    },
  );

  it("never throws, whatever it is", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "/",
      "resource",
      " rel=",
      '"',
      "&",
      "amp;",
      "<![CDATA[",
      "]]>",
      "<!--",
      "<?",
      "x",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        representationOf(answer(`<${pieces.join("")}`));
      }),
    );
  });
});

describe("an answer is UCWA's own", () => {
  const own = JSON.stringify({ rel: "me" });

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    " application/json ; charset=utf-8",
    "Application/JSON;Charset=UTF-8",
    "application/xml",
    "application/vnd.microsoft.com.ucwa+json",
    "application/vnd.microsoft.com.ucwa+xml; charset=utf-8",
    "application/vnd.microsoft.ucwa+json",
  ])("with the type %s, whichever of the two forms it holds", { tags: ["media-types-equal"] }, (type) => {
    expect(representationOf(answer(own, type))).toMatchObject({ rel: "me" });
    expect(representationOf(answer(`<resource rel="me"/>`, type))).toMatchObject({ rel: "me" });
  });

  it("when it names no type and reads like one, a byte order mark before it or not", () => {
    expect(representationOf(answer(own, null))).toEqual({ rel: "me" });
    expect(representationOf(answer(`\uFEFF${own}`, null))).toEqual({ rel: "me" });
  });

  it.each([
    "text/html",
    "text/plain; charset=utf-8",
    "text/json",
    "application/octet-stream",
    "application/problem+json",
    "odd",
  ])("not with the type %s, even if it reads like one", (type) => {
    expect(representationOf(answer(own, type))).toBeUndefined();
  });

  it.each(["", " ", "[]", "null", "3", `"x"`, "{", "Service Unavailable"])("not as %j", (body) => {
    expect(representationOf(answer(body, null))).toBeUndefined();
  });
});
