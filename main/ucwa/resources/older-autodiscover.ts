import { asList, isRecord } from "./read-resource.ts";

/** What a link is called in the format that came before UCWA, and what it is called today. Reference: RootURL. */
const RELS: ReadonlyMap<string, string> = new Map([
  ["redirect", "redirect"],
  ["user", "user"],
  ["ucwa", "applications"],
]);

/**
 * The links of an older document, in the shape of today's; those of other services are left out. `links` are objects
 * with `token` and `href`, of JSON or of XML.
 */
export function olderLinks(links: readonly unknown[]): Record<string, unknown> {
  const found = new Map<string, { href: unknown }[]>();
  for (const link of links) {
    if (!isRecord(link) || typeof link["token"] !== "string" || typeof link["href"] !== "string") continue;
    const rel = RELS.get(link["token"].toLowerCase());
    if (rel !== undefined) found.set(rel, [...(found.get(rel) ?? []), { href: link["href"] }]);
  }
  return { _links: Object.fromEntries(found) };
}

/** A JSON document of the older format in today's shape; null for any other: `{"Root":{"Links":[…]}}`, or `User`. */
export function olderDocument(document: Record<string, unknown>): Record<string, unknown> | null {
  if ("_links" in document) return null;
  const part = document["Root"] ?? document["User"];
  return isRecord(part) && "Links" in part ? olderLinks(asList(part["Links"])) : null;
}
