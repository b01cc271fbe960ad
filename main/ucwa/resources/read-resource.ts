import type { ByRel, Link, Resource, UcwaReason } from "./resource.ts";
import { safeLine } from "./safe-text.ts";
import { isOfOrigin, isPlainPath, originOf, resolveHref } from "../http/urls.ts";

/** Deeper than any resource of the reference; what lies below is not read. */
const MAX_DEPTH = 6;

/**
 * Reads the JSON form of a resource, which an XML document has been brought into. Liberal: a rel may hold one object or a list, a missing part is empty, a link
 * that cannot be resolved is left out. Returns null for what is no object.
 * `base` is the URL that the body came from. Reference: PayloadFormat.
 */
export function readResource(value: unknown, base: string, depth = 0): Resource | null {
  if (!isRecord(value)) return null;
  const { rel, _links: links, _embedded: embedded } = value;
  return {
    rel: typeof rel === "string" ? rel : "",
    properties: value,
    links: new ReadByRel(links, readLink, base, depth),
    embedded: new ReadByRel(depth < MAX_DEPTH ? embedded : null, readResource, base, depth + 1),
  };
}

/** Reads what is asked for, when it is: of most resources little is, and a package may hold thousands of them. */
class ReadByRel<T> implements ByRel<T> {
  readonly #entries: Readonly<Record<string, unknown>>;
  readonly #read: (one: unknown, base: string, depth: number) => T | null;
  readonly #base: string;
  readonly #depth: number;

  constructor(
    value: unknown,
    read: (one: unknown, base: string, depth: number) => T | null,
    base: string,
    depth: number,
  ) {
    this.#entries = isRecord(value) ? value : {};
    this.#read = read;
    this.#base = base;
    this.#depth = depth;
  }

  get(rel: string): readonly T[] | undefined {
    const sent = this.#sent(rel);
    if (!Array.isArray(sent)) {
      const only = this.#one(sent);
      return only === null ? undefined : [only];
    }
    const found = sent.map((one) => this.#one(one)).filter((one) => one !== null);
    return found.length > 0 ? found : undefined;
  }

  first(rel: string): T | null {
    const sent = this.#sent(rel);
    return Array.isArray(sent) ? (this.get(rel)?.[0] ?? null) : this.#one(sent);
  }

  keys(): Iterable<string> {
    return Object.keys(this.#entries).filter((rel) => this.get(rel) !== undefined);
  }

  #sent(rel: string): unknown {
    return Object.hasOwn(this.#entries, rel) ? this.#entries[rel] : undefined;
  }

  #one(sent: unknown): T | null {
    return sent === undefined ? null : this.#read(sent, this.#base, this.#depth);
  }
}

/** One link, given as an object or as a bare href. */
export function readLink(value: unknown, base: string): Link | null {
  const record = typeof value === "string" ? { href: value } : value;
  if (!isRecord(record) || typeof record["href"] !== "string") return null;
  const { href: sent, title, revision } = record;
  if (isPlainPath(sent, base)) return link(originOf(base) + sent, true, title, revision);
  // It would lead back to the document itself.
  if (sent.trim() === "") return null;
  if (/^\s*data:/i.test(sent)) return link(sent, false, title, revision);
  const href = resolveHref(sent, base);
  return href === null ? null : link(href, isOfOrigin(href, originOf(base)), title, revision);
}

function link(href: string, sameOrigin: boolean, title: unknown, sent: unknown): Link {
  const revision = sent === undefined ? 1 : (numberOf(sent) ?? 1);
  return {
    href,
    title: typeof title === "string" ? title : null,
    revision: revision > 0 ? revision : 1,
    sameOrigin,
  };
}

/** An error body or an event's reason; null when it says no code. Reference: ErrorsAndInformationalMessages. */
export function readReason(value: unknown): UcwaReason | null {
  if (!isRecord(value) || typeof value["code"] !== "string") return null;
  const line = (name: string, longest?: number) =>
    typeof value[name] === "string" ? safeLine(value[name], longest) : null;
  return {
    code: safeLine(value["code"], LONGEST_CODE),
    subcode: line("subcode", LONGEST_CODE),
    message: line("message"),
  };
}

/** Of a code or subcode, in UTF-16 code units; the longest of the reference has fewer than 40. */
const LONGEST_CODE = 100;

export function linkOf(resource: Resource, rel: string): Link | null {
  return resource.links.first(rel);
}

/** The href of an operation or resource that may be requested with the application's bearer: its own origin only. */
export function ownHref(resource: Resource, rel: string): string | null {
  return resource.links.get(rel)?.find((link) => link.sameOrigin)?.href ?? null;
}

export function embeddedOf(resource: Resource, rel: string): Resource | null {
  return resource.embedded.first(rel);
}

// JSON has types and XML has none: these read a property the same from both.

/** A number is a text too. */
export function textOf(resource: Resource, name: string): string | null {
  const value = resource.properties[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value : null;
}

/** In XML a boolean is text. Reference: PayloadFormat. */
export function isTrue(resource: Resource, name: string): boolean {
  const value = resource.properties[name];
  return value === true || (typeof value === "string" && value.trim().toLowerCase() === "true");
}

/** The word of an enumeration; null when it is none of them. XML, JSON and the reference differ in its case. */
export function oneOf<T extends string>(words: readonly T[], sent: unknown): T | null {
  if (typeof sent !== "string") return null;
  const same = (known: T) => known.toLowerCase() === sent.toLowerCase();
  return words.find((known) => known === sent) ?? words.find(same) ?? null;
}

/** The texts of a list; a single one is a list of one. */
export function listOf(resource: Resource, name: string): readonly string[] {
  return asList(resource.properties[name]).filter((value) => typeof value === "string");
}

/** A number, also one that was sent as text; null for anything else, for to convert an object may throw. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
