import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse as NodeResponse } from "node:http";
import { UcwaServer } from "./core.ts";
import type { UcwaServerOptions } from "./core.ts";
import type { ServerRequest, ServerResponse } from "./message.ts";

/** Where a server listens. Ports of 0 are any that is free. */
export interface ListenOptions extends Omit<UcwaServerOptions, "origins"> {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Of the discovery origin; default 0. */
  readonly port?: number;
  /** Of the applications origin; default the one after `port`, or any with 0. `"same"`: all on one origin. */
  readonly applicationsPort?: number | "same";
}

/** A server that listens. */
export interface Listening {
  readonly server: UcwaServer;
  /** Origins, without a slash at the end. */
  readonly discovery: string;
  readonly applications: string;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

const largestBody = 1024 * 1024;

/** Starts a server on one or two ports. Rejects with the system's error when a port cannot be had. */
export async function listen(options: ListenOptions = {}): Promise<Listening> {
  const { host = "127.0.0.1", port = 0, applicationsPort = port === 0 ? 0 : port + 1, ...core } = options;
  let server: UcwaServer | null = null;
  const open = async (onPort: number): Promise<{ http: Server; origin: string }> => {
    const http = createServer((request, response) => {
      if (server) void exchange(server, origin, request, response);
      else response.destroy();
    });
    // A parked event request may wait for half an hour; the core decides how long.
    http.requestTimeout = 0;
    http.keepAliveTimeout = 65_000;
    await new Promise<void>((resolve, reject) => {
      http.once("error", reject);
      http.listen(onPort, host, resolve);
    });
    const name = host.includes(":") ? `[${host}]` : host;
    const address = http.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    const origin = `http://${name}:${address.port}`;
    return { http, origin };
  };
  const first = await open(port);
  const second =
    applicationsPort === "same"
      ? null
      : await open(applicationsPort).catch(async (error: unknown) => {
          await close(first.http);
          throw error;
        });
  const origins = { discovery: first.origin, applications: second?.origin ?? first.origin };
  server = new UcwaServer({ ...core, origins });
  return {
    server,
    ...origins,
    close: async () => {
      await Promise.all([close(first.http), second && close(second.http)]);
    },
  };
}

function close(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}

async function exchange(
  server: UcwaServer,
  origin: string,
  incoming: IncomingMessage,
  outgoing: NodeResponse,
): Promise<void> {
  try {
    const body = await bodyOf(incoming);
    if (body === null) {
      outgoing.writeHead(413).end();
      return;
    }
    const gone = new AbortController();
    outgoing.once("close", () => {
      if (!outgoing.writableFinished) gone.abort();
    });
    const request: ServerRequest = {
      method: incoming.method ?? "GET",
      // Only the path is taken from the request: which origin was asked is what the socket says.
      url: origin + pathOf(incoming.url ?? "/"),
      headers: headersOf(incoming),
      body,
      signal: gone.signal,
    };
    const response = await server.handle(request);
    send(outgoing, response, incoming.method === "HEAD");
  } catch (error) {
    // A fault of this server; the request's content stays out of the log.
    console.error("The server failed:", error);
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  }
}

function send(outgoing: NodeResponse, response: ServerResponse, headOnly: boolean): void {
  const body = typeof response.body === "string" ? Buffer.from(response.body) : response.body;
  if (outgoing.destroyed) return;
  if (response.cut === "beforeHeaders") {
    outgoing.destroy();
    return;
  }
  const headers = response.headers.flat();
  if (response.status !== 204) headers.push("Content-Length", String(body.length));
  outgoing.writeHead(response.status, headers);
  if (response.cut === "midBody")
    outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
  else outgoing.end(headOnly ? undefined : body);
}

function pathOf(target: string): string {
  if (target.startsWith("/")) return target;
  return URL.canParse(target) ? new URL(target).pathname + new URL(target).search : "/";
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2)
    headers.append(incoming.rawHeaders[index] ?? "", incoming.rawHeaders[index + 1] ?? "");
  return headers;
}

async function bodyOf(incoming: IncomingMessage): Promise<Uint8Array | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > largestBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
