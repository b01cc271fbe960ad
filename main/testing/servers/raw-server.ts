import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** One request as it came over the wire. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly head: string;
  readonly body: string;
  /** Counts the connections of the server, from 1. */
  readonly connection: number;
  /** Counts the requests of that connection, from 1. */
  readonly turn: number;
  readonly socket: Socket;
}

export interface RawServer {
  readonly base: string;
  /** Everything that has arrived, in order. */
  readonly arrivals: readonly Arrival[];
}

/**
 * An HTTP server that writes what it is told, byte by byte, so that it can answer as no decent server would. `respond`
 * is called once for each whole request. It is gone, with its connections, when `use` has ended.
 */
export async function withRawServer(
  respond: (arrival: Arrival) => void,
  use: (server: RawServer) => Promise<void>,
): Promise<void> {
  const arrivals: Arrival[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    const connection = ++connections;
    let turn = 0;
    let text = "";
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      text += chunk;
      for (;;) {
        const request = /^(\S+) (\S+) [^]*?\r\n\r\n/.exec(text);
        if (!request) return;
        const [head, method = "", path = ""] = request;
        const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
        if (text.length < head.length + length) return;
        const body = text.slice(head.length, head.length + length);
        text = text.slice(head.length + length);
        const arrival = { method, path, head, body, connection, turn: ++turn, socket };
        arrivals.push(arrival);
        respond(arrival);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  try {
    await use({ base: `http://127.0.0.1:${address.port}`, arrivals });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  }
}

/** Writes these bytes, one for each letter, and keeps the connection. */
export function write({ socket }: Arrival, text: string): void {
  socket.write(Buffer.from(text, "latin1"));
}

/** Writes these bytes, one for each letter, and closes the connection. */
export function writeAndClose({ socket }: Arrival, text: string): void {
  socket.end(Buffer.from(text, "latin1"));
}
