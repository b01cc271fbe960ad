import { app } from "./app.ts";
import { ConnectionPool } from "./net/connection-pool.ts";
import { fetchWith } from "./net/net-fetch.ts";
import { Protocol } from "./protocol.ts";
import { NotInStandIn, StandInEmitter, strictClass, strictObject } from "./strict.ts";
import { WebRequest } from "./web-request.ts";

type Implemented =
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
 * One session. Its cookies and cache are never on the disk and never sent: the program is to ask for neither. Every
 * permission that a page asks for is denied by Chromium itself; the handlers are kept, not asked.
 */
export class Session extends StandInEmitter implements Pick<Electron.Session, Implemented> {
  readonly #protocol = new Protocol();
  readonly #webRequest = new WebRequest();
  #userAgent = app.userAgentFallback;
  readonly protocol = this.#protocol as unknown as Electron.Protocol;
  readonly webRequest = this.#webRequest as unknown as Electron.WebRequest;
  /** For the stand-in. */
  readonly connections = new ConnectionPool();
  /** For the stand-in: what the program set, for the driver to look at. */
  readonly recorded: { ntlmDomains: string | null; permissionHandlers: number } = {
    ntlmDomains: null,
    permissionHandlers: 0,
  };

  constructor() {
    super(
      [],
      ["will-download", "preconnect", "select-hid-device", "select-serial-port", "select-usb-device"],
    );
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

  clearStorageData(): Promise<void> {
    return Promise.resolve();
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
    return this === defaultSession;
  }

  getStoragePath(): string | null {
    return this.isPersistent() ? app.getPath("sessionData") : null;
  }

  fetch(input: string | GlobalRequest, init?: RequestInit): Promise<GlobalResponse> {
    return fetchWith(this, input, init);
  }
}

let defaultSession: Session | null = null;
const partitions = new Map<string, Session>();

function whenReady(): void {
  if (!app.isReady()) throw new Error("Session can only be received when app is ready");
}

/** The session of windows and of `net` when none is named. */
export function getDefaultSession(): Session {
  whenReady();
  defaultSession ??= new Session();
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
    const known = partitions.get(partition) ?? new Session();
    partitions.set(partition, known);
    return known;
  },
});

strictClass(WebRequest);
export const isSession = (value: unknown): value is Session => value instanceof Session;
