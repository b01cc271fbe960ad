import type { Socket } from "node:net";

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly authorized: boolean;
}

/**
 * As little of an HTTP/1.1 server as answers well-formed requests with a `Content-Length` or no body: what it costs
 * is in client and floor alike, so it should be next to nothing. `handle` is called once for each whole request.
 */
export function serveRaw(socket: Socket, handle: (request: RawRequest) => void): void {
  let pending = "";
  socket.setNoDelay(true);
  // The other side goes away when it has what it came for.
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    pending += chunk.toString("latin1");
    for (;;) {
      const end = pending.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = pending.slice(0, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (pending.length < end + 4 + length) return;
      pending = pending.slice(end + 4 + length);
      const [method = "", path = ""] = head.split(" ", 2);
      handle({ method, path, authorized: /\r\nauthorization: *bearer /i.test(head) });
    }
  });
}

export function answer(
  socket: Socket,
  status: number,
  body: Buffer | string = "",
  headers: Readonly<Record<string, string | number>> = {},
): void {
  const lines = Object.entries({
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-cache",
    "X-MS-Server-Fqdn": "pool.bench.example",
    ...headers,
    ...(status === 204 ? {} : { "Content-Length": Buffer.byteLength(body) }),
  });
  socket.cork();
  socket.write(
    `HTTP/1.1 ${status} -\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
    "latin1",
  );
  if (status !== 204) socket.write(body);
  socket.uncork();
}
