import type { Clock } from "../../platform/ports.ts";
import { HttpFailure } from "../http/http.ts";
import type { HttpFailureKind, HttpRequest } from "../http/http.ts";

/**
 * A wait for a token on behalf of a request: a person may take minutes on a federation page, but a request that is
 * given up, or has a limit of its own, does not wait with them. Rejects with `HttpFailure` then.
 */
export function waitFor<T>(
  clock: Clock,
  { url, signal, timeoutMs }: HttpRequest,
  token: Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (kind: HttpFailureKind): void => {
      end();
      reject(new HttpFailure(kind, "", new URL(url).host));
    };
    const onAbort = (): void => giveUp("aborted");
    const cancel = timeoutMs === undefined ? null : clock.after(timeoutMs, () => giveUp("timeout"));
    const end = (): void => {
      cancel?.();
      signal?.removeEventListener("abort", onAbort);
    };
    signal?.addEventListener("abort", onAbort);
    token.finally(end).then(resolve, reject);
    if (signal?.aborted) onAbort();
  });
}
