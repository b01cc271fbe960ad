import { handlerOf } from "./endpoint.ts";
import type { Endpoint } from "./endpoint.ts";
import type { BreachRule } from "./breaches.ts";
import type { ServerRequest } from "./message.ts";
import { isAllowedOrigin } from "../discovery/cross-domain.ts";
import { carriesPassword } from "../sign-in/oauth.ts";

/** The rules that any request to this endpoint breaks by its form alone, whatever the state of the server. */
export function* formBreaches(
  request: ServerRequest,
  endpoint: Endpoint,
  allowedOrigins: readonly string[],
): Generator<BreachRule> {
  const { headers, method, body } = request;
  if (!headers.has("accept")) yield "acceptMissing";
  const page = headers.get("x-ms-origin");
  if (page !== null && !isAllowedOrigin(page, allowedOrigins)) yield "originHeader";
  if (carriesCredential(new URL(request.url))) yield "credentialInUrl";
  if (!["token", "federation"].includes(endpoint.name) && carriesPassword(request))
    yield "credentialWhereNoneBelongs";
  // Integrated sign-in uses the header of the very same request; a bearer token has no business there.
  if (endpoint.name === "token" && /^(bearer|basic)\b/i.test(headers.get("authorization") ?? ""))
    yield "credentialWhereNoneBelongs";
  const mayHaveBody = method === "PUT" || (method === "POST" && endpoint.takesBody === true);
  // Where the method itself is not there, that is the one mistake.
  if (body.length > 0 && !mayHaveBody && handlerOf(endpoint, method)) yield "unexpectedBody";
  if (
    (method === "POST" || method === "PUT") &&
    !headers.has("content-length") &&
    !headers.has("transfer-encoding")
  )
    yield "contentLengthMissing";
}

function carriesCredential(url: URL): boolean {
  return [...url.searchParams].some(
    ([name, value]) =>
      ["password", "access_token", "authorization"].includes(name.toLowerCase()) || value.startsWith("cwt="),
  );
}
