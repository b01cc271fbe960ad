import type { Clock, Fetch, FetchAnswer, FetchInit } from "../../platform/ports.ts";
import { failureOf, HttpFailure, type HttpAnswer } from "../../ucwa/http/http.ts";

/** A request as it may be remembered: without its body and without the headers that carry a credential. */
export interface SentRequest {
  readonly method: FetchInit["method"];
  readonly url: string;
  /** Whether it asks for a token: those alone are forms. */
  readonly asksForToken: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface ExchangeObserver {
  sent(request: SentRequest): void;
  /** Called once a request, before the client has read the end of the answer. */
  settled(request: SentRequest, result: HttpAnswer | HttpFailure): void;
}

/** The door to HTTP with somebody looking on: what passes is not changed, and not held up. */
export function recordingFetch(fetch: Fetch, clock: Clock, observer: ExchangeObserver): Fetch {
  return async (url, init) => {
    const request: SentRequest = {
      method: init.method,
      url,
      asksForToken: (init.headers["Content-Type"] ?? "").startsWith("application/x-www-form-urlencoded"),
      at: clock.now(),
    };
    const { host } = new URL(url);
    const failed = (error: unknown): void =>
      observer.settled(
        request,
        init.signal.aborted ? new HttpFailure("timeout", "", host) : failureOf(error, host),
      );
    observer.sent(request);
    let response: FetchAnswer;
    try {
      response = await fetch(url, init);
    } catch (error) {
      failed(error);
      throw error;
    }
    const { status, headers, statusText, body } = response;
    const answered = (text: string): void => observer.settled(request, { url, status, headers, body: text });
    if (body === null) {
      answered("");
      return response;
    }
    return new Response(overheard(body, answered, failed), { status, statusText, headers });
  };
}

/** Passes a body on as it comes, and tells it whole in the end. */
function overheard(
  body: ReadableStream<Uint8Array>,
  ended: (text: string) => void,
  failed: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) {
          ended(text + decoder.decode());
          controller.close();
          return;
        }
        text += decoder.decode(value, { stream: true });
        controller.enqueue(value);
      } catch (error) {
        failed(error);
        controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
