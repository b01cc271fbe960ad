import type { Answer, Endpoint } from "./answer.ts";
import type { Context } from "./context.ts";
import { mediaType, respondJson } from "./message.ts";
import type { ServerRequest } from "./message.ts";
import type { Tokens } from "./tokens.ts";
import { findUser } from "./users.ts";
import type { User } from "./users.ts";

/** Where each origin's sign-in service is. */
export const tokenPath = "/WebTicket/oauthtoken";

/** What one grant type makes of a token request: someone, or an answer of its own. */
export type Grant = (form: URLSearchParams, context: Context) => User | Answer;

const grants: Readonly<Record<string, Grant>> = {
  password(form, { users, switches }) {
    const username = form.get("username");
    const password = form.get("password");
    if (!username || !password) return failure("invalid_request", 28_000, "The parameter is missing.");
    const user = findUser(users, username);
    if (!user || user.password !== password || switches.rejectPasswords)
      return failure("invalid_grant", 28_020, "No valid security token.");
    return user;
  },
  // Integrated sign-in happens below UCWA, in the HTTP layer; here nobody has a Windows session.
  "urn:microsoft.rtc:windows": () => ({
    kind: "response",
    response: {
      status: 401,
      headers: [
        ["Content-Type", "text/html"],
        ["WWW-Authenticate", "Negotiate"],
        ["WWW-Authenticate", "NTLM"],
      ],
      body: "<!DOCTYPE html><title>401 - Unauthorized</title><h1>401 - Unauthorized</h1>",
    },
  }),
  "urn:microsoft.rtc:anonmeeting": (form) =>
    form.has("ms_rtc_conferenceuri")
      ? failure("invalid_grant", 28_020, "No valid security token.")
      : failure("invalid_request", 28_000, "The parameter is missing."),
};

/** The sign-in service of one origin. Reference: AuthenticationInUCWA */
export function tokenEndpoint(context: Context, tokens: Tokens, origin: string): Endpoint {
  const { breaches, switches } = context;
  return {
    name: "token",
    takesBody: true,
    POST: ({ request }) => {
      if (mediaType(request.headers.get("content-type")) !== "application/x-www-form-urlencoded") {
        breaches.record("contentType", request);
        return failure("invalid_request", 28_000, "The request is malformed.");
      }
      const form = new URLSearchParams(new TextDecoder().decode(request.body));
      const type = form.get("grant_type");
      const scope = form.get("scope");
      if (type === null || repeats(form))
        return failure("invalid_request", 28_000, "The request is malformed.");
      const grant = switches.grants.includes(type) ? grants[type] : undefined;
      if (!grant) {
        if (!switches.grants.includes(type)) breaches.record("grantNotOffered", request);
        return failure("unsupported_grant_type", 28_029, "Authentication type not allowed.");
      }
      if (scope !== null && scope !== "all")
        return failure("invalid_scope", 28_000, "The scope is not valid.");
      if (type === "urn:microsoft.rtc:windows" && (form.has("username") || form.has("password")))
        breaches.record("unexpectedCredentials", request);
      const result = grant(form, context);
      if ("kind" in result) return result;
      const { token, expiresInSeconds } = tokens.issue(result, origin);
      return {
        kind: "response",
        response: respondJson(
          200,
          {
            access_token: token,
            expires_in: expiresInSeconds,
            ms_rtc_identityscope: "local",
            token_type: "Bearer",
          },
          [
            ["Cache-Control", "no-store"],
            ["Pragma", "no-cache"],
          ],
        ),
      };
    },
  };
}

/** The challenges of one origin. Reference: AuthenticationInUCWA */
export function challenges(context: Context, origin: string): [string, string][] {
  const { switches } = context;
  const href = origin + tokenPath;
  const bearer =
    'Bearer trusted_issuers="00000002-0000-0ff1-ce00-000000000000@doorbell.example",' +
    ' client_id="00000004-0000-0ff1-ce00-000000000000"';
  const ours = `MsRtcOAuth href=${switches.unquotedHref ? href : `"${href}"`},grant_type="${switches.grants.join(",")}"`;
  return switches.foldChallenges
    ? [["WWW-Authenticate", `${bearer}, ${ours}`]]
    : [
        ["WWW-Authenticate", bearer],
        ["WWW-Authenticate", ours],
      ];
}

/**
 * The answer to a request without a valid token: an IIS page with challenges, which is no UCWA error.
 * A token that is not known here is refused with 403, an absent or expired one with 401.
 */
export function unauthorized(context: Context, origin: string, credential: string): Answer {
  const rejected = credential === "unknown" || credential === "wrongOrigin";
  const status = rejected ? "403 - Forbidden: Access is denied." : "401 - Unauthorized: Access is denied.";
  return {
    kind: "response",
    response: {
      status: rejected ? 403 : 401,
      headers: [
        ["Content-Type", "text/html"],
        ...challenges(context, origin),
        diagnostics(
          rejected ? 28_055 : 28_020,
          rejected ? "The OAuth token is invalid." : "No valid security token.",
        ),
        ...(rejected ? ([["Warning", '120 ucwa "InvalidToken"']] as const) : []),
      ],
      body: `<!DOCTYPE html><title>${status}</title><h1>Server Error</h1><h2>${status}</h2>`,
    },
  };
}

/** The diagnostics header: an id and a sentence, for logs. */
export function diagnostics(id: number, reason: string): [string, string] {
  return ["X-Ms-diagnostics", `${id};source="ucwa.doorbell.example";reason="${reason}"`];
}

/** Whether a body that is not meant for a sign-in service carries a password grant. */
export function carriesPassword(request: ServerRequest): boolean {
  if (mediaType(request.headers.get("content-type")) !== "application/x-www-form-urlencoded") return false;
  const form = new URLSearchParams(new TextDecoder().decode(request.body));
  return form.has("password") || form.has("grant_type");
}

function failure(error: string, id: number, reason: string): Answer {
  return {
    kind: "response",
    response: respondJson(400, { error }, [
      ["Cache-Control", "no-store"],
      ["Pragma", "no-cache"],
      diagnostics(id, reason),
    ]),
  };
}

function repeats(form: URLSearchParams): boolean {
  const names = [...form.keys()];
  return new Set(names).size !== names.length;
}
