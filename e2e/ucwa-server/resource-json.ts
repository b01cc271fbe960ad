import { bySender, isMany } from "./resource.ts";
import type { EventPackage, Link, Property, Reason, RelLink, Resource } from "./resource.ts";

/** A resource as JSON text. Reference: PayloadFormat */
export function resourceToJson(resource: Resource): string {
  return text(resourceValue(resource));
}

/** An event-channel response as JSON text. Reference: EventChannelDetails */
export function packageToJson(content: EventPackage): string {
  const links = {
    ...(content.self === undefined ? {} : { self: { href: content.self } }),
    [content.follow.rel]: { href: content.follow.href },
  };
  if (content.follow.rel === "resync") return text({ _links: links });
  return text({
    _links: links,
    sender: bySender(content.events).map((group) => ({
      rel: group.sender.rel,
      href: group.sender.href,
      events: group.events.map((event) => ({
        link: relLink(event.link),
        ...(event.in && { in: relLink(event.in) }),
        ...(event.status && { status: event.status }),
        ...(event.reason && { reason: event.reason }),
        ...(event.resource && { _embedded: { [event.link.rel]: resourceValue(event.resource) } }),
        type: event.type,
      })),
    })),
  });
}

/** An error as JSON text. Reference: ErrorsAndInformationalMessages */
export function reasonToJson(reason: Reason): string {
  return text(reason);
}

function resourceValue(resource: Resource): object {
  return {
    ...mapped(resource.properties, propertyValue),
    _links: mapped(resource.links, (link) => (isMany<Link>(link) ? link.map(plainLink) : plainLink(link))),
    ...(resource.embedded && {
      _embedded: mapped(resource.embedded, (child) =>
        isMany<Resource>(child) ? child.map(resourceValue) : resourceValue(child),
      ),
    }),
    rel: resource.rel,
  };
}

function mapped<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function propertyValue(value: Property): unknown {
  return value instanceof Date ? `/Date(${value.getTime()})/` : value;
}

function plainLink(link: Link): object {
  return {
    href: link.href,
    ...(link.title !== undefined && { title: link.title }),
    ...(link.revision !== undefined && { revision: link.revision }),
  };
}

function relLink(link: RelLink): object {
  return { rel: link.rel, ...plainLink(link) };
}

/** The servers escape the slashes of a date, which any JSON reader undoes. */
function text(value: object): string {
  return JSON.stringify(value).replaceAll(/"\/Date\((-?\d+)\)\/"/g, String.raw`"\/Date($1)\/"`);
}
