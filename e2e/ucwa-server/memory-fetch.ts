import type { UcwaServer } from "./core.ts";
import type { ServerResponse } from "./message.ts";

/** The part of `fetch` that a client of this server needs. */
export type MemoryFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` that reaches a server in the same process, without sockets. Like the real one it adds `Accept` and
 * `Content-Length`, rejects with a `TypeError` when a connection is cut before the headers and breaks the body off
 * when it is cut in the middle, and rejects with the signal's reason when it is aborted. It follows no redirect.
 */
export function memoryFetch(server: UcwaServer): MemoryFetch {
  return async (url, init = {}) => {
    const aborted = init.signal ?? new AbortController().signal;
    aborted.throwIfAborted();
    const request = new Request(url, { ...init, signal: null, redirect: "manual" });
    const body = new Uint8Array(await request.arrayBuffer());
    const headers = new Headers(request.headers);
    if (!headers.has("accept")) headers.set("accept", "*/*");
    if (body.length > 0 || ["POST", "PUT"].includes(request.method))
      headers.set("content-length", String(body.length));
    const gone = new AbortController();
    const response = await new Promise<ServerResponse>((resolve, reject) => {
      const abort = (): void => {
        gone.abort();
        reject(aborted.reason);
      };
      aborted.addEventListener("abort", abort, { once: true });
      server
        .handle({ method: request.method, url: request.url, headers, body, signal: gone.signal })
        .then(resolve, reject)
        .finally(() => aborted.removeEventListener("abort", abort));
    });
    if (response.cut === "beforeHeaders") throw new TypeError("fetch failed");
    const answered = new Headers();
    for (const [name, value] of response.headers) answered.append(name, value);
    return new Response(bodyOf(response), { status: response.status, headers: answered });
  };
}

function bodyOf(response: ServerResponse): BodyInit | null {
  if ([204, 205, 304].includes(response.status)) return null;
  const bytes =
    typeof response.body === "string"
      ? new TextEncoder().encode(response.body)
      : new Uint8Array(response.body);
  if (response.cut !== "midBody") return bytes;
  let half: Uint8Array | null = bytes.subarray(0, Math.floor(bytes.length / 2));
  return new ReadableStream({
    pull(controller) {
      if (half) controller.enqueue(half);
      else controller.error(new TypeError("terminated"));
      half = null;
    },
  });
}
