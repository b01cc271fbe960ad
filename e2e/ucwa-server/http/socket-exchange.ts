import type { IncomingMessage, ServerResponse as NodeResponse } from "node:http";
import type { Socket } from "node:net";
import type { UcwaServer } from "../ucwa-server.ts";
import type { ServerRequest, ServerResponse } from "./message.ts";

const largestBody = 1024 * 1024;

/** One request over a socket: reads it, has it answered, and sends the answer as it is meant to leave. */
export async function exchange(
  server: UcwaServer,
  origin: string,
  incoming: IncomingMessage,
  outgoing: NodeResponse,
  reset: (socket: Socket) => void,
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
      connection: incoming.socket,
    };
    const response = await server.handle(request);
    await send(incoming, outgoing, response, reset);
  } catch (error) {
    // The client closed its side while it was still sending: nobody is left to answer.
    if (incoming.destroyed && !incoming.complete) return;
    // A fault of this server; the request's content stays out of the log.
    console.error("The server failed:", error);
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  }
}

async function send(
  incoming: IncomingMessage,
  outgoing: NodeResponse,
  response: ServerResponse,
  reset: (socket: Socket) => void,
): Promise<void> {
  const { socket } = incoming;
  const die = (): void => {
    if (response.reset === true) reset(socket);
    else socket.destroy();
  };
  if (outgoing.destroyed) return;
  if (response.cut === "beforeHeaders") return die();
  const body = typeof response.body === "string" ? Buffer.from(response.body) : response.body;
  const headers = response.headers.flat();
  if (response.status !== 204) headers.push("Content-Length", String(body.length));
  outgoing.writeHead(response.status, headers);
  if (incoming.method === "HEAD") return void outgoing.end();
  if (!response.parts && response.cut !== "midBody") return void outgoing.end(body);
  outgoing.flushHeaders();
  let sent = 0;
  for await (const part of response.parts ?? [body.subarray(0, Math.floor(body.length / 2))]) {
    if (outgoing.destroyed) return;
    sent += part.length;
    await new Promise<void>((resolve) => outgoing.write(part, () => resolve()));
  }
  if (sent < body.length) die();
  else outgoing.end();
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
