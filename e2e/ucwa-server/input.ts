import { XMLParser } from "fast-xml-parser";
import * as z from "zod";
import type { BreachLog } from "./breaches.ts";
import { mediaType } from "./message.ts";
import type { ServerRequest } from "./message.ts";
import { problem } from "./answer.ts";
import type { Answer } from "./answer.ts";

/** The properties of an input, by lower-case name: servers take them in any case. Links in it are left aside. */
export type Input = ReadonlyMap<string, unknown>;

type Read = { readonly ok: true; readonly input: Input } | { readonly ok: false; readonly answer: Answer };

const jsonTypes = ["application/json", "application/vnd.microsoft.com.ucwa+json"];
const xmlTypes = ["application/xml", "application/vnd.microsoft.com.ucwa+xml"];

/** Reads a body as UCWA input, JSON or XML. An empty body is an empty input. Reference: PayloadFormat */
export function readInput(request: ServerRequest, breaches: BreachLog): Read {
  if (request.body.length === 0) return { ok: true, input: new Map() };
  const type = mediaType(request.headers.get("content-type"));
  const body = new TextDecoder().decode(request.body);
  if (!jsonTypes.includes(type) && !xmlTypes.includes(type)) {
    breaches.record("contentType", request);
    return {
      ok: false,
      answer: problem(415, "UnsupportedMediaType", "The media type of the body is not supported."),
    };
  }
  const properties = jsonTypes.includes(type) ? fromJson(body) : fromXml(body);
  if (properties === null) {
    breaches.record("invalidInput", request);
    return { ok: false, answer: problem(400, "DeserializationFailure", "The body could not be read.") };
  }
  return { ok: true, input: new Map(properties.map(([name, value]) => [name.toLowerCase(), value])) };
}

function fromJson(body: string): [string, unknown][] | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : null;
  } catch {
    return null;
  }
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  isArray: (name) => ["property", "propertyList", "item"].includes(name),
});

const xmlInput = z.object({
  input: z.union([
    z.literal(""),
    z.object({
      property: z.array(z.object({ "@name": z.string(), "#text": z.string().default("") })).default([]),
      propertyList: z
        .array(z.object({ "@name": z.string(), item: z.array(z.string()).default([]) }))
        .default([]),
    }),
  ]),
});

function fromXml(body: string): [string, unknown][] | null {
  try {
    const { input } = xmlInput.parse(parser.parse(body, true));
    if (input === "") return [];
    return [
      ...input.property.map((one): [string, unknown] => [one["@name"], one["#text"]]),
      ...input.propertyList.map((one): [string, unknown] => [one["@name"], one.item]),
    ];
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
