import type { UcwaServer } from "../ucwa-server.ts";
import type { ServerResponse } from "./message.ts";

/** The part of `fetch` that a client of this server needs. */
export type MemoryFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` that reaches servers in the same process, without sockets; with several of them, by the origin that is
 * asked. Like the real one it adds `Accept` and `Content-Length`, rejects with a `TypeError` when a connection is cut
 * before the headers and breaks the body off when it is cut in the middle, and rejects with the signal's reason when it
 * is aborted. It follows no redirect and keeps no cookie. All its requests come on one connection.
 */
export function memoryFetch(...servers: readonly [UcwaServer, ...UcwaServer[]]): MemoryFetch {
  const connection = {};
  return async (url, init = {}) => {
    const aborted = init.signal ?? new AbortController().signal;
    aborted.throwIfAborted();
    const request = new Request(url, { ...init, signal: null, redirect: "manual" });
    const body = new Uint8Array(await request.arrayBuffer());
    const headers = new Headers(request.headers);
    if (!headers.has("accept")) headers.set("accept", "*/*");
    // A browser's `Request` may not name cookies; a client that keeps its own may.
    const cookie = new Headers(init.headers).get("cookie");
    if (cookie !== null) headers.set("cookie", cookie);
    if (body.length > 0 || ["POST", "PUT"].includes(request.method))
      headers.set("content-length", String(body.length));
    const gone = new AbortController();
    const { origin } = new URL(request.url);
    const server = servers.find((one) => one.answersAt(origin)) ?? servers[0];
    const response = await new Promise<ServerResponse>((resolve, reject) => {
      const abort = (): void => {
        gone.abort();
        reject(aborted.reason);
      };
      aborted.addEventListener("abort", abort, { once: true });
      server
        .handle({ method: request.method, url: request.url, headers, body, signal: gone.signal, connection })
        .then(resolve, reject)
        .finally(() => aborted.removeEventListener("abort", abort));
    });
    if (response.cut === "beforeHeaders") throw new TypeError("fetch failed");
    const answered = new Headers();
    for (const [name, value] of response.headers) answered.append(name, value);
    return new Response(bodyOf(response, aborted, gone), { status: response.status, headers: answered });
  };
}

function bodyOf(response: ServerResponse, aborted: AbortSignal, gone: AbortController): BodyInit | null {
  if ([204, 205, 304].includes(response.status)) return null;
  const bytes =
    typeof response.body === "string"
      ? new TextEncoder().encode(response.body)
      : new Uint8Array(response.body);
  if (response.parts) return streamOf(response.parts, bytes.length, aborted, gone);
  if (response.cut !== "midBody") return bytes;
  return streamOf([bytes.subarray(0, Math.floor(bytes.length / 2))], bytes.length, aborted, gone);
}

function streamOf(
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  length: number,
  aborted: AbortSignal,
  gone: AbortController,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      let open = true;
      const abort = (): void => {
        open = false;
        gone.abort();
        controller.error(aborted.reason);
      };
      if (aborted.aborted) return abort();
      aborted.addEventListener("abort", abort, { once: true });
      let sent = 0;
      for await (const part of parts) {
        if (!open) return;
        sent += part.length;
        controller.enqueue(part);
      }
      aborted.removeEventListener("abort", abort);
      if (!open) return;
      if (sent < length) controller.error(new TypeError("terminated"));
      else controller.close();
    },
    cancel: () => gone.abort(),
  });
}
