import type { Answer } from "../http/endpoint.ts";
import type { Context } from "../context.ts";
import { respond, respondJson } from "../http/message.ts";
import type { Credential } from "./issued-tokens.ts";

/** Where each origin's sign-in service is. */
export const tokenPath = "/WebTicket/oauthtoken";

const noStore = [
  ["Cache-Control", "no-store"],
  ["Pragma", "no-cache"],
] as const;

/** The challenges of one origin. Reference: AuthenticationInUCWA */
export function challenges(context: Context, origin: string): [string, string][] {
  const { switches } = context;
  const href = origin + tokenPath;
  const bearer =
    'Bearer trusted_issuers="00000002-0000-0ff1-ce00-000000000000@doorbell.example",' +
    ' client_id="00000004-0000-0ff1-ce00-000000000000"' +
    (switches.authorizationUri === null ? "" : `, authorization_uri="${switches.authorizationUri}"`);
  const ours = `MsRtcOAuth href=${switches.unquotedHref ? href : `"${href}"`},grant_type="${switches.grants.join(",")}"`;
  const all = [...switches.extraChallenges, bearer, ours];
  return (switches.foldChallenges ? [all.join(", ")] : all).map((value) => ["WWW-Authenticate", value]);
}

/**
 * The answer to a request without a valid token: an IIS page, which is no UCWA error. An absent or expired token is
 * refused with 401 and one that is not known here with 403, both with challenges; another pool's breaks the service.
 */
export function unauthorized(context: Context, origin: string, credential: Credential["kind"]): Answer {
  switch (credential) {
    case "wrongOrigin":
      return refusal(500, "Internal server error", [
        diagnostics(28_032, "The web ticket is invalid: it was issued for another pool."),
      ]);
    case "unknown":
      return refusal(403, "Forbidden: Access is denied", [
        ...challenges(context, origin),
        diagnostics(28_055, "The OAuth token is invalid."),
        ["Warning", '120 ucwa "InvalidToken"'],
      ]);
    default:
      return refusal(401, "Unauthorized: Access is denied", [
        ...challenges(context, origin),
        diagnostics(28_020, "No valid security token."),
      ]);
  }
}

/** An error of the sign-in service: its own shape, without UCWA's code and subcode. Reference: AuthenticationInUCWA */
export function tokenFailure(
  error: string,
  id: number,
  reason: string,
  more: Readonly<Record<string, string>> = {},
): Answer {
  return {
    kind: "response",
    response: respondJson(400, { error, ...more }, [...noStore, diagnostics(id, reason)]),
  };
}

/** The sign-in service's good news, which nobody may store. */
export function tokenGranted(token: string, expiresInSeconds: number): Answer {
  const content = {
    access_token: token,
    expires_in: expiresInSeconds,
    ms_rtc_identityscope: "local",
    token_type: "Bearer",
  };
  return { kind: "response", response: respondJson(200, content, noStore) };
}

/** The diagnostics header: an id and a sentence, for logs. */
export function diagnostics(id: number, reason: string): [string, string] {
  return ["X-Ms-diagnostics", `${id};source="ucwa.doorbell.example";reason="${reason}"`];
}

function refusal(status: number, title: string, headers: readonly (readonly [string, string])[]): Answer {
  const body = `<!DOCTYPE html><title>${status} - ${title}.</title><h1>Server Error</h1><h2>${status} - ${title}.</h2>`;
  return { kind: "response", response: respond(status, "text/html", body, headers) };
}
