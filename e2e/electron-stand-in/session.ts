import { app } from "./app.ts";
import { BrowserContext } from "./browser/browser-context.ts";
import { ConnectionPool } from "./net/connection-pool.ts";
import { CookieJar } from "./net/cookie-jar.ts";
import { fetchWith } from "./net/net-fetch.ts";
import { Protocol } from "./protocol.ts";
import { NotInStandIn, preventable, StandInEmitter, strictClass, strictObject } from "./strict.ts";
import { WebRequest } from "./web-request.ts";

type Implemented =
  | "cookies"
  | "protocol"
  | "webRequest"
  | "setPermissionRequestHandler"
  | "setPermissionCheckHandler"
  | "setDevicePermissionHandler"
  | "setDisplayMediaRequestHandler"
  | "allowNTLMCredentialsForDomains"
  | "closeAllConnections"
  | "clearStorageData"
  | "clearCache"
  | "clearAuthCache"
  | "clearHostResolverCache"
  | "setSpellCheckerEnabled"
  | "getUserAgent"
  | "setUserAgent"
  | "isPersistent"
  | "getStoragePath"
  | "fetch";

/**
 * One session, with its own cookies and nothing of it on the disk. Every permission that a page asks for is denied by
 * Chromium itself; the handlers are kept, not asked, and a page of the web is not shown before they are there.
 */
export class Session extends StandInEmitter implements Pick<Electron.Session, Implemented> {
  readonly #protocol = new Protocol();
  readonly #webRequest = new WebRequest();
  #userAgent = app.userAgentFallback;
  readonly protocol = this.#protocol as unknown as Electron.Protocol;
  readonly webRequest = this.#webRequest as unknown as Electron.WebRequest;
  readonly #isDefault: boolean;
  /** For the stand-in. */
  readonly context: BrowserContext;
  /** For the stand-in. */
  readonly cookieJar: CookieJar;
  readonly cookies: Electron.Cookies;
  /** For the stand-in. */
  readonly connections = new ConnectionPool();
  /** For the stand-in: what the program set, for the driver to look at. */
  readonly recorded: { ntlmDomains: string | null; permissionHandlers: number } = {
    ntlmDomains: null,
    permissionHandlers: 0,
  };

  constructor(isDefault: boolean) {
    super(["will-download"], ["preconnect", "select-hid-device", "select-serial-port", "select-usb-device"]);
    this.#isDefault = isDefault;
    this.context = new BrowserContext(isDefault, (url, name) => this.#download(url, name));
    this.cookieJar = new CookieJar(this.context);
    this.cookies = cookiesOf(this.cookieJar) as unknown as Electron.Cookies;
  }

  /** For the stand-in. */
  get handlers(): Protocol {
    return this.#protocol;
  }

  /** For the stand-in. */
  get requestRules(): WebRequest {
    return this.#webRequest;
  }

  setPermissionRequestHandler(): void {
    this.recorded.permissionHandlers += 1;
  }

  setPermissionCheckHandler(): void {
    this.recorded.permissionHandlers += 1;
  }

  setDevicePermissionHandler(): void {
    this.recorded.permissionHandlers += 1;
  }

  setDisplayMediaRequestHandler(): void {
    this.recorded.permissionHandlers += 1;
  }

  allowNTLMCredentialsForDomains(domains: string): void {
    this.recorded.ntlmDomains = domains;
  }

  closeAllConnections(): Promise<void> {
    this.connections.close();
    return Promise.resolve();
  }

  async clearStorageData(options?: Electron.ClearStorageDataOptions): Promise<void> {
    if (options !== undefined) throw new NotInStandIn("session.clearStorageData of a part");
    // What pages keep beside cookies goes with their context, at the end of the run.
    await this.cookieJar.clear();
  }

  clearCache(): Promise<void> {
    return Promise.resolve();
  }

  clearAuthCache(): Promise<void> {
    return Promise.resolve();
  }

  clearHostResolverCache(): Promise<void> {
    return Promise.resolve();
  }

  setSpellCheckerEnabled(): void {}

  getUserAgent(): string {
    return this.#userAgent;
  }

  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
  }

  isPersistent(): boolean {
    return this.#isDefault;
  }

  getStoragePath(): string | null {
    return this.isPersistent() ? app.getPath("sessionData") : null;
  }

  fetch(input: string | GlobalRequest, init?: RequestInit): Promise<GlobalResponse> {
    return fetchWith(this, input, init);
  }

  #download(url: string, name: string): void {
    const item = strictObject("DownloadItem", { getURL: () => url, getFilename: () => name });
    const event = preventable({});
    this.emit("will-download", event, item, null);
    if (!event.defaultPrevented)
      console.error(new NotInStandIn("download", "a listener of will-download must prevent it").message);
  }
}

function cookiesOf(jar: CookieJar): Pick<Electron.Cookies, "get"> {
  return strictObject("Cookies", {
    get: async (filter: Electron.CookiesGetFilter) => {
      if (Object.keys(filter).length > 0) throw new NotInStandIn("cookies.get with a filter");
      const known = { Strict: "strict", Lax: "lax", None: "no_restriction" } as const;
      return (await jar.all()).map(
        ({ name, value, domain, path, secure, httpOnly, session: isOfSession, sameSite }) => ({
          name,
          value,
          domain,
          hostOnly: !domain.startsWith("."),
          path,
          secure,
          httpOnly,
          session: isOfSession,
          sameSite: sameSite === undefined ? ("unspecified" as const) : known[sameSite],
        }),
      );
    },
  });
}

let defaultSession: Session | null = null;
const partitions = new Map<string, Session>();

function whenReady(): void {
  if (!app.isReady()) throw new Error("Session can only be received when app is ready");
}

/** The session of windows and of `net` when none is named. */
export function getDefaultSession(): Session {
  whenReady();
  defaultSession ??= new Session(true);
  return defaultSession;
}

/** Electron's `session`: sessions are had, never made. */
export const session = strictObject("session", {
  get defaultSession(): Session {
    return getDefaultSession();
  },
  fromPartition(partition: string): Session {
    whenReady();
    if (partition === "") return getDefaultSession();
    if (partition.startsWith("persist:"))
      throw new NotInStandIn(`session.fromPartition("${partition}")`, "only sessions in memory are here");
    const known = partitions.get(partition) ?? new Session(false);
    partitions.set(partition, known);
    return known;
  },
});

strictClass(WebRequest);
export const isSession = (value: unknown): value is Session => value instanceof Session;
