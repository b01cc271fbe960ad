import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPackage } from "../application/events.ts";
import { listOf, numberOf, readReason, readResource, textOf } from "./read-resource.ts";
import { representationOf } from "./representation.ts";
import type { ByRel, Resource } from "./resource.ts";
import { answer, BASE } from "./testing/http-answer.ts";

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
