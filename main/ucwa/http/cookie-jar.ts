import { originOf } from "./urls.ts";

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** Epoch milliseconds; infinite for one that lives as long as the session. */
  readonly until: number;
}

/** Of one origin; more than any balancer of loads sets. The oldest go. */
const MOST_COOKIES = 20;
/** Of name and value together, in UTF-16 code units. Reference: RFC 6265, 6.1. */
const LONGEST_COOKIE = 4_096;

/**
 * The cookies that servers set, each for its own origin and path, in memory. A pool of servers behind a balancer of loads
 * keeps a client on the server that has its application by one of these. Nothing is shared between hosts, whatever
 * `Domain` says. Reference: RFC 6265.
 */
export class CookieJar {
  readonly #byOrigin = new Map<string, Map<string, Cookie>>();

  /** The `Cookie` header for a URL; null where there is none to send. `now` in epoch milliseconds. */
  headerFor(url: string, now: number): string | null {
    const cookies = this.#byOrigin.get(originOf(url));
    if (!cookies) return null;
    const pathname = pathOf(url);
    const sent = [...cookies.values()].filter(({ path, until }) => until > now && isWithin(pathname, path));
    if (sent.length === 0) return null;
    return sent
      .toSorted((one, other) => other.path.length - one.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  /** Keeps what an answer sets, and drops what it takes back. */
  keep(url: string, headers: Headers, now: number): void {
    for (const line of headers.getSetCookie()) {
      const cookie = readCookie(line, url, now);
      if (!cookie) continue;
      const origin = originOf(url);
      const cookies = this.#byOrigin.get(origin) ?? new Map<string, Cookie>();
      this.#byOrigin.set(origin, cookies);
      const key = `${cookie.name} ${cookie.path}`;
      cookies.delete(key);
      if (cookie.until > now) cookies.set(key, cookie);
      const [oldest] = cookies.keys();
      if (cookies.size > MOST_COOKIES && oldest !== undefined) cookies.delete(oldest);
    }
  }

  clear(): void {
    this.#byOrigin.clear();
  }
}

/** Null for what is no cookie, or one that must not travel to this URL. */
function readCookie(line: string, url: string, now: number): Cookie | null {
  const [pair = "", ...attributes] = line.split(";");
  const cut = pair.indexOf("=");
  const [name, value] = [pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()];
  if (cut < 0 || name === "" || pair.length > LONGEST_COOKIE || /[^\x20-\x7e]/.test(pair)) return null;
  const said = new Map(
    attributes.map((attribute) => {
      const [key = "", ...rest] = attribute.split("=");
      return [key.trim().toLowerCase(), rest.join("=").trim()] as const;
    }),
  );
  if (said.has("secure") && !url.startsWith("https:")) return null;
  const path = said.get("path") ?? "";
  return { name, value, path: path.startsWith("/") ? path : defaultPath(url), until: endOf(said, now) };
}

/** `Max-Age` goes before `Expires`. Reference: RFC 6265, 5.3. */
function endOf(said: ReadonlyMap<string, string>, now: number): number {
  const seconds = said.get("max-age");
  if (seconds !== undefined && /^-?\d{1,12}$/.test(seconds)) return now + Number(seconds) * 1_000;
  const expires = Date.parse(said.get("expires") ?? "");
  return Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires;
}

/** Up to the last slash. Reference: RFC 6265, 5.1.4. */
function defaultPath(url: string): string {
  const pathname = pathOf(url);
  return pathname.slice(0, pathname.lastIndexOf("/")) || "/";
}

/** Of an absolute, normalised URL: without a parser, since every request for events passes here. */
function pathOf(url: string): string {
  return url.slice(originOf(url).length).split("?", 1)[0] || "/";
}

function isWithin(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
}
