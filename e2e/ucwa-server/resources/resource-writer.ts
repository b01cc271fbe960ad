import type { Answer } from "../http/endpoint.ts";
import { mediaType } from "../http/message.ts";
import type { HeaderPairs, ServerResponse } from "../http/message.ts";
import { packageToJson, reasonToJson, resourceToJson } from "./resource-json.ts";
import { packageToXml, reasonToXml, resourceToXml } from "./resource-xml.ts";
import { hrefsOf, hrefsOfPackage } from "./served-resource.ts";
import type { Spelling } from "./spelling.ts";

const xmlTypes = ["application/xml", "application/vnd.microsoft.com.ucwa+xml"];
const jsonTypes = ["application/json", "application/vnd.microsoft.com.ucwa+json", "application/*", "*/*"];

const common: HeaderPairs = [
  ["X-MS-Server-Fqdn", "ucwa.doorbell.example"],
  ["X-MS-UcwaVersion", "2.0"],
  ["X-Content-Type-Options", "nosniff"],
];

/** Whether an Accept header asks for XML before it asks for JSON. */
export function wantsXml(accept: string | null): boolean {
  for (const part of (accept ?? "").split(",")) {
    const type = mediaType(part);
    if (xmlTypes.includes(type)) return true;
    if (jsonTypes.includes(type)) return false;
  }
  return false;
}

/** Writes an answer in the media type that was asked for; `issue` learns of every href that it hands out. */
export function write(
  answer: Answer,
  accept: string | null,
  spelling: Spelling,
  issue: (href: string) => void,
): ServerResponse {
  const xml = wantsXml(accept);
  const type = `${xml ? "application/xml" : "application/json"}; charset=utf-8`;
  switch (answer.kind) {
    case "response":
      return { ...answer.response, headers: [...answer.response.headers, ...common] };
    case "empty":
      for (const [name, value] of answer.headers ?? []) if (name === "Location") issue(value);
      return { status: answer.status, headers: [...common, ...(answer.headers ?? [])], body: "" };
    case "problem":
      return {
        status: answer.status,
        headers: [["Content-Type", type], ...common, ...(answer.headers ?? [])],
        body: xml ? reasonToXml(answer.reason) : reasonToJson(answer.reason),
      };
    case "resource": {
      const { resource } = answer;
      for (const href of hrefsOf(resource)) issue(href);
      return {
        status: answer.status,
        headers: [
          ["Content-Type", type],
          ["Cache-Control", "no-cache"],
          ...common,
          ...(answer.headers ?? []),
        ],
        body: xml ? resourceToXml(resource, spelling) : resourceToJson(resource, spelling),
      };
    }
    case "events": {
      const { content } = answer;
      for (const href of hrefsOfPackage(content)) issue(href);
      return {
        status: 200,
        headers: [["Content-Type", type], ["Cache-Control", "no-cache"], ...common],
        body: xml ? packageToXml(content, spelling) : packageToJson(content, spelling),
      };
    }
  }
}
