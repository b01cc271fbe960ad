import type { Fetch } from "../../../platform/ports.ts";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import { Http, HttpFailure } from "../http.ts";
import type { HttpAnswer, HttpRequest } from "../http.ts";

export const URL_OF_EVENTS = "https://pool.contoso.example/ucwa/events?key=secret-key";
/** What never comes. */
export const NEVER = new Promise<never>(() => undefined);

/** One request, and what became of it when time or the test went on. */
export function ask(fetch: Fetch, request: Partial<HttpRequest> = {}) {
  const clock = new VirtualClock();
  const ended: (HttpAnswer | HttpFailure)[] = [];
  void new Http(fetch, clock)
    .request({ method: "GET", url: URL_OF_EVENTS, ...request })
    .then((answer) => ended.push(answer))
    .catch((error: unknown) => {
      if (!(error instanceof HttpFailure)) throw error;
      ended.push(error);
    });
  return { clock, ended };
}

/** A body that gives its chunks and then says no more, and tells when nobody wants it any longer. */
export function endless(chunk: () => Uint8Array | null) {
  const body = { given: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = chunk();
      if (!next) return NEVER;
      body.given += next.byteLength;
      controller.enqueue(next);
      return undefined;
    },
    cancel() {
      body.cancelled = true;
    },
  });
  return { body, stream };
}
