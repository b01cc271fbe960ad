import type { CertificateKind } from "./certificate-kinds.ts";
import type { ServerCertificate } from "./certificates.ts";
import type { Entrance } from "../context.ts";
import { UcwaServer } from "../ucwa-server.ts";
import type { UcwaServerOptions } from "../ucwa-server.ts";
import { rootPath } from "../discovery/discovery-endpoints.ts";
import { openPort } from "./port.ts";
import type { Port } from "./port.ts";
import { exchange } from "./socket-exchange.ts";

/** Where a server listens. Ports of 0 are any that is free. */
export interface ListenOptions extends Omit<UcwaServerOptions, "origins" | "fingerprint"> {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Of the discovery origin; default 0. */
  readonly port?: number;
  /** Of the applications origin; default the one after `port`, or any with 0. `"same"`: all on one origin. */
  readonly applicationsPort?: number | "same";
  /** HTTPS, with a certificate made for this run. Default false. */
  readonly tls?: boolean | TlsOptions;
  /**
   * One more port, any that is free, where clients may begin discovery: over plain HTTP, also when all else is HTTPS.
   * Reference: RootURL
   */
  readonly entrance?: Entrance["answers"];
  /**
   * A second pool, on two free ports: a server of its own with tokens of its own, where the first sends its signed-in
   * users. Its clock follows the first one's.
   */
  readonly secondPool?: boolean;
}

/** What is to be the matter with the certificate, and for which names it is beside this machine's own. */
export interface TlsOptions {
  readonly kind?: CertificateKind;
  readonly names?: readonly string[];
}

/** A server that listens. */
export interface Listening {
  readonly server: UcwaServer;
  /** Origins, without a slash at the end. */
  readonly discovery: string;
  readonly applications: string;
  /** The origin where discovery may begin too; `null` without one. */
  readonly entrance: string | null;
  /** What a client has to trust (PEM), and what it is shown; `null` without TLS. */
  readonly certificate: Pick<ServerCertificate, "authority" | "fingerprint"> | null;
  readonly secondPool: Listening | null;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** Starts a server. Rejects with the system's error when a port cannot be had; then none is left open. */
export async function listen(options: ListenOptions = {}): Promise<Listening> {
  const { tls = false, secondPool = false, host = "127.0.0.1", ...rest } = options;
  const certificate = tls === false ? null : await certificateFor(host, tls === true ? {} : tls);
  if (!secondPool) return openPool({ ...rest, host }, certificate);
  const tokenStore = options.tokenStore ?? new Map();
  const first = await openPool({ ...rest, host, tokenStore }, certificate);
  try {
    const { port: _port, applicationsPort: _applicationsPort, entrance: _entrance, ...alike } = rest;
    const second = await openPool({ ...alike, host, tokenStore, clock: first.server.clock }, certificate);
    first.server.control.setSwitches({ userRedirect: second.discovery + rootPath });
    return {
      ...first,
      secondPool: second,
      close: async () => void (await Promise.all([first.close(), second.close()])),
    };
  } catch (error) {
    await first.close();
    throw error;
  }
}

async function openPool(
  options: Omit<ListenOptions, "tls" | "secondPool"> & { readonly host: string },
  certificate: ServerCertificate | null,
): Promise<Listening> {
  const { host, port = 0, applicationsPort = port === 0 ? 0 : port + 1, entrance, ...core } = options;
  let server: UcwaServer | null = null;
  const ports: Port[] = [];
  const close = async (): Promise<void> => void (await Promise.all(ports.map((one) => one.close())));
  const open = async (number: number, secure: ServerCertificate | null): Promise<string> => {
    const opened = await openPort(host, number, secure, (self, incoming, outgoing) => {
      if (server) void exchange(server, self.origin, incoming, outgoing, self.reset);
      else outgoing.destroy();
    });
    ports.push(opened);
    return opened.origin;
  };
  try {
    const discovery = await open(port, certificate);
    const applications = applicationsPort === "same" ? discovery : await open(applicationsPort, certificate);
    const door = entrance === undefined ? null : await open(0, null);
    const entrances: Entrance[] =
      door === null || entrance === undefined ? [] : [{ origin: door, answers: entrance }];
    server = new UcwaServer({
      ...core,
      origins: { discovery, applications, entrances },
      ...(certificate && { fingerprint: certificate.fingerprint }),
    });
    return { server, discovery, applications, entrance: door, certificate, secondPool: null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Loaded only when it is needed: most servers are without TLS and start the sooner. */
async function certificateFor(
  host: string,
  { kind = "good", names = [] }: TlsOptions,
): Promise<ServerCertificate> {
  const { makeCertificate } = await import("./certificates.ts");
  return makeCertificate(kind, [...new Set([...names, host, "localhost", "127.0.0.1", "::1"])]);
}
