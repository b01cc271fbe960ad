import { net, type IncomingMessage, type Session } from "electron";

import type { Fetch } from "./ports.ts";

/** Statuses whose answer has no body. Reference: RFC 9110, section 6.4.1. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * The `Fetch` port on Electron's `net`: proxies, certificates and integrated sign-in are those of the system.
 * `net.request`, because a `fetch` with manual redirects rejects and never shows the 302. Always `no-store`: Chromium
 * otherwise lets a second GET of an URL that is still open wait for its cache.
 */
export function createNetFetch(session: Session): Fetch {
  return (url, { method, headers, body, signal, asPerson = false }) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(reasonOf(signal));
        return;
      }
      const request = net.request({
        url,
        method,
        session,
        redirect: "manual",
        // `include` sends and keeps the session's cookies, and shows the Windows session to the hosts that may see it.
        // Another challenge stays a 401: without a listener of "login", Electron gives the request no password.
        credentials: asPerson ? "include" : "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        priority: "medium",
      });
      for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
      const abort = (): void => {
        request.abort();
        reject(reasonOf(signal));
      };
      signal.addEventListener("abort", abort, { once: true });
      const settle = (): void => signal.removeEventListener("abort", abort);
      request.on("redirect", (status, _method, target, responseHeaders) => {
        // Not followed, so the request ends here; what Electron says about that comes too late to matter.
        settle();
        const answer = new Headers({ Location: target });
        for (const [name, values] of Object.entries(responseHeaders))
          for (const value of values) if (name.toLowerCase() !== "location") answer.append(name, value);
        resolve(new Response(null, { status, headers: answer }));
      });
      request.on("response", (response) => resolve(answerOf(response, signal, settle)));
      request.on("error", (error) => {
        settle();
        reject(error);
      });
      request.on("abort", () => {
        settle();
        reject(reasonOf(signal));
      });
      if (body !== undefined) request.write(body);
      request.end();
    });
}

function answerOf(message: IncomingMessage, signal: AbortSignal, settle: () => void): Response {
  const headers = new Headers();
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2)
    headers.append(message.rawHeaders[index] ?? "", message.rawHeaders[index + 1] ?? "");
  const status = message.statusCode;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      let open = true;
      const close = (end: () => void): void => {
        settle();
        if (open) end();
        open = false;
      };
      message.on("data", (chunk) => {
        if (open) controller.enqueue(new Uint8Array(chunk));
      });
      message.on("end", () => close(() => controller.close()));
      message.on("error", () => close(() => controller.error(new Error("The answer broke off."))));
      message.on("aborted", () => close(() => controller.error(reasonOf(signal))));
    },
  });
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("The request was given up.");
}
