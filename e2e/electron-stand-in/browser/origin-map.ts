/**
 * Chromium under DevTools cannot be given a scheme of one's own, so `app://doorbell/x` is shown to it as
 * `https://doorbell.invalid/x`, which no name server can ever answer, and the program is told `app://` again.
 */
const schemes = new Map<string, string>();
const SUFFIX = ".invalid";

/** The address under which Chromium loads `url`; http, https, about and data stay as they are. */
export function toChromium(url: string): string {
  const { protocol, hostname, pathname, search, hash } = new URL(url);
  if (["http:", "https:", "about:", "data:", "blob:"].includes(protocol)) return url;
  const scheme = schemes.get(hostname);
  if (scheme !== undefined && scheme !== protocol)
    throw new Error(`The Electron stand-in cannot serve the host ${hostname} in two schemes.`);
  schemes.set(hostname, protocol);
  return `https://${hostname}${SUFFIX}${pathname}${search}${hash}`;
}

/** The address as the program knows it. */
export function toProgram(url: string): string {
  if (!url.startsWith("https://") || !URL.canParse(url)) return url;
  const { hostname, pathname, search, hash } = new URL(url);
  const scheme = hostname.endsWith(SUFFIX) ? schemes.get(hostname.slice(0, -SUFFIX.length)) : undefined;
  return scheme === undefined
    ? url
    : `${scheme}//${hostname.slice(0, -SUFFIX.length)}${pathname}${search}${hash}`;
}

/** The origin of an address as the program knows it: scheme and host of a standard scheme. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return "null";
  const { protocol, host, origin } = new URL(url);
  return origin === "null" && host !== "" ? `${protocol}//${host}` : origin;
}
