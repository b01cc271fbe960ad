import type { Section } from "../rule.ts";

const NO_ANONYMOUS = "Doorbell signs in people; it joins no meeting as a guest.";
const NO_COOKIE =
  "Doorbell asks for photos with its token; the cookie goes to its own path alone, as every other.";
const NO_ONLINE = "The online service is no more, and with it its sign-in.";

/** Tokens: how they are asked for, what they are good for, when they end. */
export const authentication: Section = {
  title: "Authentication",
  rules: [
    {
      id: "token-request",
      page: "AuthenticationInUCWA",
      rule: "A token is asked for by a form POSTed to the challenged address, and answered in JSON.",
    },
    {
      id: "grant-password",
      page: "AuthenticationInUCWA",
      rule: "The password grant takes a user name and a password, and needs both.",
    },
    {
      id: "user-name-forms",
      page: "peer",
      rule: "A user is known by the sign-in address as well as by DOMAIN\\name.",
    },
    {
      id: "grant-windows",
      page: "AuthenticationInUCWA",
      rule: "The Windows grant names nobody in its form: the HTTP exchange itself says who asks.",
    },
    {
      id: "windows-negotiate",
      page: "AuthenticationInUCWA",
      rule: "The POST of the Windows grant is challenged with Negotiate or NTLM, and answered by the HTTP layer.",
    },
    {
      id: "grant-passive",
      page: "AuthenticationInUCWA",
      rule: "The passive grant has no field besides its name.",
    },
    {
      id: "grant-anonymous",
      page: "AuthenticationInUCWA",
      rule: "The anonymous grant takes the key and the address of a meeting.",
      noClient: NO_ANONYMOUS,
    },
    {
      id: "anonymous-renewal",
      page: "AuthenticationInUCWA",
      rule: "An anonymous token is renewed with the old one, so that the guest stays the same.",
      noClient: NO_ANONYMOUS,
    },
    {
      id: "grants-offered",
      page: "AuthenticationInUCWA",
      rule: "Only a grant that the challenge names may be used.",
    },
    {
      id: "form-encoding",
      page: "AuthenticationInUCWA",
      rule: "The fields are form-encoded, so that a password may hold any character.",
    },
    {
      id: "token-response",
      page: "AuthenticationInUCWA, CreateAnApplication (capture)",
      rule: "The answer holds an opaque token, its type Bearer and its life in seconds.",
    },
    {
      id: "token-identity-scope",
      page: "CreateAnApplication (capture)",
      rule: "The answer may name an identity scope, and is complete without it.",
    },
    {
      id: "token-no-store",
      page: "AuthenticationInUCWA",
      rule: "The answer with a token must not be stored by anybody on the way.",
      noClient: "It binds caches; Doorbell stores no answer at all.",
    },
    {
      id: "bearer-everywhere",
      page: "AuthenticationInUCWA, HTTP",
      rule: "Every UCWA request carries the bearer token.",
    },
    {
      id: "token-secret",
      page: "INFERRED",
      rule: "A token appears in the header alone: in no log, no URL and no message.",
    },
    {
      id: "passive-address",
      page: "AuthenticationInUCWA",
      rule: "Without its cookies the passive grant is refused with the address of a page to sign in at.",
    },
    {
      id: "passive-after-page",
      page: "INFERRED",
      rule: "After the sign-in on that page, the same POST with its cookies brings the token.",
    },
    {
      id: "passive-no-wrong-password",
      page: "AuthenticationInUCWA",
      rule: "`invalid_grant` together with the address of a page says nothing against the password.",
      noServer: "What follows from a refusal is the client's.",
    },
    {
      id: "token-error-shape",
      page: "AuthenticationInUCWA",
      rule: "A refusal is 400 with one word under `error`, in no other error's shape.",
    },
    {
      id: "token-invalid-request",
      page: "AuthenticationInUCWA",
      rule: "`invalid_request`: a field is missing or wrong.",
    },
    {
      id: "token-invalid-grant",
      page: "AuthenticationInUCWA",
      rule: "`invalid_grant`: the credentials are not right; they are not sent again.",
    },
    {
      id: "token-unsupported-grant",
      page: "AuthenticationInUCWA",
      rule: "`unsupported_grant_type`: this way to sign in is not allowed here.",
    },
    {
      id: "token-invalid-scope",
      page: "AuthenticationInUCWA",
      rule: "`invalid_scope`: a scope need not be sent, and none but one is legal.",
    },
    {
      id: "token-server-error",
      page: "AuthenticationInUCWA",
      rule: "`server_error`: the server is in trouble, and the credentials may be right.",
    },
    {
      id: "diagnostics-header",
      page: "AuthenticationInUCWA",
      rule: "`X-Ms-diagnostics` tells people more about a refusal; nothing is decided by it.",
    },
    {
      id: "foreign-token-500",
      page: "peer",
      rule: "A token of another pool may be answered 500 with diagnostics 28032.",
    },
    {
      id: "invalid-token-403",
      page: "peer",
      rule: "A token that is not valid may be answered 403 with a challenge, which means the same as 401.",
    },
    {
      id: "token-lifetime",
      page: "AuthenticationInUCWA",
      rule: "A token lives for eight hours, or what the answer says.",
    },
    {
      id: "anonymous-lifetime",
      page: "AuthenticationInUCWA",
      rule: "An anonymous token lives for one hour.",
      noClient: NO_ANONYMOUS,
    },
    {
      id: "no-refresh-token",
      page: "AuthenticationInUCWA",
      rule: "There is no token for renewal: the same grant is asked for again.",
    },
    {
      id: "token-renewed-early",
      page: "INFERRED",
      rule: "A token is renewed before it ends, by the wall clock, so also after sleep.",
      noServer: "When to renew is the client's choice.",
    },
    {
      id: "renewal-keeps-parked",
      page: "INFERRED",
      rule: "A renewal leaves the parked event request alone, and the application and its channel go on.",
    },
    {
      id: "photo-cookie",
      page: "MeDashboard, CreateAnApplication (capture)",
      rule: "A new application comes with a cookie for photos, of their path alone.",
      noClient: NO_COOKIE,
    },
    {
      id: "photo-cookie-renewed",
      page: "MeDashboard",
      rule: "The cookie ends with the token, and GET of the application brings another.",
      noClient: NO_COOKIE,
      noServer: "The server shows photos to the bearer token and gives the cookie once, for its form.",
    },
    {
      id: "unauthorized-once",
      page: "peer",
      rule: "401 in mid-session means a token that ended: one new token, the same request, the same application.",
    },
    {
      id: "unauthorized-twice",
      page: "peer",
      rule: "401 for a token that is brand-new means that the sign-in is refused: stop and ask the person.",
      noServer: "What follows from a refusal is the client's.",
    },
    {
      id: "unauthorized-spells",
      page: "peer",
      rule: "Refusals by pages of HTML come and go: wait, and keep the credentials.",
      noServer: "What follows from a refusal is the client's.",
    },
    {
      id: "tokens-per-host",
      page: "AuthenticationInUCWA",
      rule: "Discovery and applications on different hosts each challenge, and each take tokens of their own.",
    },
    {
      id: "azure-flow",
      page: "AuthenticationUsingAzureAD",
      rule: "Online, tokens come by the implicit flow of a registered application, one for each host.",
      noClient: NO_ONLINE,
      noServer: NO_ONLINE,
    },
    {
      id: "azure-scopes",
      page: "SkypeForBusinessOnlineScopePermissions",
      rule: "Online, what an application may do is bounded by its scopes.",
      noClient: NO_ONLINE,
      noServer: NO_ONLINE,
    },
  ],
};
