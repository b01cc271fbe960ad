import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import type { ServerCertificate } from "./certificates.ts";

/** One port that listens. */
export interface Port {
  readonly origin: string;
  /** Ends a connection by a reset (TCP RST): what a client sees when a machine or a proxy has gone. */
  readonly reset: (socket: Socket) => void;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** Starts to listen. Rejects with the system's error when the port cannot be had. */
export async function openPort(
  host: string,
  number: number,
  certificate: Pick<ServerCertificate, "key" | "chain"> | null,
  serve: (port: Port, ...request: Parameters<RequestListener>) => void,
): Promise<Port> {
  const http: Server = certificate
    ? createTlsServer({ key: certificate.key, cert: certificate.chain })
    : createServer();
  // A TLS socket cannot be reset; the TCP socket under it can.
  const beneath = new Map<string, Socket>();
  if (certificate)
    http.on("connection", (socket) => {
      const key = peerOf(socket);
      beneath.set(key, socket);
      socket.once("close", () => beneath.delete(key));
    });
  // A parked event request may wait for half an hour; the core decides how long.
  http.requestTimeout = 0;
  http.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    // The backlog of a morning when everybody signs in at once.
    http.listen({ port: number, host, backlog: 1024 }, resolve);
  });
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const name = host.includes(":") ? `[${host}]` : host;
  const port: Port = {
    origin: `${certificate ? "https" : "http"}://${name}:${address.port}`,
    reset: (socket) => (beneath.get(peerOf(socket)) ?? socket).resetAndDestroy(),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  http.on("request", (incoming: IncomingMessage, outgoing) => serve(port, incoming, outgoing));
  return port;
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress ?? ""} ${remotePort ?? 0}`;
}
