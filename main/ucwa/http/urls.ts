/** URLs as the wire gives them. Hrefs are never taken apart or built, only resolved. Reference: Hypermedia, WebLinks. */

/** In UTF-16 code units; those of the reference have some two hundred. */
const LONGEST_HREF = 8_192;

/**
 * An absolute path, with or without a query, that a URL parser leaves as it is: no dot segments, nothing to encode. The
 * hrefs of a server are like this, and a package has dozens.
 */
const PLAIN_PATH = /^(?!\/\/)(?:\/(?!\.{1,2}(?:[/?]|$))[\w.~!$&()*+,;=:@-]*)+(?:\?[\w.~!$&()*+,;=:@/?-]*)?$/;

/**
 * Absolute and normalised (default port dropped, host in lower case, no fragment); null when it is no http(s) URL, or
 * longer than any server takes.
 */
export function resolveHref(href: string, base: string): string | null {
  if (href.length > LONGEST_HREF) return null;
  if (isPlainPath(href, base)) return originOf(base) + href;
  const url = URL.parse(href, base);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  // A user name in a URL is never a server's business, and fetch refuses it. Setters are dear, so only where needed.
  if (url.username !== "") url.username = "";
  if (url.password !== "") url.password = "";
  if (href.includes("#")) url.hash = "";
  return url.href;
}

/** Whether it needs nothing but the origin of `base` before it. */
export function isPlainPath(href: string, base: string): boolean {
  return href.length <= LONGEST_HREF && /^https?:/.test(base) && PLAIN_PATH.test(href);
}

/** Scheme, host and port. */
export function originOf(url: string): string {
  if (!isOfOrigin(url, lastOrigin)) lastOrigin = new URL(url).origin;
  return lastOrigin;
}

/** Nearly all URLs of a session have one and the same. */
let lastOrigin = "-";

/** Whether an absolute, normalised URL is of this origin. */
export function isOfOrigin(url: string, origin: string): boolean {
  return url.startsWith(origin) && url[origin.length] === "/";
}

export function hostOf(url: string): string {
  return new URL(url).hostname;
}

/**
 * A host name as the network knows it: in lower case, an international one in its ASCII form, without the dot that may
 * end it; as given where it is no host name.
 */
export function hostName(name: string): string {
  return (URL.parse(`https://${name}/`)?.hostname ?? name.toLowerCase()).replace(/\.$/, "");
}

/**
 * Sets query parameters in the place of those of the same names, without touching what the server gave otherwise: an URL
 * parser would encode its values anew. Reference: QueryParameters.
 */
export function withParameters(url: string, parameters: Readonly<Record<string, number | string>>): string {
  const added = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const start = url.indexOf("?");
  if (start < 0) return `${url}?${added}`;
  const given = url.slice(start + 1).split("&");
  const kept = given.filter((pair) => pair !== "" && !Object.hasOwn(parameters, pair.split("=", 1)[0] ?? ""));
  return `${url.slice(0, start)}?${[...kept, added].join("&")}`;
}
