import type { HttpAnswer } from "../../http/http.ts";

/** Where {@link answer} came from. */
export const BASE = "https://pool.contoso.example/ucwa/oauth/v1/applications/104/events?ack=1";

/** An answer with this body, which names no type where that is null. */
export function answer(body: string, type: string | null = "application/xml"): HttpAnswer {
  return {
    url: BASE,
    status: 200,
    headers: new Headers(type === null ? {} : { "Content-Type": type }),
    body,
  };
}
