import { parseXml, XmlElement, XmlText } from "@rgrove/parse-xml";

import { olderLinks } from "./older-autodiscover.ts";

/** A resource of the reference nests four or five elements; events add three. */
const MAX_DEPTH = 32;

/**
 * Reads the XML form of a resource, of an event package, of an error, or of the older autodiscover document into the
 * shape of the JSON form, so that everything behind it reads one form alone. Values stay text, as XML has no types.
 * Undefined for every other document, for one that is cut off or badly formed, and for one with a document type: no
 * UCWA document has one, and entities are declared there. The size is bounded by the HTTP exchange.
 * Reference: PayloadFormat, EventChannelDetails, ErrorsAndInformationalMessages.
 */
export function readXml(text: string): Record<string, unknown> | undefined {
  const root = parse(text);
  switch (root?.name) {
    case "resource":
      return resourceOf(root);
    case "events":
      return packageOf(root);
    case "reason":
      return reasonOf(root);
    case "AutodiscoverResponse":
      return autodiscoverOf(root.children.find(({ name }) => name === "Root" || name === "User") ?? root);
    case "Root":
      return autodiscoverOf(root);
    default:
      return undefined;
  }
}

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  readonly text: string;
}

/** The five entities of XML and character references are decoded; any other is shown as it came. */
function parse(text: string): Element | undefined {
  if (/<!DOCTYPE/i.test(text)) return undefined;
  try {
    const { root } = parseXml(text, { ignoreUndefinedEntities: true });
    return root === null ? undefined : elementOf(root, 0);
  } catch {
    // Badly formed, cut off, or nested beyond all reason.
    return undefined;
  }
}

function elementOf(element: XmlElement, depth: number): Element {
  if (depth > MAX_DEPTH) throw new Error("nested too deeply");
  const children = element.children.filter((child) => child instanceof XmlElement);
  return {
    name: localName(element.name),
    attributes: new Map(Object.entries(element.attributes).map(([name, value]) => [localName(name), value])),
    children: children.map((child) => elementOf(child, depth + 1)),
    text: element.children.map((child) => (child instanceof XmlText ? child.text : "")).join(""),
  };
}

/** Prefixes say nothing here: all that is read belongs to one namespace. */
function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The `rel` attribute is the link rel; the resource's own may stand among its properties and then differs. */
function resourceOf(element: Element): Record<string, unknown> {
  const properties = new Map<string, unknown>();
  const embedded = new Map<string, unknown[]>();
  for (const child of element.children) {
    const name = child.attributes.get("name");
    if (child.name === "resource") put(embedded, child.attributes.get("rel"), resourceOf(child));
    else if (name === undefined) continue;
    else if (child.name === "property" && child.children.length === 0) properties.set(name, child.text);
    else if (child.name === "propertyList") {
      const items = child.children.filter((item) => item.name === "item");
      properties.set(
        name,
        items.map((item) => item.text),
      );
    }
  }
  return {
    rel: element.attributes.get("rel") ?? "",
    ...Object.fromEntries(properties),
    _links: linksOf(element),
    _embedded: Object.fromEntries(embedded),
  };
}

function linksOf(element: Element): Record<string, unknown> {
  const links = new Map<string, unknown[]>();
  const self = element.attributes.get("href");
  if (self !== undefined) put(links, "self", { href: self });
  for (const child of element.children) {
    if (child.name === "link") put(links, child.attributes.get("rel"), Object.fromEntries(child.attributes));
  }
  return Object.fromEntries(links);
}

function put(map: Map<string, unknown[]>, rel: string | undefined, value: unknown): void {
  if (rel === undefined) return;
  const list = map.get(rel);
  if (list) list.push(value);
  else map.set(rel, [value]);
}

function packageOf(element: Element): Record<string, unknown> {
  return {
    _links: linksOf(element),
    sender: element.children
      .filter(({ name }) => name === "sender")
      .map((sender) => ({
        ...Object.fromEntries(sender.attributes),
        events: sender.children.filter(({ name }) => name !== "link").map(eventOf),
      })),
  };
}

/**
 * The element's name is the type of the event. Where `status`, `in` and `reason` stand, no document shows: `status` is
 * taken from an attribute, an element or a property, `in` from its attributes or a link inside.
 */
function eventOf(element: Element): Record<string, unknown> {
  const child = (name: string) => element.children.find((one) => one.name === name);
  const property = element.children.find((one) => one.attributes.get("name") === "status");
  const context = child("in");
  const reason = child("reason");
  const resource = child("resource");
  return {
    type: element.name,
    link: Object.fromEntries(element.attributes),
    status: (element.attributes.get("status") ?? (child("status") ?? property)?.text)?.trim(),
    in:
      context &&
      Object.fromEntries((context.attributes.has("href") ? context : context.children[0])?.attributes ?? []),
    reason: reason && reasonOf(reason),
    _embedded: resource && { [resource.attributes.get("rel") ?? ""]: resourceOf(resource) },
  };
}

/** An element without content says nothing, where JSON would leave the property out. */
function reasonOf(element: Element): Record<string, unknown> {
  const said = element.children.filter(({ name, text }) => REASON.has(name) && text.trim() !== "");
  return Object.fromEntries(said.map(({ name, text }) => [name, text.trim()]));
}

const REASON = new Set(["code", "subcode", "message"]);

/** Some servers answer the search for them in the format that came before UCWA. */
function autodiscoverOf(root: Element): Record<string, unknown> {
  const links = root.children.filter(({ name }) => name === "Link");
  return olderLinks(links.map(({ attributes }) => Object.fromEntries(attributes)));
}
