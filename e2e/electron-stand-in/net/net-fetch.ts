import { Readable } from "node:stream";
import { ClientRequest, type RequestSession } from "./client-request.ts";
import type { IncomingMessage } from "./incoming-message.ts";

const NO_BODY = new Set([101, 204, 205, 304]);

/**
 * `net.fetch` and `session.fetch`, on the same request as in Electron: with manual redirects it rejects, and the 302 is never
 * to be seen.
 */
export async function fetchWith(
  session: RequestSession,
  input: string | GlobalRequest,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input, init);
  request.signal.throwIfAborted();
  const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
  const { method, url, cache, redirect } = request;
  const sent = new ClientRequest({ method, url, cache, redirect }, session);
  for (const [name, value] of request.headers) sent.setHeader(name, value);
  return await new Promise((resolve, reject) => {
    request.signal.addEventListener("abort", () => {
      reject(request.signal.reason as Error);
      sent.abort();
    });
    sent.on("error", reject);
    sent.on("response", (message: IncomingMessage) => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(message.headers))
        headers.set(name, Array.isArray(value) ? value.join(", ") : value);
      const empty = NO_BODY.has(message.statusCode) || request.method === "HEAD";
      if (empty) message.resume();
      resolve(
        new Response(empty ? null : (Readable.toWeb(message) as ReadableStream), {
          headers,
          status: message.statusCode,
          statusText: message.statusMessage,
        }),
      );
    });
    sent.end(body ?? undefined);
  });
}
