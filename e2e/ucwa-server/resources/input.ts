import { XMLParser } from "fast-xml-parser";
import * as z from "zod";
import type { BreachLog } from "../http/breaches.ts";
import { mediaType } from "../http/message.ts";
import type { ServerRequest } from "../http/message.ts";
import { problem } from "../http/endpoint.ts";
import type { Answer } from "../http/endpoint.ts";

/** The properties of an input, by lower-case name: servers take them in any case. */
export type Input = ReadonlyMap<string, unknown>;

/** The hrefs of an input's links, by rel. Only data URIs mean anything there; everything else is left aside. */
export type InputLinks = ReadonlyMap<string, string>;

type Read =
  | { readonly ok: true; readonly input: Input; readonly links: InputLinks }
  | { readonly ok: false; readonly answer: Answer };

interface Content {
  readonly properties: [string, unknown][];
  readonly links: [string, string][];
}

const jsonTypes = ["application/json", "application/vnd.microsoft.com.ucwa+json"];
const xmlTypes = ["application/xml", "application/vnd.microsoft.com.ucwa+xml"];

/** Reads a body as UCWA input, JSON or XML. An empty body is an empty input. Reference: PayloadFormat */
export function readInput(request: ServerRequest, breaches: BreachLog): Read {
  if (request.body.length === 0) return { ok: true, input: new Map(), links: new Map() };
  const type = mediaType(request.headers.get("content-type"));
  const body = new TextDecoder().decode(request.body);
  if (!jsonTypes.includes(type) && !xmlTypes.includes(type)) {
    breaches.record("contentType", request);
    return {
      ok: false,
      answer: problem(415, "UnsupportedMediaType", "The media type of the body is not supported."),
    };
  }
  const content = jsonTypes.includes(type) ? fromJson(body) : fromXml(body);
  if (content === null) {
    breaches.record("invalidInput", request);
    return { ok: false, answer: problem(400, "DeserializationFailure", "The body could not be read.") };
  }
  return {
    ok: true,
    input: new Map(content.properties.map(([name, value]) => [name.toLowerCase(), value])),
    links: new Map(content.links),
  };
}

const jsonLinks = z.record(z.string(), z.unknown()).catch({});

function fromJson(body: string): Content | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    const links = "_links" in value ? jsonLinks.parse(value._links) : {};
    return {
      properties: Object.entries(value),
      links: Object.entries(links).flatMap(([rel, link]): [string, string][] => {
        const read = z.object({ href: z.string() }).safeParse(link);
        return read.success ? [[rel, read.data.href]] : [];
      }),
    };
  } catch {
    return null;
  }
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  isArray: (name) => ["property", "propertyList", "item", "link"].includes(name),
});

const xmlInput = z.object({
  input: z.union([
    z.literal(""),
    z.object({
      property: z.array(z.object({ "@name": z.string(), "#text": z.string().default("") })).default([]),
      propertyList: z
        .array(z.object({ "@name": z.string(), item: z.array(z.string()).default([]) }))
        .default([]),
      link: z.array(z.object({ "@rel": z.string(), "@href": z.string() })).default([]),
    }),
  ]),
});

function fromXml(body: string): Content | null {
  try {
    const { input } = xmlInput.parse(parser.parse(body, true));
    if (input === "") return { properties: [], links: [] };
    const properties = [
      ...input.property.map((one): [string, unknown] => [one["@name"], one["#text"]]),
      ...input.propertyList.map((one): [string, unknown] => [one["@name"], one.item]),
    ];
    return {
      properties,
      links: input.link.map((one): [string, string] => [one["@rel"], one["@href"]]),
    };
  } catch {
    return null;
  }
}

/** A text no longer than `limit`; `undefined` when it is absent, `null` when it is something else. */
export function textOf(input: Input, name: string, limit: number): string | undefined | null {
  const value = input.get(name.toLowerCase());
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" && value.length <= limit ? value : null;
}

/** A text in the query no longer than `limit`; `undefined` when it is absent, `null` when it is something else. */
export function textInQuery(url: URL, name: string, limit: number): string | undefined | null {
  const value = url.searchParams.get(name);
  if (value === null) return undefined;
  return value !== "" && value.length <= limit ? value : null;
}

/** A list whose members are all in `allowed`; `undefined` when it is absent, `null` when it is something else. */
export function listOf(input: Input, name: string, allowed: readonly string[]): string[] | undefined | null {
  const value = input.get(name.toLowerCase());
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return null;
  const members = value.filter(
    (member): member is string => typeof member === "string" && allowed.includes(member),
  );
  return members.length === value.length ? members : null;
}
