/** URLs as the wire gives them. Hrefs are never taken apart or built, only resolved. Reference: Hypermedia, WebLinks. */

import { isLoopbackHost } from "../loopback.ts";

/** Absolute and normalised (default port dropped, host in lower case, no fragment); null when it is no http(s) URL. */
export function resolveHref(href: string, base: string): string | null {
  if (!URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  // A user name in a URL is never a server's business, and fetch refuses it.
  url.username = "";
  url.password = "";
  url.hash = "";
  return url.href;
}

/** Scheme, host and port. */
export function originOf(url: string): string {
  return new URL(url).origin;
}

export function hostOf(url: string): string {
  return new URL(url).hostname;
}

export function isLoopback(url: string): boolean {
  return isLoopbackHost(hostOf(url));
}

/** Whether a credential may travel there at all: https, or this very machine. */
export function isPrivate(url: string): boolean {
  return url.startsWith("https:") || isLoopback(url);
}

/**
 * Adds query parameters without touching what the server gave: an URL parser would encode its values anew.
 * Reference: QueryParameters.
 */
export function withParameters(url: string, parameters: Readonly<Record<string, number>>): string {
  const added = Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  if (added === "") return url;
  if (!url.includes("?")) return `${url}?${added}`;
  return /[?&]$/.test(url) ? url + added : `${url}&${added}`;
}
