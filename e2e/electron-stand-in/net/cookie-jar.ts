import type { BrowserContext } from "../browser/browser-context.ts";
import type { Protocol as Cdp } from "../browser/devtools-protocol.ts";
import { chromium } from "../browser/shared-chromium.ts";

type StoredCookie = Cdp.Network.Cookie;
type NewCookie = Cdp.Network.CookieParam;

/** The cookies of one session: those of its pages, because they lie in the same context of Chromium. */
export class CookieJar {
  readonly #context: BrowserContext;

  constructor(context: BrowserContext) {
    this.#context = context;
  }

  async all(): Promise<readonly StoredCookie[]> {
    const { browser, own } = await this.#open();
    return (await browser.send("Storage.getCookies", own)).cookies;
  }

  /** What goes into the header of a request that no page makes; null when that is nothing. */
  async headerFor(url: URL): Promise<string | null> {
    const matching = (await this.all()).filter((cookie) => belongsTo(cookie, url));
    // RFC 6265, 5.4: longer paths first.
    const ordered = matching.toSorted((a, b) => b.path.length - a.path.length);
    return ordered.length === 0 ? null : ordered.map(({ name, value }) => `${name}=${value}`).join("; ");
  }

  async store(url: URL, headers: readonly string[]): Promise<void> {
    const cookies = headers.flatMap((header) => cookieOf(header, url) ?? []);
    if (cookies.length === 0) return;
    const { browser, own } = await this.#open();
    await browser.send("Storage.setCookies", { cookies, ...own });
  }

  async clear(): Promise<void> {
    const { browser, own } = await this.#open();
    await browser.send("Storage.clearCookies", own);
  }

  async #open() {
    const id = await this.#context.id();
    const { cdp } = await chromium();
    return { browser: cdp.browser, own: id === undefined ? {} : { browserContextId: id } };
  }
}

/** RFC 6265, 5.1.3 and 5.1.4. Chromium writes the domain of a cookie for subdomains with a dot before it. */
function belongsTo({ domain, path, secure }: StoredCookie, { hostname, pathname, protocol }: URL): boolean {
  const isHost = domain.startsWith(".")
    ? hostname === domain.slice(1) || hostname.endsWith(domain)
    : hostname === domain;
  const isPath = pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
  return isHost && isPath && (!secure || protocol === "https:");
}

/** RFC 6265, 5.2. Whether the host may set it at all, Chromium decides. Null when it is no cookie. */
function cookieOf(header: string, url: URL): NewCookie | null {
  const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
  const at = pair.indexOf("=");
  if (at <= 0) return null;
  const given = new Map(
    attributes.map((attribute) => {
      const [name = "", ...value] = attribute.split("=");
      return [name.toLowerCase(), value.join("=")] as const;
    }),
  );
  const seconds = given.has("max-age")
    ? Date.now() / 1000 + Number(given.get("max-age"))
    : Date.parse(given.get("expires") ?? "") / 1000;
  const domain = given.get("domain")?.replace(/^\./, "");
  const path = given.get("path");
  const sameSite = (["Strict", "Lax", "None"] as const).find(
    (one) => one.toLowerCase() === given.get("samesite")?.toLowerCase(),
  );
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    url: url.href,
    path: path?.startsWith("/") ? path : url.pathname.replace(/\/[^/]*$/, "") || "/",
    ...(domain ? { domain: `.${domain}` } : {}),
    ...(Number.isFinite(seconds) ? { expires: seconds } : {}),
    ...(sameSite === undefined ? {} : { sameSite }),
    secure: given.has("secure"),
    httpOnly: given.has("httponly"),
  };
}
