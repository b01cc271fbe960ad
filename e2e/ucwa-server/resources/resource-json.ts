import { bySender, isMany } from "./served-resource.ts";
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

/** A resource as JSON text. Reference: PayloadFormat */
export function resourceToJson(resource: Resource, spelling: Spelling = usualSpelling): string {
  return text(resourceValue(resource, spelling), spelling);
}

/** An event-channel response as JSON text. Reference: EventChannelDetails */
export function packageToJson(content: EventPackage, spelling: Spelling = usualSpelling): string {
  const { follow, self } = content;
  const links = {
    ...(self === undefined ? {} : { self: { href: spelling.href(self) } }),
    ...(follow && { [follow.rel]: { href: spelling.href(follow.href) } }),
  };
  if (follow?.rel === "resync") return text({ _links: links }, spelling);
  if (content.events.length === 0)
    switch (spelling.heartbeat) {
      case "empty":
        break;
      case "absent":
        return text({ _links: links }, spelling);
      case "null":
        return text({ _links: links, sender: null }, spelling);
    }
  return text(
    {
      _links: links,
      sender: bySender(content.events, spelling.singleSenders).map((group) => ({
        rel: group.sender.rel,
        href: spelling.href(group.sender.href),
        events: group.events.map((event) => eventValue(event, spelling)),
      })),
    },
    spelling,
  );
}

/** An error as JSON text. Reference: ErrorsAndInformationalMessages */
export function reasonToJson(reason: Reason): string {
  return JSON.stringify(reason);
}

function eventValue(event: WrittenEvent, spelling: Spelling): unknown {
  if (event.raw !== undefined) return event.raw;
  return {
    link: relLink(event.link, spelling),
    ...(event.in && { in: relLink(event.in, spelling) }),
    ...(event.status && { status: event.status }),
    ...(event.reason && { reason: event.reason }),
    ...(event.resource && { _embedded: { [event.link.rel]: resourceValue(event.resource, spelling) } }),
    type: event.type,
  };
}

function resourceValue(resource: Resource, spelling: Spelling): object {
  return {
    ...mapped(resource.properties, propertyValue),
    ...(spelling.newProperties && { aPropertyOfTomorrow: { since: 2031, words: ["not", "yet"] } }),
    _links: mapped(resource.links, (link, rel) => linkValue(link, rel, spelling)),
    ...(resource.embedded && {
      _embedded: mapped(resource.embedded, (child) =>
        isMany<Resource>(child)
          ? child.map((one) => resourceValue(one, spelling))
          : resourceValue(child, spelling),
      ),
    }),
    rel: resource.rel,
  };
}

function linkValue(link: Link | readonly Link[], rel: string, spelling: Spelling): unknown {
  if (isMany<Link>(link)) return link.map((one) => plainLink(one, spelling));
  const value = plainLink(link, spelling);
  return spelling.asArray(rel, link.href) ? [value] : value;
}

function mapped<T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

function propertyValue(value: Property): unknown {
  return value instanceof Date ? `/Date(${value.getTime()})/` : value;
}

function plainLink(link: Link, spelling: Spelling): object {
  return {
    href: spelling.href(link.href),
    ...(link.title !== undefined && { title: link.title }),
    ...(link.revision !== undefined && { revision: link.revision }),
  };
}

function relLink(link: RelLink, spelling: Spelling): object {
  return { rel: link.rel, ...plainLink(link, spelling) };
}

/** The servers escape the slashes of a date, which any JSON reader undoes. */
function text(value: object, { reversed }: Spelling): string {
  return JSON.stringify(reversed ? backwards(value) : value).replaceAll(
    /"\/Date\((-?\d+)\)\/"/g,
    String.raw`"\/Date($1)\/"`,
  );
}

/** The same value with every object's properties in the opposite order. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, inner]) => [name, backwards(inner)]),
  );
}
