import { XMLBuilder } from "fast-xml-parser";
import { bySender, several } from "./served-resource.ts";
import type {
  EventPackage,
  Link,
  Property,
  Reason,
  RelLink,
  Resource,
  WrittenEvent,
} from "./served-resource.ts";
import { usualSpelling } from "./spelling.ts";
import type { Spelling } from "./spelling.ts";

type Node = Record<string, unknown>;

const namespace = "http://schemas.microsoft.com/rtc/2012/03/ucwa";
const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  format: true,
});

/** A resource as XML text. Reference: PayloadFormat */
export function resourceToXml(resource: Resource, spelling: Spelling = usualSpelling): string {
  return document(resourceNode(resource, resource.rel, spelling, { xmlns: namespace }));
}

/**
 * An event-channel response as XML text. Reference: EventChannelDetails
 *
 * INFERRED: the place of `status`, `in` and `reason`; the reference's only XML sample has none of them.
 */
export function packageToXml(content: EventPackage, spelling: Spelling = usualSpelling): string {
  const { follow, self } = content;
  const events = content.events.filter((event) => event.raw === undefined);
  return document(
    element("events", { ...(self !== undefined && { href: spelling.href(self) }), xmlns: namespace }, [
      ...(follow ? [element("link", { rel: follow.rel, href: spelling.href(follow.href) })] : []),
      ...bySender(events, spelling.singleSenders).map((group) =>
        element(
          "sender",
          attributes(group.sender, spelling),
          group.events.map((event) => eventNode(event, spelling)),
        ),
      ),
    ]),
  );
}

/** An error as XML text. Reference: ErrorsAndInformationalMessages */
export function reasonToXml(reason: Reason): string {
  return document(reasonNode(reason, { xmlns: namespace }));
}

function eventNode(event: WrittenEvent, spelling: Spelling): Node {
  const attribute = { ...attributes(event.link, spelling), ...(event.status && { status: event.status }) };
  return element(event.type, attribute, [
    ...(event.in ? [element("in", attributes(event.in, spelling))] : []),
    ...(event.resource ? [resourceNode(event.resource, event.link.rel, spelling)] : []),
    ...(event.reason ? [reasonNode(event.reason)] : []),
  ]);
}

function reasonNode(reason: Reason, extra: Record<string, string> = {}): Node {
  return element("reason", extra, [
    element("code", {}, textNode(reason.code)),
    ...(reason.subcode === undefined ? [] : [element("subcode", {}, textNode(reason.subcode))]),
    ...(reason.message === undefined ? [] : [element("message", {}, textNode(reason.message))]),
    element("debugInfo"),
    element(
      "parameters",
      {},
      (reason.parameters ?? []).map((parameter) => property(parameter.name, parameter.reason)),
    ),
  ]);
}

function resourceNode(
  resource: Resource,
  rel: string,
  spelling: Spelling,
  extra: Record<string, string> = {},
): Node {
  const { self, ...links } = resource.links;
  const href = self === undefined ? undefined : several<Link>(self)[0]?.href;
  return element("resource", { rel, ...(href !== undefined && { href: spelling.href(href) }), ...extra }, [
    ...Object.entries(links).flatMap(([linkRel, link]) =>
      several<Link>(link).map((one) => element("link", attributes({ rel: linkRel, ...one }, spelling))),
    ),
    property("rel", resource.rel),
    ...(spelling.newProperties ? [property("aPropertyOfTomorrow", "not yet")] : []),
    ...Object.entries(resource.properties).map(([name, value]) => property(name, value)),
    ...Object.entries(resource.embedded ?? {}).flatMap(([childRel, child]) =>
      several<Resource>(child).map((one) => resourceNode(one, childRel, spelling)),
    ),
  ]);
}

function property(name: string, value: Property): Node {
  if (typeof value === "object" && !(value instanceof Date))
    return element(
      "propertyList",
      { name },
      value.map((item) => element("item", {}, textNode(item))),
    );
  return element("property", { name }, textNode(scalar(value)));
}

function scalar(value: string | number | boolean | Date): string {
  if (value instanceof Date) return value.toISOString();
  // The reference's samples write booleans the way .NET prints them.
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}

function attributes(link: RelLink & { revision?: string }, spelling: Spelling): Record<string, string> {
  return {
    rel: link.rel,
    href: spelling.href(link.href),
    ...(link.title !== undefined && { title: link.title }),
    ...(link.revision !== undefined && { revision: link.revision }),
  };
}

function textNode(value: string): Node[] {
  // Control characters other than tab and line breaks cannot occur in XML 1.0, not even escaped.
  // oxlint-disable-next-line no-control-regex
  return [{ "#text": value.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd") }];
}

function element(name: string, attribute: Record<string, string> = {}, children: Node[] = []): Node {
  return { [name]: children, ":@": attribute };
}

function document(root: Node): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${builder.build([root])}`;
}
